//! The people of an office, with tokens as identity would issue them.

use ambient::{SystemClock, SystemEntropy};
use auth::{
    AccessClaims, Actor, AttendeeClaims, MergeClaims, MergeReversalClaims, Reach, ResolutionClaims,
    Role, TokenType,
};
use ids::{ClientId, DoubtId, Pseudonym, SessionId, StaffId, TokenId};
use vocabulary::TrustLevel;

use super::{ISSUER, Office};

const CLIENT: &str = "portal";

/// A person with a verified identity.
#[derive(Debug, Clone)]
pub struct Person {
    pub pseudonym: Pseudonym,
    pub level: TrustLevel,
    pub given_name: Option<String>,
    pub family_name: String,
    pub birthdate: String,
    /// The open case: they may be the same human as another known person. `None`: there is none.
    pub doubt: Option<DoubtId>,
    /// Whom the authority would know who says the same by phone.
    pub by_phone: Option<Pseudonym>,
}

impl Office {
    /// A person who logged in with the online ID card.
    pub fn person(&self) -> Person {
        Person {
            pseudonym: Pseudonym::mint(&SystemClock, &SystemEntropy),
            level: TrustLevel::High,
            given_name: Some("Zeynep".to_owned()),
            family_name: "Öztürk".to_owned(),
            birthdate: "1990-05-17".to_owned(),
            doubt: None,
            by_phone: None,
        }
    }

    /// A person of whom it is unresolved whether they are somebody else.
    pub fn person_in(&self, doubt: DoubtId) -> Person {
        Person { doubt: Some(doubt), ..self.person() }
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
            doubt: None,
            cnf: None,
        }
    }

    pub fn sign(&self, claims: &AccessClaims) -> String {
        self.key.sign(TokenType::Access, claims).unwrap()
    }

    /// A person's access token.
    pub fn token(&self, person: &Person) -> String {
        let claims = self.access_claims(person.pseudonym.to_string());
        self.sign(&AccessClaims { acr: Some(person.level), doubt: person.doubt, ..claims })
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
        self.other_agency("some-agency", scope)
    }

    /// The access token of the program of an agency with this name.
    pub fn other_agency(&self, name: &str, scope: &str) -> String {
        let client: ClientId = name.parse().unwrap();
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

    /// Identity's word that such a merge was wrong.
    pub fn merge_reversal(&self, kept: &Person, restored: &Person) -> String {
        let claims = MergeReversalClaims {
            iss: ISSUER.to_owned(),
            aud: vocabulary::urn_of(&self.authority),
            iat: self.clock.now().as_second(),
            kept: kept.pseudonym,
            restored: restored.pseudonym,
        };
        self.key.sign(TokenType::MergeReversal, &claims).unwrap()
    }

    /// Identity's signed decision that a person with an open case is a human of their own.
    pub fn resolution(&self, person: &Person) -> String {
        let claims = ResolutionClaims {
            iss: ISSUER.to_owned(),
            aud: vocabulary::urn_of(&self.authority),
            iat: self.clock.now().as_second(),
            person: person.pseudonym,
        };
        self.key.sign(TokenType::Resolution, &claims).unwrap()
    }

    /// Identity's statement of a person's name, from their own log-in.
    pub fn attendee(&self, person: &Person) -> String {
        self.statement(person, None, false)
    }

    /// The same of a person who has proven an e-mail address.
    pub fn attendee_with_email(&self, person: &Person) -> String {
        self.statement(person, None, true)
    }

    /// The same after a member of staff looked at the document, or took the call of a `caller`.
    pub fn vouched(&self, person: &Person) -> String {
        self.vouched_with(person, false)
    }

    /// The same of a person who has proven an e-mail address, or not.
    pub fn vouched_with(&self, person: &Person, has_email: bool) -> String {
        let staff = StaffId::mint(&SystemClock, &SystemEntropy);
        self.statement(person, Some(Actor { sub: staff }), has_email)
    }

    /// Who says this by phone.
    pub fn caller(&self) -> Person {
        Person { level: TrustLevel::Basic, ..self.person() }
    }

    fn statement(&self, person: &Person, act: Option<Actor>, has_email: bool) -> String {
        let now = self.clock.now().as_second();
        let claims = AttendeeClaims {
            iss: ISSUER.to_owned(),
            sub: person.pseudonym,
            aud: vocabulary::urn_of(&self.authority),
            exp: now + 3600,
            iat: now,
            given_name: person.given_name.clone(),
            family_name: person.family_name.clone(),
            birthdate: person.birthdate.clone(),
            acr: person.level,
            act,
            phone_sub: person.by_phone,
            email_verified: has_email,
        };
        self.key.sign(TokenType::Attendee, &claims).unwrap()
    }
}
