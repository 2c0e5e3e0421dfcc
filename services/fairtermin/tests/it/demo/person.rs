//! A person with the tokens that a log-in would give them.

use ambient::{Clock as _, SystemClock, SystemEntropy, VirtualClock};
use auth::{AccessClaims, AttendeeClaims, Reach, SigningKey, TokenType, scope};
use client::{AccessToken, TrustLevel};
use ids::{AuthorityId, Pseudonym, SessionId, TokenId};
use jiff::SignedDuration;
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
        let authority: AuthorityId = authority.parse().unwrap();
        // The demo's clock has gone on for some seconds since.
        let clock = VirtualClock::at(NOW.parse().unwrap());
        let iat = clock.now().as_second();
        let exp = (clock.now() + SignedDuration::from_hours(1)).as_second();
        let access = AccessClaims {
            iss: self.issuer.clone(),
            sub: self.pseudonym.to_string(),
            aud: vocabulary::urn_of(&authority),
            exp,
            iat,
            nbf: None,
            jti: TokenId::mint(&clock, &SystemEntropy),
            client_id: "portal".parse().unwrap(),
            scope: scope::BOOKINGS.to_owned(),
            acr: Some(TrustLevel::High),
            auth_time: Some(iat),
            sid: Some(SessionId::mint(&clock, &SystemEntropy)),
            roles: Vec::new(),
            locations: Reach::default(),
            act: None,
            doubt: None,
            cnf: None,
        };
        let attendee = AttendeeClaims {
            iss: access.iss.clone(),
            sub: self.pseudonym,
            aud: access.aud.clone(),
            exp,
            iat,
            given_name: Some(self.given_name.to_owned()),
            family_name: self.family_name.to_owned(),
            birthdate: self.birthdate.to_owned(),
            acr: TrustLevel::High,
            act: None,
            phone_sub: None,
        };
        let token = self.key.sign(TokenType::Access, &access).unwrap();
        (AccessToken::new(token), self.key.sign(TokenType::Attendee, &attendee).unwrap())
    }
}
