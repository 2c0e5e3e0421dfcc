//! Applications on file: who has the number of one can book at the immigration office, or accept the date that
//! the office gave.

use ambient::berlin;
use client::Draw;
use identity::simulator::{Citizen, citizens};
use ids::{EntitlementId, ServiceId};
use jiff::{
    SignedDuration, Timestamp, ToSpan as _,
    civil::{Date, Time},
};
use reqwest::{RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Crowd, CrowdError, Office};

/// An application of a test citizen.
#[derive(Debug)]
pub struct Application {
    /// The number in the authority's letter.
    pub number: &'static str,
    /// The test citizen who applied.
    pub applicant: &'static str,
    /// What the number is good for, for people.
    pub shown: &'static str,
    /// What it permits to book.
    services: &'static [&'static str],
    /// For how many appointments.
    uses: u16,
    /// Whether the office gives the date.
    is_assigned: bool,
}

/// All of them. The tour accepts the date of the second one, the demo begins with that of the third one accepted.
pub const APPLICATIONS: [Application; 3] = [
    Application {
        number: "LEA-2027-004711",
        applicant: "olena",
        shown: "to book",
        services: &["niederlassungserlaubnis", "karte-abholen"],
        // So that one can try again.
        uses: 20,
        is_assigned: false,
    },
    Application {
        number: "LEA-2027-004712",
        applicant: "ali",
        shown: "the office has given a date, which waits for an answer",
        services: &["niederlassungserlaubnis-fachkraefte"],
        uses: 1,
        is_assigned: true,
    },
    Application {
        number: "LEA-2027-004713",
        applicant: "oezguer",
        shown: "accepted the date of the office, can enter the draw of earlier ones",
        services: &["niederlassungserlaubnis-fachkraefte"],
        uses: 1,
        is_assigned: true,
    },
];

/// The authority of all applications.
pub(super) const AUTHORITY: &str = "lea";
/// The program that puts them on file.
const AGENCY: &str = "demo-agency";
/// For how long they permit to book.
const VALID: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Where the office gives dates.
const PLACE: &str = "keplerstrasse";
/// The office is open then on each day of work.
const OPEN: Time = Time::constant(9, 0, 0, 0);
/// The days that can be booked in a demo with other people, see `demo/offer.rs`.
const BOOKABLE_DAYS: i64 = 14;

#[derive(Deserialize)]
struct OnFile {
    entitlements: Vec<OneOnFile>,
}

#[derive(Deserialize)]
struct OneOnFile {
    id: EntitlementId,
}

impl Application {
    /// What it is for, first of all.
    pub fn service(&self) -> ServiceId {
        self.services[0].parse().expect("the applications name services by their ids")
    }

    fn citizen(&self) -> Citizen {
        let found = citizens().iter().find(|citizen| citizen.id == self.applicant);
        *found.expect("test citizens apply")
    }

    /// As its program posts it.
    fn posted(&self, valid_until: &str) -> Vec<Value> {
        let applicant = self.citizen();
        let one = |service: &&str| {
            json!({
                "service": service,
                "reference": self.number,
                "names": [{ "given_name": applicant.given_names, "family_name": applicant.family_name }],
                "birthdate": applicant.birth_date,
                "valid_until": valid_until,
                "uses": self.uses,
            })
        };
        self.services.iter().map(one).collect()
    }
}

impl Crowd {
    /// Puts the applications on file as an agency's program does, and gives dates to those that wait for one.
    /// Safe to repeat.
    pub async fn put_on_file(&self) -> Result<(), CrowdError> {
        let office = self.offices.iter().find(|office| office.authority.as_str() == AUTHORITY);
        let Some(office) = office else { return Ok(()) };
        self.get_ready(office).await?;
        let until = (self.register.now() + VALID).to_string();
        for application in &APPLICATIONS {
            let posted = application.posted(&until);
            let request = self.http.post(office.address("v1/entitlements/batch"));
            let request = request.json(&json!({ "entitlements": posted }));
            let answer = self.as_agency(office, request).await?;
            if answer.status() != StatusCode::OK {
                return Err(CrowdError::NotOnFile(answer.status()));
            }
            let on_file: OnFile = answer.json().await?;
            if let (true, Some(first)) = (application.is_assigned, on_file.entitlements.first()) {
                self.give_date(office, first.id).await?;
            }
        }
        Ok(())
    }

    /// The latest day that can be booked, and later than the first one of the draw of earlier appointments.
    async fn give_date(&self, office: &Office, id: EntitlementId) -> Result<(), CrowdError> {
        let draws = office.api.draws().await?;
        let now = self.register.now();
        let open = draws.iter().filter(|draw| draw.needs_appointment && draw.is_open(now));
        let (today, drawn) = (self.register.today(), open.map(|draw: &Draw| draw.week).max());
        let days = (1..=BOOKABLE_DAYS).rev().map(|ahead| today.saturating_add(ahead.days()));
        let mut refused = StatusCode::NOT_FOUND;
        for day in days.filter(|day| drawn.is_none_or(|week| week < *day)) {
            let request = self.http.post(office.address(&format!("v1/entitlements/{id}/date")));
            let request = request.json(&json!({ "location": PLACE, "start": opening(day) }));
            let answer = self.as_agency(office, request).await?;
            refused = answer.status();
            if refused.is_success() || has_one(answer).await {
                return Ok(());
            }
        }
        Err(CrowdError::NoDate(refused))
    }

    async fn as_agency(
        &self,
        office: &Office,
        request: RequestBuilder,
    ) -> Result<Response, CrowdError> {
        let token = self.register.agency(&office.authority, AGENCY)?;
        Ok(request.bearer_auth(token).send().await?)
    }
}

/// Whether a date is refused because the application has one, or an appointment: from an earlier start.
async fn has_one(refusal: Response) -> bool {
    let refusal: Value = refusal.json().await.unwrap_or_default();
    matches!(refusal["code"].as_str(), Some("date-already-assigned" | "already-booked"))
}

fn opening(day: Date) -> Timestamp {
    let opening = berlin().to_ambiguous_timestamp(day.to_datetime(OPEN)).compatible();
    opening.unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::places::PRESETS;

    #[test]
    fn each_application_is_for_services_of_the_office_and_of_a_test_citizen() {
        let (_, preset) = PRESETS.iter().find(|(id, _)| *id == AUTHORITY).unwrap();
        assert!(preset.contains(&format!("\n    {PLACE}:\n")));
        for application in &APPLICATIONS {
            assert_eq!(application.citizen().id, application.applicant);
            for service in application.services {
                assert!(preset.contains(&format!("\n    {service}:\n")), "{service}");
            }
        }
    }
}
