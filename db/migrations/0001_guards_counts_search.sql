-- Written by hand: what drizzle-kit cannot say.

-- History is append-only, whoever holds the connection.
CREATE TRIGGER finding_events_no_update BEFORE UPDATE ON finding_events BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER finding_events_no_delete BEFORE DELETE ON finding_events BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER stream_events_no_update BEFORE UPDATE ON stream_events BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER stream_events_no_delete BEFORE DELETE ON stream_events BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER evidence_no_change BEFORE UPDATE OF finding_id, name, media_type, size, sha256, uploaded_by, uploaded_at ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is never changed'); END;
--> statement-breakpoint

-- finding_counts is the sum of finding_scope, kept as rows come, change and go.
CREATE TRIGGER finding_counts_insert AFTER INSERT ON finding_scope BEGIN
  INSERT INTO finding_counts (unit_id, is_part, adopted, stage, paused, due_on, amount)
  VALUES (new.unit_id, new.is_part, new.adopted, new.stage, new.paused, coalesce(new.due_on, ''), 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint
CREATE TRIGGER finding_counts_delete AFTER DELETE ON finding_scope BEGIN
  UPDATE finding_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND adopted = old.adopted AND stage = old.stage AND paused = old.paused AND due_on = coalesce(old.due_on, '');
END;
--> statement-breakpoint
CREATE TRIGGER finding_counts_update AFTER UPDATE OF is_part, adopted, stage, paused, due_on ON finding_scope
WHEN old.stage <> new.stage OR old.due_on IS NOT new.due_on OR old.paused <> new.paused OR old.adopted <> new.adopted OR old.is_part <> new.is_part BEGIN
  UPDATE finding_counts SET amount = amount - 1
  WHERE unit_id = old.unit_id AND is_part = old.is_part AND adopted = old.adopted AND stage = old.stage AND paused = old.paused AND due_on = coalesce(old.due_on, '');
  INSERT INTO finding_counts (unit_id, is_part, adopted, stage, paused, due_on, amount)
  VALUES (new.unit_id, new.is_part, new.adopted, new.stage, new.paused, coalesce(new.due_on, ''), 1)
  ON CONFLICT DO UPDATE SET amount = amount + 1;
END;
--> statement-breakpoint

-- Words are found by bigrams (db/search/bigrams.ts makes them); the text itself stays in finding_texts.
CREATE VIRTUAL TABLE finding_search USING fts5(grams, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", detail=full);
