//! Invented people, and the tokens that the identity service would give them.

use std::sync::Arc;

use ambient::{Clock, Entropy};
use auth::{
    AccessClaims, Actor, AttendeeClaims, KeyError, Reach, Role, SigningKey, TokenType, scope,
};
use client::{AccessToken, TrustLevel};
use ids::{AuthorityId, Pseudonym, SessionId, StaffId, TokenId};
use jiff::{Timestamp, civil::Date};
use service::Runtime;

/// For how long a token is valid, in seconds.
const TOKEN_SECONDS: i64 = 600;

const GIVEN_NAMES: [&str; 16] = [
    "Aylin", "Björn", "Chiara", "Daria", "Emre", "Fatima", "Georg", "Hanna", "Ivan", "Jasmin",
    "Kofi", "Linh", "Mateusz", "Nadja", "Omar", "Priya",
];
const FAMILY_NAMES: [&str; 16] = [
    "Adeyemi",
    "Becker",
    "Costa",
    "Demir",
    "Eriksen",
    "Fischer",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jung",
    "Kowalski",
    "Lehmann",
    "Mensah",
    "Nguyen",
    "Orlow",
    "Petrović",
];

/// An invented person, as one authority knows them. The identity service does not, so no e-mail is
/// sent to them.
#[derive(Debug, Clone)]
pub struct Person {
    pseudonym: Pseudonym,
    given_name: &'static str,
    family_name: &'static str,
    birthdate: String,
}

/// What a call of a person needs.
pub struct Papers {
    pub token: AccessToken,
    /// The signed name and birth date.
    pub attendee: String,
}

/// Signs with the key of the demo's identity service.
pub struct Register {
    issuer: String,
    key: SigningKey,
    /// The clerk who puts people in line and phones them: who read a number is kept once for each.
    phoning: StaffId,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl Register {
    /// `key` is the private JWK with which the service at `issuer` signs.
    pub fn new(issuer: String, key: &str, runtime: &Runtime) -> Result<Self, KeyError> {
        Ok(Self {
            issuer,
            key: SigningKey::parse(key)?,
            phoning: StaffId::mint(&*runtime.clock, &*runtime.entropy),
            clock: Arc::clone(&runtime.clock),
            entropy: Arc::clone(&runtime.entropy),
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The day in Berlin.
    pub fn today(&self) -> Date {
        ambient::berlin().to_datetime(self.now()).date()
    }

    /// Somebody who was not there before, with a name by `choices`.
    pub fn somebody(&self, choices: &dyn Entropy) -> Person {
        let one_of = |names: &[&'static str; 16]| names[choices.below(16) as usize];
        Person {
            pseudonym: Pseudonym::mint(&*self.clock, &*self.entropy),
            given_name: one_of(&GIVEN_NAMES),
            family_name: one_of(&FAMILY_NAMES),
            birthdate: format!(
                "{}-0{}-1{}",
                1950 + choices.below(55),
                1 + choices.below(9),
                choices.below(9)
            ),
        }
    }

    /// What a log-in with the online ID card would have given the person.
    pub fn papers(&self, person: &Person, authority: &AuthorityId) -> Result<Papers, KeyError> {
        let access =
            self.access(authority, &person.pseudonym.to_string(), "portal", scope::BOOKINGS);
        let access = AccessClaims {
            acr: Some(TrustLevel::High),
            auth_time: Some(access.iat),
            sid: Some(SessionId::mint(&*self.clock, &*self.entropy)),
            ..access
        };
        self.signed(&access, &self.attendee(person, &access, None))
    }

    /// The token of the clerk who phones, and what identity says once that clerk has seen the person's document.
    pub fn papers_at_desk(
        &self,
        person: &Person,
        authority: &AuthorityId,
    ) -> Result<Papers, KeyError> {
        let access = self.at_desk(authority, self.phoning);
        let act = Some(Actor { sub: self.phoning });
        self.signed(&access, &self.attendee(person, &access, act))
    }

    /// The token of the clerk who phones.
    pub fn phoning_clerk(&self, authority: &AuthorityId) -> Result<AccessToken, KeyError> {
        let access = self.at_desk(authority, self.phoning);
        Ok(AccessToken::new(self.key.sign(TokenType::Access, &access)?))
    }

    /// The token of a clerk who was not there before, for all places.
    pub fn clerk(&self, authority: &AuthorityId) -> Result<AccessToken, KeyError> {
        let clerk = StaffId::mint(&*self.clock, &*self.entropy);
        let access = self.at_desk(authority, clerk);
        Ok(AccessToken::new(self.key.sign(TokenType::Access, &access)?))
    }

    fn at_desk(&self, authority: &AuthorityId, clerk: StaffId) -> AccessClaims {
        AccessClaims {
            sid: Some(SessionId::mint(&*self.clock, &*self.entropy)),
            roles: vec![Role::Clerk],
            locations: Reach::Everywhere,
            ..self.access(authority, &clerk.to_string(), "portal", scope::DESK)
        }
    }

    /// The name, as the holder of `access` may know it.
    fn attendee(
        &self,
        person: &Person,
        access: &AccessClaims,
        act: Option<Actor>,
    ) -> AttendeeClaims {
        AttendeeClaims {
            iss: self.issuer.clone(),
            sub: person.pseudonym,
            aud: access.aud.clone(),
            exp: access.exp,
            iat: access.iat,
            given_name: Some(person.given_name.to_owned()),
            family_name: person.family_name.to_owned(),
            birthdate: person.birthdate.clone(),
            acr: TrustLevel::High,
            act,
            phone_sub: None,
            email_verified: false,
        }
    }

    fn signed(&self, access: &AccessClaims, attendee: &AttendeeClaims) -> Result<Papers, KeyError> {
        Ok(Papers {
            token: AccessToken::new(self.key.sign(TokenType::Access, access)?),
            attendee: self.key.sign(TokenType::Attendee, attendee)?,
        })
    }

    /// The token of an agency's program that puts applications on file.
    pub fn agency(&self, authority: &AuthorityId, client: &str) -> Result<String, KeyError> {
        let claims = self.access(authority, client, client, scope::ENTITLEMENTS_WRITE);
        self.key.sign(TokenType::Access, &claims)
    }

    /// What every access token says (RFC 9068).
    fn access(
        &self,
        authority: &AuthorityId,
        subject: &str,
        client: &str,
        scope: &str,
    ) -> AccessClaims {
        let now = self.now().as_second();
        AccessClaims {
            iss: self.issuer.clone(),
            sub: subject.to_owned(),
            aud: vocabulary::urn_of(authority),
            exp: now + TOKEN_SECONDS,
            iat: now,
            nbf: None,
            jti: TokenId::mint(&*self.clock, &*self.entropy),
            client_id: client.parse().expect("the names of the demo's programs are client ids"),
            scope: scope.to_owned(),
            acr: None,
            auth_time: None,
            sid: None,
            roles: Vec::new(),
            locations: Reach::default(),
            act: None,
            doubt: None,
            cnf: None,
        }
    }
}
