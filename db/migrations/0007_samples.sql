-- Samples for spot checks and look-backs: what was drawn from, by which seed, and what came out.
CREATE TABLE `samples` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`unit_id` integer NOT NULL,
	`campaign_id` integer,
	`category_id` integer,
	`lead_unit_id` integer,
	`parts` integer NOT NULL,
	`seed` text NOT NULL,
	`seed_typed` integer NOT NULL,
	`wanted` integer NOT NULL,
	`population_size` integer NOT NULL,
	`population_hash` text NOT NULL,
	`population` text NOT NULL,
	`drawn_by_id` integer NOT NULL,
	`drawn_by_name` text NOT NULL,
	`drawn_on` text NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CHECK (`kind` in ('LOOK_BACK','SPOT_CHECK')),
	CHECK (`wanted` >= 1 and `population_size` >= 1)
);
--> statement-breakpoint
CREATE INDEX `samples_unit` ON `samples` (`unit_id`,`id`);
--> statement-breakpoint
CREATE TABLE `sample_items` (
	`sample_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`finding_id` integer NOT NULL,
	`number` text NOT NULL,
	`version` integer NOT NULL,
	PRIMARY KEY(`sample_id`, `ordinal`),
	FOREIGN KEY (`sample_id`) REFERENCES `samples`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sample_items_finding` ON `sample_items` (`finding_id`,`sample_id`);
