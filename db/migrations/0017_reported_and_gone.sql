-- What a unit reported on in a running period and then claimed stays counted: a range of one index.
CREATE INDEX `finding_scope_reported` ON `finding_scope` (`unit_id`,`campaign_id`,`reported_at`,`stage`,`lead_unit_id`,`number`,`finding_id`) WHERE campaign_id is not null and reported_at is not null;
