//! What readers learn, and what replicas tell each other.

use ids::Pseudonym;
use slot::holds::{HoldError, HoldState, HoldsError, RefusalCursor, RefusedAsk};

use super::contract;
use crate::holds::site::{Closed, Site, offer, reservation, seat};

contract! {
    async fn the_feed_names_the_days_that_changed(site: &Site) {
        let start = site.holds.changes(None).await.unwrap();
        assert!(start.complete);
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let next = site.holds.changes(Some(&start)).await.unwrap();
        assert!(!next.complete && next.version > start.version);
        assert_eq!(next.days, [(site.day.location.clone(), site.day.date)]);
        assert!(site.hold(2, &[offer(480, 10, 1)]).await.is_err());
        let quiet = site.holds.changes(Some(&next)).await.unwrap();
        assert!(quiet.days.is_empty() && quiet.version == next.version);
        assert!(site.holds.give_up(&hold).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        site.holds.free(&returning).await.unwrap();
        assert_eq!(site.holds.changes(Some(&quiet)).await.unwrap().days.len(), 1);
        assert_eq!(site.holds.known_days().await.unwrap(), next.days);
    }

    async fn readers_are_told_what_is_for_the_desk(site: &Site) {
        let start = site.holds.changes(None).await.unwrap();
        site.holds.place(&reservation(Closed, 9, &seat(480, 60, 0))).await.unwrap();
        let closed = site.holds.changes(Some(&start)).await.unwrap();
        assert_eq!(closed.days.len(), 1);
        let hold = site.hold_at_desk(1, &[offer(500, 10, 1)]).await.unwrap();
        let held = site.holds.changes(Some(&closed)).await.unwrap();
        assert_eq!(held.days.len(), 1);
        assert!(site.holds.give_up(&hold).await.unwrap());
        assert_eq!(site.holds.changes(Some(&held)).await.unwrap().days.len(), 1);
    }

    async fn days_without_anything_are_free(site: &Site) {
        let other = ("pankow".parse().unwrap(), site.day.date);
        let mitte = (site.day.location.clone(), site.day.date);
        site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let snapshots = site.holds.snapshots(&[other, mitte]).await.unwrap();
        assert!(snapshots[0].taken.is_empty() && !snapshots[1].taken.is_empty());
        assert!(site.holds.snapshots(&[]).await.unwrap().is_empty());
    }

    async fn replicas_learn_of_refusals(site: &Site) {
        let start = RefusalCursor::default();
        let (none, start) = site.holds.refusals(&start).await.unwrap();
        assert!(none.is_empty());
        let asked = |person: u128| RefusedAsk {
            person: Pseudonym::from_bits(person),
            location: site.day.location.clone(),
            start: site.day.time_of(480),
            end: site.day.time_of(490),
            count: 3,
            at: "2031-02-24T08:00:00.123Z".parse().unwrap(),
        };
        let first = [asked(1), asked(2)];
        site.holds.report_refusals(&first).await.unwrap();
        site.holds.report_refusals(&[]).await.unwrap();
        let (told, next) = site.holds.refusals(&start).await.unwrap();
        assert_eq!(told, first);
        site.holds.report_refusals(&[asked(3)]).await.unwrap();
        let (told, next) = site.holds.refusals(&next).await.unwrap();
        assert_eq!(told, [asked(3)]);
        assert!(site.holds.refusals(&next).await.unwrap().0.is_empty());
        assert_eq!(site.holds.refusals(&start).await.unwrap().0.len(), 3);
    }

    async fn a_loaded_store_needs_no_rebuild(site: &Site) {
        assert!(site.holds.begin_rebuild().await.unwrap().is_none());
    }

    async fn a_hold_of_another_epoch_is_unknown(site: &Site) {
        let hold = site.hold(1, &[offer(480, 10, 1)]).await.unwrap();
        let earlier = slot::holds::Hold { epoch: hold.epoch.wrapping_sub(1), ..hold };
        assert_eq!(site.holds.state_of(&earlier).await.unwrap(), HoldState::Unknown);
    }
}

#[tokio::test]
async fn nothing_is_possible_before_the_store_is_loaded() {
    for site in [Some(Site::memory()), Site::redis(), Site::cluster()].into_iter().flatten() {
        let offers = [offer(480, 10, 1)];
        let refused = site.holds.hold(&site.request(1, &offers)).await;
        assert!(matches!(refused, Err(HoldError::Failed(HoldsError::NotLoaded))), "{}", site.name);
        let error = site.holds.changes(None).await.unwrap_err();
        assert!(matches!(error, HoldsError::NotLoaded), "{}", site.name);
        let days = [(site.day.location.clone(), site.day.date)];
        let error = site.holds.snapshots(&days).await.unwrap_err();
        assert!(matches!(error, HoldsError::NotLoaded), "{}", site.name);
    }
}
