-- Findings decided on together, under one decision number.
CREATE TABLE `meetings` (
	`id` integer PRIMARY KEY NOT NULL,
	`office_id` integer NOT NULL,
	`title` text NOT NULL,
	`held_on` text NOT NULL,
	`place` text NOT NULL,
	`attendees` text NOT NULL,
	`state` text NOT NULL,
	`decision_number` text,
	`prepared_by` text NOT NULL,
	`decided_by` text,
	`version` integer NOT NULL,
	FOREIGN KEY (`office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "meetings_state" CHECK(`state` in ('prepared','decided','dropped'))
);
--> statement-breakpoint
CREATE INDEX `meetings_office` ON `meetings` (`office_id`,`id`);
--> statement-breakpoint
CREATE TABLE `meeting_items` (
	`meeting_id` integer NOT NULL,
	`finding_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`result` text,
	`reason` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`meeting_id`, `finding_id`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meetings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_items_finding` ON `meeting_items` (`finding_id`);
--> statement-breakpoint
-- What an office hosts and has verified: the list of a meeting is chosen from these.
CREATE INDEX `findings_host_stage` ON `findings` (`host_office_id`,`stage`,`number`);
