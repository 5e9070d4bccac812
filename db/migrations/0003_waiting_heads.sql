-- The ledger can be narrowed to what waits for one thing to be done.
CREATE INDEX `waiting_event` ON `waiting` (`event`,`finding_id`);
--> statement-breakpoint
-- The last event of each stream, so that one taken off the end is missed.
CREATE TABLE `stream_heads` (
	`stream` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
INSERT INTO stream_heads (stream, seq, hash)
SELECT stream, seq, hash FROM stream_events AS last WHERE seq = (SELECT max(seq) FROM stream_events WHERE stream = last.stream);
