-- What waits for one thing, the longest first: instructions without a reply are read in this order, and only as many as are shown.
DROP INDEX `waiting_event`;
--> statement-breakpoint
CREATE INDEX `waiting_asked` ON `waiting` (`event`,`since_on`,`finding_id`);
--> statement-breakpoint
-- What was given back stands first in its queue: kept, so that a queue is read in its order from one index.
ALTER TABLE `waiting` ADD COLUMN `returned` integer DEFAULT false NOT NULL;
--> statement-breakpoint
UPDATE waiting SET returned = true WHERE ordinal = 0 AND finding_id IN (
  SELECT f.id FROM findings f JOIN finding_events e ON e.finding_id = f.id AND e.seq = f.moved_seq
  WHERE e.type IN ('SEND_BACK_CHECK', 'RETURN', 'RETURN_PLAN', 'REJECT_PLAN', 'RETURN_CLAIM', 'SEND_BACK', 'OBJECT', 'REOPEN')
);
--> statement-breakpoint
DROP INDEX `waiting_post`;
--> statement-breakpoint
CREATE INDEX `waiting_post` ON `waiting` (`unit_id`,`role`,`event`,`returned` DESC,coalesce(`due_on`, '9999-12-31'),`since_on`,`finding_id`);
--> statement-breakpoint
-- A batch leads to its own papers.
ALTER TABLE `assignment_notices` ADD COLUMN `batch_id` text REFERENCES `batches`(`id`);
--> statement-breakpoint
CREATE INDEX `assignment_notices_batch` ON `assignment_notices` (`batch_id`,`id`);
--> statement-breakpoint
-- A clue that was reported is late with nobody.
UPDATE findings SET due_on = NULL WHERE state = 'suspected.checked';
--> statement-breakpoint
UPDATE finding_scope SET due_on = NULL WHERE stage = 'suspected' AND check_result IS NOT NULL;
