-- 牵头领导: each leader's own page counts what they lead.
CREATE INDEX `finding_texts_lead_leader` ON `finding_texts` (`lead_leader`);
