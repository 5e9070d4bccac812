-- Made by drizzle-kit; WITHOUT ROWID added by hand where the key is the row.
CREATE TABLE `calendar_days` (
	`date` text PRIMARY KEY NOT NULL,
	`off` integer NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `calendar_years` (
	`year` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `campaigns` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`host_office_id` integer NOT NULL,
	`starts_on` text,
	`ends_on` text,
	`switches` text NOT NULL,
	`disabled_on` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`host_office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `campaigns_name_unique` ON `campaigns` (`name`);--> statement-breakpoint
CREATE TABLE `categories` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`parent_id` integer,
	`disabled_on` text,
	FOREIGN KEY (`parent_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `categories_parent` ON `categories` (`parent_id`);--> statement-breakpoint
CREATE TABLE `sources` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`issuer` text NOT NULL,
	`document_number` text,
	`document_date` text,
	`report_back_on` text,
	`confidential` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sources_channel` ON `sources` (`channel`);--> statement-breakpoint
CREATE TABLE `unit_aliases` (
	`alias` text NOT NULL,
	`unit_id` integer NOT NULL,
	PRIMARY KEY(`alias`, `unit_id`),
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `unit_aliases_unit` ON `unit_aliases` (`unit_id`);--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text,
	`name` text NOT NULL,
	`short_name` text NOT NULL,
	`kind` text NOT NULL,
	`parent_id` integer,
	`path` text NOT NULL,
	`phone` text,
	`address` text,
	`successor_id` integer,
	`disabled_on` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`parent_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`successor_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_code_unique` ON `units` (`code`);--> statement-breakpoint
CREATE INDEX `units_parent` ON `units` (`parent_id`);--> statement-breakpoint
CREATE INDEX `units_path` ON `units` (`path`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`username_key` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`password_hash` text NOT NULL,
	`must_change_password` integer DEFAULT true NOT NULL,
	`language` text DEFAULT 'zh-CN' NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`locked_until` text,
	`disabled_on` text,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `people_username_key_unique` ON `people` (`username_key`);--> statement-breakpoint
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`kind` text DEFAULT 'home' NOT NULL,
	`from_on` text,
	`until_on` text,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `posts_person` ON `posts` (`person_id`);--> statement-breakpoint
CREATE INDEX `posts_unit` ON `posts` (`unit_id`,`role`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` integer,
	`content` text NOT NULL,
	`created_at` text NOT NULL,
	`seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sessions_person` ON `sessions` (`person_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `finding_counts` (
	`unit_id` integer NOT NULL,
	`is_part` integer NOT NULL,
	`adopted` integer NOT NULL,
	`stage` text NOT NULL,
	`paused` integer NOT NULL,
	`due_on` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `is_part`, `adopted`, `stage`, `paused`, `due_on`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `finding_scope` (
	`unit_id` integer NOT NULL,
	`finding_id` integer NOT NULL,
	`is_part` integer NOT NULL,
	`stage` text NOT NULL,
	`due_on` text,
	`paused` integer NOT NULL,
	`lead_unit_id` integer,
	`severity` text NOT NULL,
	`rectification_type` text,
	`campaign_id` integer,
	`category_id` integer,
	`channel` text NOT NULL,
	`listed_on` text,
	`adopted` integer NOT NULL,
	`number` text NOT NULL,
	PRIMARY KEY(`unit_id`, `finding_id`),
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `finding_scope_finding` ON `finding_scope` (`finding_id`);--> statement-breakpoint
CREATE INDEX `finding_scope_number` ON `finding_scope` (`unit_id`,`is_part`,`number`,`stage`,`due_on`,`paused`,`lead_unit_id`,`severity`,`rectification_type`,`campaign_id`,`category_id`,`channel`,`listed_on`,`adopted`);--> statement-breakpoint
CREATE INDEX `finding_scope_due` ON `finding_scope` (`unit_id`,`is_part`,`due_on`,`number`,`stage`,`paused`,`lead_unit_id`,`severity`,`rectification_type`,`campaign_id`,`category_id`,`channel`,`listed_on`,`adopted`);--> statement-breakpoint
CREATE INDEX `finding_scope_stage` ON `finding_scope` (`unit_id`,`is_part`,`stage`,`number`,`due_on`,`paused`,`lead_unit_id`,`severity`,`rectification_type`,`campaign_id`,`category_id`,`channel`,`listed_on`,`adopted`);--> statement-breakpoint
CREATE TABLE `finding_snapshots` (
	`finding_id` integer PRIMARY KEY NOT NULL,
	`workflow` text NOT NULL,
	`snapshot` text NOT NULL,
	`head_hash` text NOT NULL,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `finding_sources` (
	`finding_id` integer NOT NULL,
	`source_id` integer NOT NULL,
	`original_number` text NOT NULL,
	`verbatim` text NOT NULL,
	PRIMARY KEY(`finding_id`, `source_id`, `original_number`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_sources_source` ON `finding_sources` (`source_id`);--> statement-breakpoint
CREATE TABLE `finding_texts` (
	`finding_id` integer PRIMARY KEY NOT NULL,
	`description` text NOT NULL,
	`requirement` text NOT NULL,
	`closure_standard` text NOT NULL,
	`lead_leader` text DEFAULT '' NOT NULL,
	`supervisor` text DEFAULT '' NOT NULL,
	`responsible` text DEFAULT '' NOT NULL,
	`extra` text DEFAULT '{}' NOT NULL,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `finding_units` (
	`finding_id` integer NOT NULL,
	`unit_id` integer NOT NULL,
	`relation` text NOT NULL,
	PRIMARY KEY(`finding_id`, `unit_id`, `relation`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `finding_units_unit` ON `finding_units` (`unit_id`,`relation`);--> statement-breakpoint
CREATE TABLE `findings` (
	`id` integer PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`clue_number` text,
	`parent_id` integer,
	`title` text NOT NULL,
	`stage` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`moved_seq` integer NOT NULL,
	`workflow` text NOT NULL,
	`host_office_id` integer NOT NULL,
	`lead_unit_id` integer,
	`campaign_id` integer,
	`category_id` integer,
	`source_id` integer NOT NULL,
	`channel` text NOT NULL,
	`severity` text NOT NULL,
	`rectification_type` text,
	`due_on` text,
	`original_due_on` text,
	`paused` integer NOT NULL,
	`listed_on` text,
	`verified_on` text,
	`closed_on` text,
	`adopted` integer NOT NULL,
	`cycle` integer NOT NULL,
	`parts_open` integer NOT NULL,
	`parts_total` integer NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`latest` text,
	FOREIGN KEY (`parent_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`host_office_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lead_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`campaign_id`) REFERENCES `campaigns`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "findings_stage" CHECK("findings"."stage" in ('suspected','listed','assigned','rectifying','verifying','verified','closed','continuing','suspended','unfounded','merged','transferred','withdrawn')),
	CONSTRAINT "findings_severity" CHECK("findings"."severity" in ('ordinary','major')),
	CONSTRAINT "findings_parts" CHECK("findings"."parts_open" between 0 and "findings"."parts_total"),
	CONSTRAINT "findings_version" CHECK("findings"."version" >= 1 and "findings"."moved_seq" between 0 and "findings"."version")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `findings_number` ON `findings` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `findings_clue_number` ON `findings` (`clue_number`);--> statement-breakpoint
CREATE INDEX `findings_parent` ON `findings` (`parent_id`,`number`);--> statement-breakpoint
CREATE INDEX `findings_source` ON `findings` (`source_id`);--> statement-breakpoint
CREATE TABLE `measures` (
	`finding_id` integer NOT NULL,
	`id` integer NOT NULL,
	`text` text NOT NULL,
	`owner_unit_id` integer NOT NULL,
	`owner` text NOT NULL,
	`due_on` text NOT NULL,
	`deliverable` text NOT NULL,
	`percent` integer NOT NULL,
	`done` integer NOT NULL,
	PRIMARY KEY(`finding_id`, `id`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `measures_owner` ON `measures` (`owner_unit_id`,`done`,`due_on`);--> statement-breakpoint
CREATE TABLE `timers` (
	`finding_id` integer NOT NULL,
	`name` text NOT NULL,
	`event` text NOT NULL,
	`due_at` text NOT NULL,
	PRIMARY KEY(`finding_id`, `name`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `timers_due` ON `timers` (`due_at`);--> statement-breakpoint
CREATE TABLE `waiting` (
	`finding_id` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`event` text NOT NULL,
	`role` text NOT NULL,
	`unit_id` integer,
	`person_id` integer,
	`since_on` text NOT NULL,
	`due_on` text,
	PRIMARY KEY(`finding_id`, `ordinal`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `waiting_unit` ON `waiting` (`unit_id`,`role`,`due_on`,`finding_id`);--> statement-breakpoint
CREATE INDEX `waiting_person` ON `waiting` (`person_id`,`due_on`,`finding_id`);--> statement-breakpoint
CREATE TABLE `command_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL,
	`location` text NOT NULL,
	`at` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `command_keys_at` ON `command_keys` (`at`);--> statement-breakpoint
CREATE TABLE `finding_events` (
	`finding_id` integer NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`workflow` text NOT NULL,
	`state_before` text,
	`state_after` text NOT NULL,
	`actor_id` integer NOT NULL,
	`actor` text NOT NULL,
	`on_behalf` text,
	`occurred_at` text NOT NULL,
	`recorded_at` text NOT NULL,
	`occurred_on` text NOT NULL,
	`payload` text NOT NULL,
	`dates` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`finding_id`, `seq`),
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_events_actor` ON `finding_events` (`actor_id`,`recorded_at`);--> statement-breakpoint
CREATE INDEX `finding_events_occurred` ON `finding_events` (`occurred_on`,`type`);--> statement-breakpoint
CREATE TABLE `series` (
	`name` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `series_name` ON `series` (`name`);--> statement-breakpoint
CREATE TABLE `stream_events` (
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`type` text NOT NULL,
	`actor_id` integer NOT NULL,
	`actor_name` text NOT NULL,
	`recorded_at` text NOT NULL,
	`payload` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`stream`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `stream_events_recorded` ON `stream_events` (`recorded_at`);--> statement-breakpoint
CREATE TABLE `evidence` (
	`id` text PRIMARY KEY NOT NULL,
	`finding_id` integer NOT NULL,
	`event_seq` integer,
	`kind` text NOT NULL,
	`phase` text NOT NULL,
	`name` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`uploaded_by` integer NOT NULL,
	`uploaded_at` text NOT NULL,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`uploaded_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `evidence_finding` ON `evidence` (`finding_id`,`uploaded_at`);--> statement-breakpoint
CREATE INDEX `evidence_sha` ON `evidence` (`sha256`);--> statement-breakpoint
CREATE TABLE `imported_rows` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`import_id` text NOT NULL,
	`row` integer NOT NULL,
	`finding_id` integer NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `imports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`finding_id`) REFERENCES `findings`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imported_rows_import` ON `imported_rows` (`import_id`);--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sha256` text NOT NULL,
	`size` integer NOT NULL,
	`mapping` text NOT NULL,
	`state` text NOT NULL,
	`created_by` integer NOT NULL,
	`created_at` text NOT NULL,
	`confirmed_at` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`created_by`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imports_created` ON `imports` (`created_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
