-- What was handed to a unit in one go, under one number, with its receipt.
CREATE TABLE `assignment_notices` (
	`id` integer PRIMARY KEY NOT NULL,
	`office_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`number` text NOT NULL,
	`event` text NOT NULL,
	`issued_on` text NOT NULL,
	`issued_by` text NOT NULL,
	`received_by` text,
	`received_at` text,
	FOREIGN KEY (`office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_notices_number` ON `assignment_notices` (`office_id`,`number`);
--> statement-breakpoint
CREATE INDEX `assignment_notices_unit` ON `assignment_notices` (`unit_id`,`id`);
--> statement-breakpoint
CREATE TABLE `notice_items` (
	`notice_id` integer NOT NULL,
	`finding_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`seq` integer NOT NULL,
	`number` text NOT NULL,
	`title` text NOT NULL,
	`standard` text NOT NULL,
	`due_on` text,
	`accept_by` text,
	PRIMARY KEY(`notice_id`, `finding_id`),
	FOREIGN KEY (`notice_id`) REFERENCES `assignment_notices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `notice_items_finding` ON `notice_items` (`finding_id`,`seq`);
