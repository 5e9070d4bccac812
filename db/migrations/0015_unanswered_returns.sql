-- What was given back stays so until somebody answers, whatever else happens to it meanwhile: the queue and the page say the same.
ALTER TABLE `findings` ADD COLUMN `returned_seq` integer;
--> statement-breakpoint
UPDATE findings SET returned_seq = (
  SELECT max(e.seq) FROM finding_events e WHERE e.finding_id = findings.id
    AND e.type IN ('SEND_BACK_CHECK', 'RETURN', 'RETURN_PLAN', 'REJECT_PLAN', 'RETURN_CLAIM', 'SEND_BACK', 'OBJECT', 'REOPEN')
    AND e.seq > coalesce((SELECT max(a.seq) FROM finding_events a WHERE a.finding_id = findings.id AND a.type IN ('REPORT_CHECK', 'ASSIGN', 'SUBMIT_PLAN', 'SIGN_PLAN', 'CLAIM', 'SIGN_CLAIM', 'PASS')), 0)
) WHERE stage NOT IN ('closed', 'unfounded', 'merged', 'transferred', 'withdrawn');
--> statement-breakpoint
UPDATE waiting SET returned = (ordinal = 0 AND EXISTS (SELECT 1 FROM findings f WHERE f.id = waiting.finding_id AND f.returned_seq IS NOT NULL AND NOT f.paused));
