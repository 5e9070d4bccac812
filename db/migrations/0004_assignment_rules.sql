-- To whom a category of a region is usually handed out, as an office keeps it.
CREATE TABLE `assignment_rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`host_office_id` integer NOT NULL,
	`category_id` integer,
	`region_unit_id` integer,
	`unit_id` integer NOT NULL,
	`sector_unit_id` integer,
	`supervisor` text DEFAULT '' NOT NULL,
	`days` integer,
	FOREIGN KEY (`host_office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`region_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sector_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_rules_what` ON `assignment_rules` (`host_office_id`,coalesce(`category_id`, 0),coalesce(`region_unit_id`, 0));
