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
INSERT INTO bookings (id, code, hold_id, person, service_group, status, location, date, start_unit, units, desk, starts_at, ends_at,
  services, people, channel, language, sequence, replaces, series, attendee, created_at, changed_at)
VALUES ('bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'C' || (:n)::bigint::text || (:m)::bigint::text, 'hld_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  'psn_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'papers', 'confirmed', 'place-' || (:place)::bigint::text, '2027-01-04', 96, 2, :desk,
  1800000000000, 1800000600000, '["passport"]', 1, 'public', 'de', 0, NULL, 'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'),
  decode(repeat('ab', 150), 'hex'), 1800000000000, 1800000000000);
INSERT INTO seat_claims (location, desk, unit_start, booking_id)
VALUES ('place-' || (:place)::bigint::text, :desk, 2 * (:minute)::bigint, 'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0')),
  ('place-' || (:place)::bigint::text, :desk, 2 * (:minute)::bigint + 1, 'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'));
INSERT INTO audit (id, at, actor, action, subject, details)
VALUES ('adt_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 1800000000000, 'person=psn_' || lpad((:n)::bigint::text, 13, '0'), 'booking-confirmed',
  'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), '{"hold":"hld_0123456789abcdef"}');
INSERT INTO outbox (lane, event_id, authority, kind, subject, time, traceparent, data)
VALUES (:lane, 'evt_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 'bench', 'BookingConfirmed',
  'bkg_' || lpad((:n)::bigint::text, 13, '0') || lpad((:m)::bigint::text, 13, '0'), 1800000000000, NULL, decode(repeat('ab', 400), 'hex'));
COMMIT;
