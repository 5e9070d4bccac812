-- Every first page asks which notices wait for a receipt: a few among thousands.
CREATE INDEX `assignment_notices_open` ON `assignment_notices` (`office_id`) WHERE `received_at` IS NULL;
--> statement-breakpoint
CREATE INDEX `assignment_notices_unread` ON `assignment_notices` (`unit_id`, `id`) WHERE `received_at` IS NULL;
