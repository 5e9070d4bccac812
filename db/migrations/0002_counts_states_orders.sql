-- A clue that was dismissed has never stood in the ledger: "everything ever listed" must not count it.
DROP TRIGGER finding_counts_insert;
--> statement-breakpoint
DROP TRIGGER finding_counts_delete;
--> statement-breakpoint
DROP TRIGGER finding_counts_update;
--> statement-breakpoint
DROP TABLE `finding_counts`;
--> statement-breakpoint
CREATE TABLE `finding_counts` (
	`unit_id` integer NOT NULL,
	`is_part` integer NOT NULL,
	`adopted` integer NOT NULL,
	`listed` integer NOT NULL,
	`stage` text NOT NULL,
	`paused` integer NOT NULL,
	`due_on` text NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `is_part`, `adopted`, `listed`, `stage`, `paused`, `due_on`)
);
--> statement-breakpoint
INSERT INTO finding_counts (unit_id, is_part, adopted, listed, stage, paused, due_on, amount)
SELECT unit_id, is_part, adopted, listed_on IS NOT NULL, stage, paused, coalesce(due_on, ''), count(*) FROM finding_scope GROUP BY 1, 2, 3, 4, 5, 6, 7;
--> statement-breakpoint
CREATE TRIGGER finding_counts_insert AFTER INSERT ON finding_scope BEGIN
  INSERT INTO finding_counts (unit_id, is_part, adopted, listed, stage, paused, due_on, amount)
  VALUES (new.unit_id, new.is_part, new.adopted, new.listed_on IS NOT NULL, new.stage, new.paused, coalesce(new.due_on, ''), 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
CREATE TRIGGER finding_counts_delete AFTER DELETE ON finding_scope BEGIN
  UPDATE finding_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND adopted = old.adopted AND listed = (old.listed_on IS NOT NULL) AND stage = old.stage AND paused = old.paused AND due_on = coalesce(old.due_on, '');
END;
--> statement-breakpoint
CREATE TRIGGER finding_counts_update AFTER UPDATE OF is_part, adopted, listed_on, stage, paused, due_on ON finding_scope
WHEN old.stage <> new.stage OR old.due_on IS NOT new.due_on OR old.paused <> new.paused OR old.adopted <> new.adopted OR old.is_part <> new.is_part OR (old.listed_on IS NULL) <> (new.listed_on IS NULL) BEGIN
  UPDATE finding_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND adopted = old.adopted AND listed = (old.listed_on IS NOT NULL) AND stage = old.stage AND paused = old.paused AND due_on = coalesce(old.due_on, '');
  INSERT INTO finding_counts (unit_id, is_part, adopted, listed, stage, paused, due_on, amount)
  VALUES (new.unit_id, new.is_part, new.adopted, new.listed_on IS NOT NULL, new.stage, new.paused, coalesce(new.due_on, ''), 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
CREATE INDEX `findings_state` ON `findings` (`state`);
--> statement-breakpoint
-- What has no date comes last: an order by coalesce is served by an index on just that expression.
DROP INDEX `finding_scope_due`;
--> statement-breakpoint
CREATE INDEX `finding_scope_due` ON `finding_scope` (`unit_id`,`is_part`,coalesce(`due_on`, '9999-12-31'),`number`,`stage`,`due_on`,`paused`,`lead_unit_id`,`severity`,`rectification_type`,`campaign_id`,`category_id`,`channel`,`listed_on`,`adopted`);
--> statement-breakpoint
CREATE INDEX `finding_scope_stage_due` ON `finding_scope` (`unit_id`,`is_part`,`stage`,coalesce(`due_on`, '9999-12-31'),`number`,`due_on`,`paused`,`lead_unit_id`,`severity`,`rectification_type`,`campaign_id`,`category_id`,`channel`,`listed_on`,`adopted`);
