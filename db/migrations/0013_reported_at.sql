-- When the unit that leads a finding last reported on it: beside the findings, so that what is missing in a running period is counted from one index.
ALTER TABLE `finding_scope` ADD COLUMN `reported_at` text;
--> statement-breakpoint
UPDATE finding_scope SET reported_at = (SELECT max(r.at) FROM lead_reports r WHERE r.finding_id = finding_scope.finding_id AND r.unit_id = finding_scope.lead_unit_id)
WHERE finding_id IN (SELECT finding_id FROM lead_reports);
--> statement-breakpoint
DROP INDEX `finding_scope_campaign`;
--> statement-breakpoint
CREATE INDEX `finding_scope_owed` ON `finding_scope` (`unit_id`,`campaign_id`,`stage`,`lead_unit_id`,`reported_at`,`number`,`finding_id`) WHERE campaign_id is not null;
--> statement-breakpoint
CREATE TRIGGER reported_at_report AFTER INSERT ON lead_reports BEGIN
  UPDATE finding_scope SET reported_at = new.at WHERE finding_id = new.finding_id AND lead_unit_id = new.unit_id AND (reported_at IS NULL OR reported_at < new.at);
END;
--> statement-breakpoint
CREATE TRIGGER reported_at_insert AFTER INSERT ON finding_scope WHEN EXISTS (SELECT 1 FROM lead_reports r WHERE r.finding_id = new.finding_id) BEGIN
  UPDATE finding_scope SET reported_at = (SELECT max(r.at) FROM lead_reports r WHERE r.finding_id = new.finding_id AND r.unit_id = new.lead_unit_id)
  WHERE unit_id = new.unit_id AND finding_id = new.finding_id;
END;
--> statement-breakpoint
CREATE TRIGGER reported_at_lead AFTER UPDATE OF lead_unit_id ON finding_scope WHEN old.lead_unit_id IS NOT new.lead_unit_id BEGIN
  UPDATE finding_scope SET reported_at = (SELECT max(r.at) FROM lead_reports r WHERE r.finding_id = new.finding_id AND r.unit_id = new.lead_unit_id)
  WHERE unit_id = new.unit_id AND finding_id = new.finding_id;
END;
