-- What appends to the public log, as one transaction: the same statements, tables and sizes of rows.
BEGIN;
SELECT pg_advisory_xact_lock(hashtextextended('log', 0));
WITH added AS (INSERT INTO log_entries (position, entry) SELECT coalesce(max(position), -1) + 1, sha256((coalesce(max(position), -1) + 1)::text::bytea) FROM log_entries RETURNING position)
INSERT INTO log_documents (position, draw_id, kind, salt, text, public_from, cosigned)
SELECT position, 'drw_00000000000000000000000000', 'move', repeat('0', 32), repeat('a move as JSON, ', 25), NULL, 0 FROM added;
COMMIT;
