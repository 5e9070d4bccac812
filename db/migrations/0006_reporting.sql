-- Reporting periods of campaigns, what was owed at each cut-off, the reports of lead units, and drafts of reports.
CREATE TABLE `reporting_periods` (
	`id` integer PRIMARY KEY NOT NULL,
	`campaign_id` integer NOT NULL,
	`name` text NOT NULL,
	`opens_at` text NOT NULL,
	`cut_off_at` text NOT NULL,
	`closed_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reporting_periods_order" CHECK("opens_at" < "cut_off_at")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reporting_periods_opens` ON `reporting_periods` (`campaign_id`,`opens_at`);
--> statement-breakpoint
CREATE INDEX `reporting_periods_open` ON `reporting_periods` (`closed_at`,`cut_off_at`);
--> statement-breakpoint
CREATE TABLE `lead_reports` (
	`finding_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`finding_id`, `seq`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lead_reports_unit` ON `lead_reports` (`finding_id`,`unit_id`,`at`);
--> statement-breakpoint
-- The person named reports, not the one who typed; a post that leads is a post of the lead unit.
INSERT INTO lead_reports (finding_id, seq, unit_id, at)
SELECT finding_id, seq, json_extract(doer, '$.unitId'), occurred_at
FROM (SELECT finding_id, seq, occurred_at, coalesce(json_extract(on_behalf, '$.principal'), actor) AS doer FROM finding_events WHERE type = 'REPORT' AND seq > 0)
WHERE EXISTS (SELECT 1 FROM json_each(doer, '$.relations') WHERE value = 'lead');
--> statement-breakpoint
CREATE TABLE `reporting_dues` (
	`period_id` integer NOT NULL,
	`finding_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`reported_seq` integer,
	`reported_at` text,
	PRIMARY KEY(`period_id`, `finding_id`),
	FOREIGN KEY (`period_id`) REFERENCES `reporting_periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reporting_dues_unit` ON `reporting_dues` (`period_id`,`unit_id`,`finding_id`);
--> statement-breakpoint
CREATE INDEX `reporting_dues_finding` ON `reporting_dues` (`finding_id`);
--> statement-breakpoint
CREATE TRIGGER reporting_dues_no_update BEFORE UPDATE ON reporting_dues BEGIN SELECT RAISE(ABORT, 'what was owed at a cut-off is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER reporting_dues_no_delete BEFORE DELETE ON reporting_dues BEGIN SELECT RAISE(ABORT, 'what was owed at a cut-off is never changed'); END;
--> statement-breakpoint
CREATE TABLE `report_drafts` (
	`finding_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`text` text NOT NULL,
	`nothing_new` integer NOT NULL,
	`progress` text NOT NULL,
	`person_id` integer NOT NULL,
	`saved_at` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`finding_id`, `unit_id`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `report_drafts_unit` ON `report_drafts` (`unit_id`);
--> statement-breakpoint
CREATE INDEX `findings_campaign` ON `findings` (`campaign_id`,`id`) WHERE campaign_id is not null;
--> statement-breakpoint
CREATE INDEX `finding_scope_campaign` ON `finding_scope` (`unit_id`,`campaign_id`,`stage`,`lead_unit_id`,`number`,`finding_id`) WHERE campaign_id is not null;
