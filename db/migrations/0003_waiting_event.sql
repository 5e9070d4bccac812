-- The ledger can be narrowed to what waits for one thing to be done.
CREATE INDEX `waiting_event` ON `waiting` (`event`,`finding_id`);
