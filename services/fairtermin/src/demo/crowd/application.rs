//! An application on file: who has its number can book at the immigration office.

use identity::simulator::{Citizen, citizens};
use jiff::SignedDuration;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::{Crowd, CrowdError, Office};

/// The number in the authority's letter.
pub const NUMBER: &str = "LEA-2027-004711";
/// The test citizen who applied.
pub const APPLICANT: &str = "olena";

const AUTHORITY: &str = "lea";
/// What the application permits to book.
const SERVICES: [&str; 2] = ["niederlassungserlaubnis", "karte-abholen"];
/// The program that puts it on file.
const AGENCY: &str = "demo-agency";
/// For how long it permits that.
const VALID: SignedDuration = SignedDuration::from_hours(24 * 365);
/// For how many appointments, so that one can try again.
const USES: u16 = 20;

impl Crowd {
    /// Puts it on file as an agency's program does, if this is the authority. Safe to repeat.
    pub(super) async fn put_on_file(&self, office: &Office) -> Result<(), CrowdError> {
        let applicant = citizens().iter().find(|citizen| citizen.id == APPLICANT);
        let Some(applicant) = applicant.filter(|_| office.authority.as_str() == AUTHORITY) else {
            return Ok(());
        };
        let until = self.register.now() + VALID;
        let posted = SERVICES.map(|service| entitlement(applicant, service, &until.to_string()));
        let token = self.register.agency(&office.authority, AGENCY)?;
        let request = self.http.post(office.address("v1/entitlements/batch"));
        let request = request.bearer_auth(token).json(&json!({ "entitlements": posted }));
        match request.send().await?.status() {
            StatusCode::OK => Ok(()),
            status => Err(CrowdError::NotOnFile(status)),
        }
    }
}

fn entitlement(applicant: &Citizen, service: &str, valid_until: &str) -> Value {
    json!({
        "service": service,
        "reference": NUMBER,
        "names": [{ "given_name": applicant.given_names, "family_name": applicant.family_name }],
        "birthdate": applicant.birth_date,
        "valid_until": valid_until,
        "uses": USES,
    })
}
