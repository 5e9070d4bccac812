-- Whom a clue was handed to and what was reported back: beside the findings, so that a view of it is a range of one index.
ALTER TABLE `finding_scope` ADD COLUMN `check_unit_id` integer;
--> statement-breakpoint
ALTER TABLE `finding_scope` ADD COLUMN `check_result` text;
--> statement-breakpoint
UPDATE finding_scope SET
  check_unit_id = (SELECT json_extract(snapshot, '$.context.checkUnitId') FROM finding_snapshots s WHERE s.finding_id = finding_scope.finding_id),
  check_result = (SELECT json_extract(snapshot, '$.context.checkResult') FROM finding_snapshots s WHERE s.finding_id = finding_scope.finding_id);
--> statement-breakpoint
CREATE INDEX `finding_scope_check` ON `finding_scope` (`unit_id`,`is_part`,`check_unit_id`,`check_result`,`number`,`stage`,`due_on`,`paused`,`lead_unit_id`,`severity`,`campaign_id`,`category_id`) WHERE `check_unit_id` IS NOT NULL;
--> statement-breakpoint
-- What the matrix sums up. A date counts only while its clock runs (src/deadlines/light.ts runningStages): what is closed would keep a row for every day there ever was.
CREATE TABLE `scope_counts` (
	`unit_id` integer NOT NULL,
	`is_part` integer NOT NULL,
	`campaign_id` integer NOT NULL,
	`category_id` integer NOT NULL,
	`lead_unit_id` integer NOT NULL,
	`stage` text NOT NULL,
	`severity` text NOT NULL,
	`check_unit_id` integer NOT NULL,
	`check_result` text NOT NULL,
	`running_due` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `is_part`, `campaign_id`, `category_id`, `lead_unit_id`, `stage`, `severity`, `check_unit_id`, `check_result`, `running_due`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO scope_counts
SELECT unit_id, is_part, coalesce(campaign_id, 0), coalesce(category_id, 0), coalesce(lead_unit_id, 0), stage, severity, coalesce(check_unit_id, 0), coalesce(check_result, ''),
  CASE WHEN paused = 0 AND stage IN ('suspected', 'listed', 'assigned', 'rectifying', 'verifying') THEN coalesce(due_on, '') ELSE '' END, count(*)
FROM finding_scope GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
--> statement-breakpoint
CREATE TRIGGER scope_counts_insert AFTER INSERT ON finding_scope BEGIN
  INSERT INTO scope_counts VALUES (new.unit_id, new.is_part, coalesce(new.campaign_id, 0), coalesce(new.category_id, 0), coalesce(new.lead_unit_id, 0), new.stage, new.severity, coalesce(new.check_unit_id, 0), coalesce(new.check_result, ''),
    CASE WHEN new.paused = 0 AND new.stage IN ('suspected', 'listed', 'assigned', 'rectifying', 'verifying') THEN coalesce(new.due_on, '') ELSE '' END, 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
CREATE TRIGGER scope_counts_delete AFTER DELETE ON finding_scope BEGIN
  UPDATE scope_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND campaign_id = coalesce(old.campaign_id, 0) AND category_id = coalesce(old.category_id, 0) AND lead_unit_id = coalesce(old.lead_unit_id, 0) AND stage = old.stage AND severity = old.severity
    AND check_unit_id = coalesce(old.check_unit_id, 0) AND check_result = coalesce(old.check_result, '')
    AND running_due = CASE WHEN old.paused = 0 AND old.stage IN ('suspected', 'listed', 'assigned', 'rectifying', 'verifying') THEN coalesce(old.due_on, '') ELSE '' END;
END;
--> statement-breakpoint
CREATE TRIGGER scope_counts_update AFTER UPDATE OF is_part, campaign_id, category_id, lead_unit_id, stage, severity, check_unit_id, check_result, paused, due_on ON finding_scope
WHEN old.is_part <> new.is_part OR old.campaign_id IS NOT new.campaign_id OR old.category_id IS NOT new.category_id OR old.lead_unit_id IS NOT new.lead_unit_id OR old.stage <> new.stage OR old.severity <> new.severity
  OR old.check_unit_id IS NOT new.check_unit_id OR old.check_result IS NOT new.check_result OR old.paused <> new.paused OR old.due_on IS NOT new.due_on BEGIN
  UPDATE scope_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND campaign_id = coalesce(old.campaign_id, 0) AND category_id = coalesce(old.category_id, 0) AND lead_unit_id = coalesce(old.lead_unit_id, 0) AND stage = old.stage AND severity = old.severity
    AND check_unit_id = coalesce(old.check_unit_id, 0) AND check_result = coalesce(old.check_result, '')
    AND running_due = CASE WHEN old.paused = 0 AND old.stage IN ('suspected', 'listed', 'assigned', 'rectifying', 'verifying') THEN coalesce(old.due_on, '') ELSE '' END;
  INSERT INTO scope_counts VALUES (new.unit_id, new.is_part, coalesce(new.campaign_id, 0), coalesce(new.category_id, 0), coalesce(new.lead_unit_id, 0), new.stage, new.severity, coalesce(new.check_unit_id, 0), coalesce(new.check_result, ''),
    CASE WHEN new.paused = 0 AND new.stage IN ('suspected', 'listed', 'assigned', 'rectifying', 'verifying') THEN coalesce(new.due_on, '') ELSE '' END, 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
-- How much waits for a post, or for somebody by name: the heads of the workbench's queues.
CREATE TABLE `waiting_counts` (
	`unit_id` integer NOT NULL,
	`role` text NOT NULL,
	`person_id` integer NOT NULL,
	`event` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `role`, `person_id`, `event`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `waiting_counts_person` ON `waiting_counts` (`person_id`);
--> statement-breakpoint
INSERT INTO waiting_counts SELECT coalesce(unit_id, 0), role, coalesce(person_id, 0), event, count(*) FROM waiting GROUP BY 1, 2, 3, 4;
--> statement-breakpoint
CREATE TRIGGER waiting_counts_insert AFTER INSERT ON waiting BEGIN
  INSERT INTO waiting_counts VALUES (coalesce(new.unit_id, 0), new.role, coalesce(new.person_id, 0), new.event, 1) ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
CREATE TRIGGER waiting_counts_delete AFTER DELETE ON waiting BEGIN
  UPDATE waiting_counts SET amount = amount - 1 WHERE unit_id = coalesce(old.unit_id, 0) AND role = old.role AND person_id = coalesce(old.person_id, 0) AND event = old.event;
END;
--> statement-breakpoint
CREATE TRIGGER waiting_counts_update AFTER UPDATE OF unit_id, role, person_id, event ON waiting BEGIN
  UPDATE waiting_counts SET amount = amount - 1 WHERE unit_id = coalesce(old.unit_id, 0) AND role = old.role AND person_id = coalesce(old.person_id, 0) AND event = old.event;
  INSERT INTO waiting_counts VALUES (coalesce(new.unit_id, 0), new.role, coalesce(new.person_id, 0), new.event, 1) ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
-- One action on more rows than a page may hold: done piece by piece, each piece in one transaction with how far it has come.
CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` integer NOT NULL REFERENCES `people`(`id`),
	`event` text NOT NULL,
	`form` text NOT NULL,
	`state` text NOT NULL CHECK (`state` IN ('previewing', 'previewed', 'running', 'done', 'dropped')),
	`total` integer NOT NULL,
	`next` integer NOT NULL,
	`can` integer NOT NULL,
	`cannot` integer NOT NULL,
	`created_at` text NOT NULL,
	`finished_at` text,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `batches_state` ON `batches` (`state`,`created_at`);
--> statement-breakpoint
CREATE INDEX `batches_person` ON `batches` (`person_id`,`created_at`);
--> statement-breakpoint
CREATE TABLE `batch_rows` (
	`batch_id` text NOT NULL REFERENCES `batches`(`id`),
	`ordinal` integer NOT NULL,
	`number` text NOT NULL,
	`seen` integer,
	`unit_id` integer,
	`outcome` text NOT NULL CHECK (`outcome` IN ('open', 'can', 'cannot', 'done', 'refused')),
	`became` text,
	`why` text,
	PRIMARY KEY(`batch_id`, `ordinal`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `batch_rows_number` ON `batch_rows` (`batch_id`,`number`);
--> statement-breakpoint
CREATE INDEX `batch_rows_outcome` ON `batch_rows` (`batch_id`,`outcome`,`unit_id`,`ordinal`);
--> statement-breakpoint
-- 交办通知单: one per unit and handing out, never one per finding. What was printed stays as it was printed.
CREATE TABLE `assignment_notices` (
	`id` integer PRIMARY KEY NOT NULL,
	`office_id` integer NOT NULL REFERENCES `units`(`id`),
	`unit_id` integer NOT NULL REFERENCES `units`(`id`),
	`year` integer NOT NULL,
	`serial` integer NOT NULL,
	`kind` text NOT NULL CHECK (`kind` IN ('check', 'assignment')),
	`basis` text NOT NULL,
	`items` integer NOT NULL,
	`accept_by` text,
	`last_due_on` text,
	`contact` text NOT NULL,
	`issued_by` integer NOT NULL REFERENCES `people`(`id`),
	`issued_on` text NOT NULL,
	`received_by` integer REFERENCES `people`(`id`),
	`received_name` text,
	`received_at` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignment_notices_number` ON `assignment_notices` (`office_id`,`year`,`serial`);
--> statement-breakpoint
CREATE INDEX `assignment_notices_office` ON `assignment_notices` (`office_id`,`id`);
--> statement-breakpoint
CREATE INDEX `assignment_notices_unit` ON `assignment_notices` (`unit_id`,`id`);
--> statement-breakpoint
CREATE TABLE `notice_items` (
	`notice_id` integer NOT NULL REFERENCES `assignment_notices`(`id`),
	`ordinal` integer NOT NULL,
	`finding_id` integer NOT NULL REFERENCES `findings`(`id`),
	`seq` integer NOT NULL,
	`number` text NOT NULL,
	`title` text NOT NULL,
	`standard` text NOT NULL,
	`lead` text NOT NULL,
	`support` text NOT NULL,
	`due_on` text,
	PRIMARY KEY(`notice_id`, `ordinal`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `notice_items_finding` ON `notice_items` (`finding_id`,`seq`);
