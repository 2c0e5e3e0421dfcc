//! What must be known of a person.

use ids::{Pseudonym, ServiceId};
use jiff::SignedDuration;
use slot::holds::{FactsNeeded, Hold, HoldRefusal, HoldRequest, HoldState};

use super::contract;
use crate::holds::site::{Site, offer};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn no_history() -> FactsNeeded<'static> {
    FactsNeeded::FromStore { no_history: true, entitled_to: &[] }
}

contract! {
    async fn who_has_a_history_is_left_to_the_database(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let careful = HoldRequest { facts: no_history(), ..site.request(1, &offers) };
        site.holds.note_history(Pseudonym::from_bits(1), site.now() + HOUR).await.unwrap();
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AskDatabase));
        assert!(site.taken(480).await.is_empty());
        let other = HoldRequest { facts: no_history(), ..site.request(2, &offers) };
        let hold = site.ask(&other).await.unwrap();
        let known = |hold: &Hold, has_history| HoldState::InForce { hold: hold.clone(), has_history };
        assert_eq!(site.holds.state_of(&hold).await.unwrap(), known(&hold, false));
        assert!(site.holds.give_up(&hold).await.unwrap());
        let returning = site.holds.returning().await.unwrap().holds;
        site.holds.free(&returning).await.unwrap();
        let asked = HoldRequest { facts: FactsNeeded::None, ..careful };
        let hold = site.ask(&asked).await.expect("the caller has asked");
        assert_eq!(site.holds.state_of(&hold).await.unwrap(), known(&hold, true));
    }

    async fn a_history_counts_until_the_latest_moment_that_was_noted(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let person = Pseudonym::from_bits(1);
        for until in [site.now() - HOUR, site.now() + HOUR, site.now() + SignedDuration::from_secs(1)] {
            site.holds.note_history(person, until).await.unwrap();
        }
        site.advance(SignedDuration::from_secs(2));
        let careful = HoldRequest { facts: no_history(), ..site.request(1, &offers) };
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AskDatabase));
        site.holds.note_history(Pseudonym::from_bits(2), site.now() - HOUR).await.unwrap();
        let past = HoldRequest { facts: no_history(), ..site.request(2, &offers) };
        assert!(site.ask(&past).await.is_ok());
    }

    async fn whose_hold_expired_has_a_history_until_somebody_noted_what_it_is(site: &Site) {
        let hold = site.hold_shortly(1, &[offer(480, 10, 1)]).await;
        site.wait_for_end_of(&hold).await;
        site.wait_for_expired(1).await;
        let offers = [offer(1_000, 10, 1)];
        let careful = HoldRequest { facts: no_history(), ..site.request(1, &offers) };
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AskDatabase));
    }

    async fn who_is_not_known_to_be_entitled_is_left_to_the_database(site: &Site) {
        let services: [ServiceId; 2] = ["permit".parse().unwrap(), "visa".parse().unwrap()];
        let needs = FactsNeeded::FromStore { no_history: true, entitled_to: &services };
        let offers = [offer(480, 10, 1)];
        let person = Pseudonym::from_bits(1);
        let careful = HoldRequest { facts: needs, ..site.request(1, &offers) };
        site.holds.note_entitled(person, &services[0], site.now() + HOUR).await.unwrap();
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AskDatabase), "one of two");
        site.holds.note_entitled(person, &services[1], site.now() + HOUR).await.unwrap();
        site.holds.note_entitled(person, &services[1], site.now() - HOUR).await.unwrap();
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AskDatabase), "withdrawn");
        site.holds.note_entitled(person, &services[1], site.now() + HOUR).await.unwrap();
        assert!(site.ask(&careful).await.is_ok());
    }

    async fn a_present_hold_is_told_without_asking_the_database(site: &Site) {
        let offers = [offer(480, 10, 1)];
        let hold = site.hold(1, &offers).await.unwrap();
        site.holds.note_history(Pseudonym::from_bits(1), site.now() + HOUR).await.unwrap();
        let careful = HoldRequest { facts: no_history(), ..site.request(1, &offers) };
        assert_eq!(site.ask(&careful).await, Err(HoldRefusal::AlreadyHolding(Box::new(hold))));
    }
}
