-- What waits for one thing, the longest first: instructions without a reply are read in this order, and only as many as are shown.
DROP INDEX `waiting_event`;
--> statement-breakpoint
CREATE INDEX `waiting_asked` ON `waiting` (`event`,`since_on`,`finding_id`);
