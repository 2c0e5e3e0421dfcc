//! A person with the tokens that a log-in would give them.

use ambient::{SystemClock, SystemEntropy};
use auth::{AccessClaims, AttendeeClaims, Reach, Role, SigningKey, TokenType, scope};
use client::{AccessToken, TrustLevel};
use ids::{AuthorityId, Pseudonym, SessionId, StaffId, TokenId};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::{NOW, running::Demo};

pub struct Person {
    issuer: String,
    key: SigningKey,
    pseudonym: Pseudonym,
    given_name: &'static str,
    family_name: &'static str,
    birthdate: &'static str,
}

impl Person {
    pub fn new(
        demo: &Demo,
        given_name: &'static str,
        family_name: &'static str,
        birthdate: &'static str,
    ) -> Self {
        let keys = std::fs::read_to_string(demo.folder().join("demo-keys.json")).unwrap();
        let keys: Value = serde_json::from_str(&keys).unwrap();
        Self {
            issuer: demo.address("identity").as_str().trim_end_matches('/').to_owned(),
            key: SigningKey::parse(keys["signing"].as_str().unwrap()).unwrap(),
            pseudonym: Pseudonym::mint(&SystemClock, &SystemEntropy),
            given_name,
            family_name,
            birthdate,
        }
    }

    /// The access token for an authority, and the signed name.
    pub fn logs_in(&self, authority: &str) -> (AccessToken, String) {
        // The demo's clock has gone on for some seconds since.
        let now = NOW.parse().unwrap();
        let access = AccessClaims {
            acr: Some(TrustLevel::High),
            ..self.access(authority, &self.pseudonym.to_string(), scope::BOOKINGS, now)
        };
        let attendee = AttendeeClaims {
            iss: access.iss.clone(),
            sub: self.pseudonym,
            aud: access.aud.clone(),
            exp: access.exp,
            iat: access.iat,
            given_name: Some(self.given_name.to_owned()),
            family_name: self.family_name.to_owned(),
            birthdate: self.birthdate.to_owned(),
            acr: TrustLevel::High,
            act: None,
            phone_sub: None,
            email_verified: false,
        };
        let token = self.key.sign(TokenType::Access, &access).unwrap();
        (AccessToken::new(token), self.key.sign(TokenType::Attendee, &attendee).unwrap())
    }

    /// The access token of a clerk with this person's name.
    pub fn works_at(&self, authority: &str) -> AccessToken {
        let clerk = StaffId::mint(&SystemClock, &SystemEntropy).to_string();
        let claims = AccessClaims {
            roles: vec![Role::Clerk],
            locations: Reach::Everywhere,
            ..self.access(authority, &clerk, scope::DESK, NOW.parse().unwrap())
        };
        AccessToken::new(self.key.sign(TokenType::Access, &claims).unwrap())
    }

    fn access(&self, authority: &str, subject: &str, scope: &str, now: Timestamp) -> AccessClaims {
        let authority: AuthorityId = authority.parse().unwrap();
        AccessClaims {
            iss: self.issuer.clone(),
            sub: subject.to_owned(),
            aud: vocabulary::urn_of(&authority),
            exp: (now + SignedDuration::from_hours(1)).as_second(),
            iat: now.as_second(),
            nbf: None,
            jti: TokenId::mint(&SystemClock, &SystemEntropy),
            client_id: "portal".parse().unwrap(),
            scope: scope.to_owned(),
            acr: None,
            auth_time: None,
            sid: Some(SessionId::mint(&SystemClock, &SystemEntropy)),
            roles: Vec::new(),
            locations: Reach::default(),
            act: None,
            doubt: None,
            cnf: None,
        }
    }
}
