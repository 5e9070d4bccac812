-- What the morning pages ask: what is late with others, what was closed this week, what a unit has handed on.
CREATE INDEX `waiting_late` ON `waiting` (`event`,`due_on`,`finding_id`);
--> statement-breakpoint
CREATE INDEX `findings_closed` ON `findings` (`closed_on`);
--> statement-breakpoint
CREATE INDEX `findings_handed_on` ON `findings` (`lead_unit_id`,`parts_open`);
