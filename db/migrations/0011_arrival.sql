-- Slips by which people come in, requests to add somebody, what was handed over, who has put the first steps away.
CREATE TABLE `activations` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`issued_by` integer NOT NULL,
	`issued_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`used_at` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `person_requests` (
	`id` integer PRIMARY KEY NOT NULL,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`asked_by` integer NOT NULL,
	`asked_on` text NOT NULL,
	`decided_by` integer,
	`decided_on` text,
	`person_id` integer,
	`reason` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_requests_unit` ON `person_requests` (`state`,`unit_id`,`id`);
--> statement-breakpoint
CREATE INDEX `person_requests_asked` ON `person_requests` (`asked_by`,`id`);
--> statement-breakpoint
CREATE TABLE `handovers` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`unit_id` integer NOT NULL,
	`from_id` integer NOT NULL,
	`to_id` integer NOT NULL,
	`by_id` integer NOT NULL,
	`on` text NOT NULL,
	`basis` text NOT NULL,
	`rows` text NOT NULL,
	`amount` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `handovers_unit` ON `handovers` (`kind`,`unit_id`,`id`);
--> statement-breakpoint
CREATE TABLE `tours_seen` (
	`person_id` integer PRIMARY KEY NOT NULL,
	`at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
-- Findings that name somebody in a text.
CREATE INDEX `finding_texts_supervisor` ON `finding_texts` (`supervisor`);
--> statement-breakpoint
CREATE INDEX `finding_texts_responsible` ON `finding_texts` (`responsible`);
--> statement-breakpoint
-- Who has not come in yet.
CREATE INDEX `people_not_in` ON `people` (`must_change_password`,`id`);
