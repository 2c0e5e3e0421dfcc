//! Bookings leave without their people, and only bookings do.

use std::collections::BTreeMap;

use super::{at, confirm, confirmation, databases, seat};
use crate::app::export_bookings::export_bookings;

#[tokio::test]
async fn bookings_leave_with_time_and_desk_and_without_people() {
    for database in databases().await {
        let (late, early) = (confirmation(1, seat(1, 30, 50)), confirmation(2, seat(0, 0, 10)));
        let outcomes = confirm(&database, &[&late, &early]).await.unwrap();
        assert!(outcomes.iter().all(Result::is_ok));
        let zone = ambient::berlin();
        let today = zone.to_datetime(at(0)).date();
        let found = export_bookings(&database, today).await.unwrap();
        let all = found.values().flatten();
        let brief: Vec<_> = all.map(|one| (one.start, one.minutes, one.desk)).collect();
        assert_eq!(brief, [(at(0), 10, 1), (at(30), 20, 2)]);
        let written = serde_json::to_string(&found).unwrap();
        for private in ["person", "name", "code", "email", "pseudonym"] {
            assert!(!written.contains(private), "{private}: {written}");
        }
        let later = today.saturating_add(jiff::Span::new().days(2));
        assert_eq!(export_bookings(&database, later).await.unwrap(), BTreeMap::new());
    }
}
