-- What a confirm writes, as one transaction: the same tables, indexes and sizes of rows.
\set n random(1, 1000000000)
\set m random(1, 1000000000)
\set desk random(1, 60)
\set place random(1, 100)
\set minute random(1, 1000000000)
\set lane random(0, 15)
BEGIN;
INSERT INTO idempotency (caller, key, request, answer, at)
VALUES ('person=psn_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'hld_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  decode(repeat('ab', 32), 'hex'), repeat('answer as JSON, ', 25), 1800000000000);
INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date, desk, starts_at, ends_at,
  services, people, texts, channel, level, language, sequence, replaces, series, attendee, held_at, created_at, changed_at)
VALUES ('bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'C' || (:n)::bigint::text || (:m)::bigint::text, 'hld_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  'psn_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'papers', 'confirmed', 'place-' || (:place)::bigint::text, '2027-01-04', :desk,
  60000 * (:minute)::bigint, 60000 * (:minute)::bigint + 600000, '["passport"]', 1, repeat('texts as JSON, ', 20), 'public', 'basic', 'de', 0, NULL, 'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  decode(repeat('ab', 150), 'hex'), 1800000000000, 1800000000000, 1800000000000);
INSERT INTO reservations (id, kind, location, desk, date, starts_at, ends_at, booking_id, person, service_group, created_at)
VALUES ('rsv_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'booking', 'place-' || (:place)::bigint::text, :desk, '2027-01-04',
  60000 * (:minute)::bigint, 60000 * (:minute)::bigint + 600000, 'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  'psn_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'papers', 1800000000000);
INSERT INTO audit (id, at, actor, action, subject, details)
VALUES ('adt_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 1800000000000, 'person=psn_' || lpad((:n)::bigint::text, 13, '0'), 'booking-confirmed',
  'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), '{"hold":"hld_0123456789abcdef"}');
INSERT INTO outbox (lane, event_id, authority, kind, subject, time, traceparent, data)
VALUES (:lane, 'evt_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'bench', 'BookingConfirmed',
  'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 1800000000000, NULL, decode(repeat('ab', 400), 'hex'));
COMMIT;
