//! Which entries of the audit log are about a person.

/// What the person did, and what was done with what is theirs. Each part finds its rows by an index.
pub(super) const AUDITED: &str = "id IN (SELECT id FROM audit WHERE subject = $1 \
    UNION SELECT id FROM audit WHERE actor = 'citizen:' || $1 \
    UNION SELECT audit.id FROM audit JOIN bookings ON audit.subject = bookings.id \
        WHERE bookings.person = $1 \
    UNION SELECT audit.id FROM audit JOIN bookings ON audit.subject = bookings.hold_id \
        WHERE bookings.person = $1 \
    UNION SELECT audit.id FROM audit \
        JOIN bookings ON audit.subject = bookings.location || ' ' || bookings.date \
        WHERE bookings.person = $1 AND audit.action = 'bookings.read_day' \
    UNION SELECT audit.id FROM audit JOIN waiting_entries ON audit.subject = waiting_entries.id \
        WHERE waiting_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN waiting_offers ON audit.subject = waiting_offers.id \
        JOIN waiting_entries ON waiting_offers.entry_id = waiting_entries.id \
        WHERE waiting_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN draw_entries ON audit.subject = draw_entries.id \
        WHERE draw_entries.person = $1 \
    UNION SELECT audit.id FROM audit JOIN assigned_dates ON audit.subject = assigned_dates.id \
        JOIN entitlements ON assigned_dates.entitlement_id = entitlements.id \
        WHERE entitlements.person = $1 \
    UNION SELECT audit.id FROM audit JOIN entitlements ON audit.subject = entitlements.id \
        WHERE entitlements.person = $1)";
