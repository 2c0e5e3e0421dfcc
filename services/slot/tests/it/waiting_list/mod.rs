//! Waiting lists from joining to the appointment, as those who wait see them.

mod answering;
mod at_desk;
mod changes;
mod deaths;
mod joining;
mod merging;
mod offering;
mod rejoining;
mod second_place;
mod stand_by;
mod stuck;

use std::time::Duration;

use jiff::SignedDuration;
use proto::waiting::v1::{OfferLapsed, PlaceLost, SlotOffered};
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    events::listen,
    office::{ApiResponse, CATALOGUE, Office, Person},
};

/// Long enough for a process to lead, to look and to write on a busy machine.
const DEADLINE: Duration = Duration::from_secs(180);
/// When the three slots of the tiny office begin on 11 January.
const SLOTS: [&str; 3] = ["08:00", "08:10", "08:20"];

/// `permit` has three slots a week, on Mondays at one desk; those of 11 January can be booked.
pub fn catalogue() -> String {
    let permit = "    permit:
      name: {de: Erlaubnis, en: Permit}
      group: permits
      slots: 1
      release: {minMinutes: 0, maxMinutes: 0}
      rules: {trustLevel: {atLeast: high}}
      waitingList: {answerHours: 24}
    card:
";
    let text = CATALOGUE.replacen("    card:\n", permit, 1);
    let text = text.replacen(
        "    cars: {name: {de: Fahrzeuge}}\n",
        "    cars: {name: {de: Fahrzeuge}}\n    permits: {name: {de: Erlaubnisse}}\n",
        1,
    );
    format!(
        "{}\n    tiny:
      name: {{de: Winziges Amt}}
      address: {{street: Weg 5, postalCode: \"10179\"}}
      desks: 1
      services: {{permit: {{}}}}
      bookable: {{fromDays: 0, toDays: 10}}
      opening:
        mondays: {{hours: {{monday: 08:00-08:30}}, slotMinutes: 10}}\n",
        text.trim_end()
    )
}

/// A running office with a waiting list.
pub struct Waiting {
    pub office: Office,
    events: UnboundedReceiver<messaging::Event>,
}

/// An instant on 11 January.
fn on_monday(time: &str) -> String {
    format!("2027-01-11T{time}:00+01:00")
}

impl Waiting {
    pub async fn each() -> Vec<Self> {
        let mut all = Vec::new();
        for office in Office::each_database_with(&catalogue()).await {
            all.push(Self::of(office).await);
        }
        all
    }

    async fn of(mut office: Office) -> Self {
        office.settings.manage_url = Some("https://termine.test/appointments".parse().unwrap());
        office.restart().await;
        let events = listen(&office);
        Self { office, events }
    }

    pub async fn hold(&self, person: &Person, time: &str) -> ApiResponse {
        let start = on_monday(time);
        let wish = json!({ "location": "tiny", "start": start, "services": ["permit"] });
        self.office.post("/v1/holds", &self.office.token(person), wish).await
    }

    pub async fn book(&self, person: &Person, time: &str) -> ApiResponse {
        let hold = self.hold(person, time).await.expect(201);
        let key = hold.body["hold_id"].as_str().unwrap().to_owned();
        self.office.confirm(person, &hold, &key).await.expect(201)
    }

    /// All three slots are booked.
    pub async fn full(&self) -> Vec<(Person, ApiResponse)> {
        let mut booked = Vec::new();
        for time in SLOTS {
            let person = self.office.person();
            let booking = self.book(&person, time).await;
            booked.push((person, booking));
        }
        booked
    }

    pub async fn cancel(&self, (person, booking): &(Person, ApiResponse)) {
        let path = format!("/v1/bookings/{}/cancel", booking.id());
        self.office.post(&path, &self.office.token(person), json!({})).await.expect(200);
    }

    pub async fn join(&self, person: &Person, wishes: Value, key: &str) -> ApiResponse {
        self.join_with(person, json!({ "service": "permit", "wishes": wishes }), key).await
    }

    pub async fn join_with(&self, person: &Person, mut body: Value, key: &str) -> ApiResponse {
        body["attendee"] = json!(self.office.attendee(person));
        body["language"] = json!("en");
        let (path, token) = ("/v1/waiting-list/entries", self.office.token(person));
        let headers = [("Idempotency-Key", key)];
        self.office.send(Method::POST, path, &token, &headers, Some(body)).await
    }

    /// A new person who waits for any seat.
    pub async fn waiter(&self) -> Person {
        let person = self.office.person();
        self.join(&person, json!([{}]), "key").await.expect(201);
        person
    }

    /// A person's newest place.
    pub async fn own(&self, person: &Person) -> Value {
        let token = self.office.token(person);
        let all = self.office.send(Method::GET, "/v1/waiting-list", &token, &[], None).await;
        all.expect(200).body["entries"][0].clone()
    }

    pub async fn leave(&self, person: &Person, id: &str) -> ApiResponse {
        let path = format!("/v1/waiting-list/entries/{id}");
        self.office.send(Method::DELETE, &path, &self.office.token(person), &[], None).await
    }

    /// Waits until a person's place stands so.
    pub async fn until(&self, person: &Person, status: &str) -> Value {
        eventually(DEADLINE, async || {
            let own = self.own(person).await;
            (own["status"] == status).then_some(own)
        })
        .await
    }

    /// Which of them has an offer, once one has.
    pub async fn offered<'a>(&self, people: &[&'a Person]) -> (&'a Person, Value) {
        eventually(DEADLINE, async || {
            for person in people {
                let own = self.own(person).await;
                if own["status"] == "offered" {
                    return Some((*person, own));
                }
            }
            None
        })
        .await
    }

    pub async fn accept(&self, person: &Person, offer: &Value) -> ApiResponse {
        let path = format!("/v1/waiting-list/offers/{}/accept", offer["id"].as_str().unwrap());
        self.office.post(&path, &self.office.token(person), json!({})).await
    }

    /// Answers by the link of a message.
    pub async fn answer(&self, token: &str, answer: &str) -> ApiResponse {
        let body = json!({ "token": token, "answer": answer });
        self.office.post("/v1/waiting-list/answers", "", body).await
    }

    /// What a message asks, by its link.
    pub async fn message(&self, token: &str) -> ApiResponse {
        self.office.post("/v1/waiting-list/messages", "", json!({ "token": token })).await
    }

    /// The next offer that is told.
    pub async fn told_of_offer(&mut self) -> SlotOffered {
        loop {
            let event = crate::events::next(&mut self.events).await;
            if let Ok(offered) = event.message::<SlotOffered>() {
                assert!(!String::from_utf8_lossy(&event.data).contains("Zeynep"));
                return offered;
            }
        }
    }

    /// The next question whether somebody still waits.
    pub async fn told_of_lapse(&mut self) -> OfferLapsed {
        loop {
            let event = crate::events::next(&mut self.events).await;
            if let Ok(lapsed) = event.message::<OfferLapsed>() {
                return lapsed;
            }
        }
    }

    /// The next message that a place is lost.
    pub async fn told_of_loss(&mut self) -> PlaceLost {
        loop {
            let event = crate::events::next(&mut self.events).await;
            if let Ok(lost) = event.message::<PlaceLost>() {
                return lost;
            }
        }
    }

    /// Waits until the list wants a seat no more, and lets its window of a second pass.
    pub async fn returned(&self) {
        let unlisted = "reservations WHERE kind = 'returning' AND waiting_list IS NULL";
        eventually(DEADLINE, async || {
            let many = crate::store::count_of(&self.office.database_url, unlisted).await;
            (many == 1).then_some(())
        })
        .await;
        self.office.clock.advance(SignedDuration::from_secs(2));
    }

    pub fn pass(&self, hours: i64) {
        self.office.clock.advance(SignedDuration::from_hours(hours));
    }
}

/// The token in the link of a message, which leads into the person's language.
fn token_of(url: &str) -> &str {
    let (page, token) = url.split_once("?token=").unwrap();
    assert!(page.starts_with("https://termine.test/en/"), "{page}");
    assert!(page.ends_with("/waiting-list/answer"), "{page}");
    token
}
