-- A list of people that waits to be confirmed, and what became of it: whose it is stands in the row, not in what was sent.
CREATE TABLE `people_lists` (
  `id` text PRIMARY KEY NOT NULL,
  `person_id` integer NOT NULL,
  `kind` text NOT NULL,
  `body` text NOT NULL,
  `at` text NOT NULL,
  FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `people_lists_at` ON `people_lists` (`at`);
