//! Draws from announcement to proof, as those who enter and those who check see them.

mod announcing;
mod answering;
mod at_desk;
mod confirming;
mod deaths;
mod declined_seats;
mod earlier;
mod entering;
mod escrow;
mod identity;
mod kept_seats;
mod lost_keys;
mod phoned;
mod second_entry;
mod settling;
mod standing;
mod tickets;
mod told;

pub use deaths::Death;
pub use kept_seats::at_gate;

use std::{collections::BTreeMap, time::Duration};

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

use crate::office::{ApiResponse, CATALOGUE, Office, Person};

/// Long enough for a process to lead, to look and to write on a busy machine.
const DEADLINE: Duration = Duration::from_secs(180);

/// `visa` has twelve slots a week, on Mondays from 8 to 10 at one desk; `licence` has a desk for the
/// whole week. Entry windows began an hour ago and last for three days; the seats are those of the
/// week from 18 January on.
pub fn catalogue() -> String {
    let draws = "    visa:
      name: {de: Visum}
      group: papers
      slots: 1
      allocation: draw-then-immediate
      draw: {opensOn: monday, opensAt: \"08:00\"}
      release: {minMinutes: 0, maxMinutes: 1}
      rules: {trustLevel: {atLeast: high}, partySize: {max: 2}}
    licence:
      name: {de: Führerschein}
      group: cars
      slots: 1
      allocation: draw
      draw: {opensOn: monday, opensAt: \"08:00\", desks: 1}
    card:
";
    let text = CATALOGUE.replacen("    card:\n", draws, 1);
    let text = text.replacen(
        "services: {passport: {}, card: {}, title: {}, plates: {}}",
        "services: {passport: {}, card: {}, title: {}, plates: {}, licence: {}}",
        1,
    );
    text.replacen(
        "desks: 2\n      services: {passport: {}}",
        "desks: 1\n      services: {passport: {}, visa: {}}",
        1,
    )
}

/// A running office with draws.
pub struct Drawing {
    pub office: Office,
}

impl Drawing {
    pub async fn each() -> Vec<Self> {
        let offices = Office::standing_on_each(&catalogue()).await;
        offices.into_iter().map(|office| Self { office }).collect()
    }

    /// The draw of a service, once it is announced.
    pub async fn announced(&self, service: &str) -> String {
        eventually(DEADLINE, async || {
            let draws = self.office.read("/v1/draws").await.expect(200).body;
            let draws = draws["draws"].as_array().unwrap();
            let draw = draws.iter().find(|draw| draw["service"] == service)?;
            Some(draw["id"].as_str().unwrap().to_owned())
        })
        .await
    }

    pub async fn draw(&self, id: &str) -> Value {
        self.office.read(&format!("/v1/draws/{id}")).await.expect(200).body
    }

    pub async fn status(&self, id: &str) -> String {
        self.draw(id).await["draw"]["status"].as_str().unwrap().to_owned()
    }

    /// Waits until the draw stands so.
    pub async fn until(&self, id: &str, status: &str) {
        eventually(DEADLINE, async || (self.status(id).await == status).then_some(())).await;
    }

    /// Enters with these wishes.
    pub async fn enter(&self, id: &str, person: &Person, wishes: Value, key: &str) -> ApiResponse {
        self.enter_with(id, person, json!({ "wishes": wishes }), key).await
    }

    pub async fn enter_with(
        &self,
        id: &str,
        person: &Person,
        mut body: Value,
        key: &str,
    ) -> ApiResponse {
        if body["attendee"].is_null() {
            body["attendee"] = json!(self.office.attendee(person));
        }
        body["language"] = json!("de");
        let (path, token) = (format!("/v1/draws/{id}/entries"), self.office.token(person));
        let headers = [("Idempotency-Key", key)];
        self.office.send(Method::POST, &path, &token, &headers, Some(body)).await
    }

    /// So many people enter with any seat as their wish.
    pub async fn enter_many(&self, id: &str, many: usize) -> Vec<(Person, ApiResponse)> {
        let mut entered = Vec::new();
        for _ in 0..many {
            let person = self.office.person();
            let entry = self.enter(id, &person, json!([{}]), "key").await.expect(201);
            entered.push((person, entry));
        }
        entered
    }

    pub async fn own(&self, id: &str, person: &Person) -> ApiResponse {
        let path = format!("/v1/draws/{id}/entries/own");
        self.office.send(Method::GET, &path, &self.office.token(person), &[], None).await
    }

    pub async fn withdraw(&self, id: &str, person: &Person) -> ApiResponse {
        let path = format!("/v1/draws/{id}/entries/own");
        self.office.send(Method::DELETE, &path, &self.office.token(person), &[], None).await
    }

    /// The signed end of the entry from which a person withdrew.
    pub async fn own_end(&self, id: &str, person: &Person) -> ApiResponse {
        let path = format!("/v1/draws/{id}/entries/own/end");
        self.office.send(Method::GET, &path, &self.office.token(person), &[], None).await
    }

    /// The signed end of the entry that this receipt promised.
    pub async fn end(&self, id: &str, receipt: &str) -> ApiResponse {
        let serial = receipt.split("\"serial\":\"").nth(1).expect("a receipt names its ticket");
        self.office.read(&format!("/v1/draws/{id}/ends/{}", &serial[..32])).await
    }

    /// The entry window is over.
    pub fn close(&self) {
        self.office.clock.advance(SignedDuration::from_hours(72));
    }

    /// The published proof, read as strictly as a verifier reads it.
    pub async fn proof(&self, id: &str) -> draw::Proof {
        let url = format!("{}/v1/draws/{id}/proof", self.office.base);
        let answer = self.office.http.get(url).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 200);
        draw::canonical::read(&answer.bytes().await.unwrap()).unwrap()
    }

    /// How many entries stand how.
    pub async fn outcomes(
        &self,
        id: &str,
        entered: &[(Person, ApiResponse)],
    ) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (person, _) in entered {
            let own = self.own(id, person).await.expect(200).body;
            *counts.entry(own["status"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        counts
    }
}

/// That a stranger, and everybody who entered, finds nothing wrong with the proof.
pub fn holds(proof: &draw::Proof, entered: &[(Person, ApiResponse)]) {
    let wrong = |findings: Vec<draw::check::Finding>| {
        let wrong = findings.into_iter().find(draw::check::Finding::is_wrong);
        assert_eq!(wrong, None);
    };
    wrong(draw::check::stranger(proof));
    for (_, entry) in entered {
        wrong(draw::check::entrant(proof, entry.body["receipt"].as_str().unwrap()));
    }
}
