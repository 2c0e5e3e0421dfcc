//! The people of an office, with tokens as identity would issue them.

use ambient::{SystemClock, SystemEntropy};
use auth::{AccessClaims, AttendeeClaims, MergeClaims, Reach, Role, TokenType};
use ids::{ClientId, Pseudonym, SessionId, StaffId, TokenId};
use vocabulary::TrustLevel;

use super::{ISSUER, Office};

const CLIENT: &str = "portal";

/// A person with a verified identity.
#[derive(Debug, Clone)]
pub struct Person {
    pub pseudonym: Pseudonym,
    pub level: TrustLevel,
    pub birthdate: String,
}

impl Office {
    /// A person who logged in with the online ID card.
    pub fn person(&self) -> Person {
        Person {
            pseudonym: Pseudonym::mint(&SystemClock, &SystemEntropy),
            level: TrustLevel::High,
            birthdate: "1990-05-17".to_owned(),
        }
    }

    pub fn access_claims(&self, subject: String) -> AccessClaims {
        let now = self.clock.now().as_second();
        AccessClaims {
            iss: ISSUER.to_owned(),
            sub: subject,
            aud: vocabulary::urn_of(&self.authority),
            exp: now + 3600,
            iat: now,
            nbf: None,
            jti: TokenId::mint(&SystemClock, &SystemEntropy),
            client_id: CLIENT.parse().unwrap(),
            scope: auth::scope::BOOKINGS.to_owned(),
            acr: None,
            auth_time: Some(now),
            sid: Some(SessionId::mint(&SystemClock, &SystemEntropy)),
            roles: Vec::new(),
            locations: Reach::default(),
            act: None,
            cnf: None,
        }
    }

    pub fn sign(&self, claims: &AccessClaims) -> String {
        self.key.sign(TokenType::Access, claims).unwrap()
    }

    /// A person's access token.
    pub fn token(&self, person: &Person) -> String {
        let claims = self.access_claims(person.pseudonym.to_string());
        self.sign(&AccessClaims { acr: Some(person.level), ..claims })
    }

    /// The access token of a clerk at these locations.
    pub fn clerk(&self, locations: &[&str]) -> String {
        self.staff(Role::Clerk, locations)
    }

    /// The access token of a member of staff.
    pub fn staff(&self, role: Role, locations: &[&str]) -> String {
        let staff = StaffId::mint(&SystemClock, &SystemEntropy);
        let locations = locations.iter().map(|id| id.parse().unwrap()).collect();
        let claims = self.access_claims(staff.to_string());
        let locations = Reach::Only(locations);
        self.sign(&AccessClaims { roles: vec![role], locations, ..claims })
    }

    /// The access token of an agency's program.
    pub fn agency(&self, scope: &str) -> String {
        let client: ClientId = "some-agency".parse().unwrap();
        let claims = self.access_claims(client.to_string());
        self.sign(&AccessClaims { client_id: client, scope: scope.to_owned(), ..claims })
    }

    /// Identity's word that two persons are one human.
    pub fn merge(&self, kept: &Person, dissolved: &Person) -> String {
        let claims = MergeClaims {
            iss: ISSUER.to_owned(),
            aud: vocabulary::urn_of(&self.authority),
            iat: self.clock.now().as_second(),
            kept: kept.pseudonym,
            dissolved: dissolved.pseudonym,
        };
        self.key.sign(TokenType::Merge, &claims).unwrap()
    }

    /// Identity's statement of a person's name.
    pub fn attendee(&self, person: &Person) -> String {
        let now = self.clock.now().as_second();
        let claims = AttendeeClaims {
            iss: ISSUER.to_owned(),
            sub: person.pseudonym,
            aud: vocabulary::urn_of(&self.authority),
            exp: now + 3600,
            iat: now,
            given_name: Some("Zeynep".to_owned()),
            family_name: "Öztürk".to_owned(),
            birthdate: person.birthdate.clone(),
            acr: person.level,
            act: None,
        };
        self.key.sign(TokenType::Attendee, &claims).unwrap()
    }
}
