-- What waits for a post, by what must be done and by when: the workbench reads its first rows in this order.
CREATE INDEX `waiting_post` ON `waiting` (`unit_id`,`role`,`event`,coalesce(`due_on`, '9999-12-31'),`since_on`,`finding_id`);
--> statement-breakpoint
DROP INDEX `waiting_unit`;
