-- What the morning pages ask: what is late with others, what was closed this week, what a unit has handed on.
CREATE INDEX `waiting_late` ON `waiting` (`event`,`due_on`,`finding_id`);
--> statement-breakpoint
CREATE INDEX `findings_closed` ON `findings` (`closed_on`);
--> statement-breakpoint
CREATE INDEX `findings_handed_on` ON `findings` (`lead_unit_id`,`parts_open`);
--> statement-breakpoint
-- Views of the ledger under a name, one's own or shared by an office.
CREATE TABLE `saved_views` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`office_id` integer,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `saved_views_person` ON `saved_views` (`person_id`);
--> statement-breakpoint
CREATE INDEX `saved_views_office` ON `saved_views` (`office_id`);
