//! People with tokens, as the identity service would have given them.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener},
};

use ambient::{Clock as _, SystemClock, SystemEntropy};
use auth::{AccessClaims, AttendeeClaims, Reach, SigningKey, TokenType};
use ids::{AuthorityId, Pseudonym, SessionId, TokenId};
use vocabulary::TrustLevel;

use crate::Failure;

/// The issuer in all tokens.
pub const ISSUER: &str = "https://identity.bench";

/// Signs tokens and publishes its key.
pub struct Issuer {
    key: SigningKey,
    /// Where the key is published.
    pub address: SocketAddr,
}

/// A person who may book.
pub struct Person {
    pub token: String,
    pub attendee: String,
}

impl Issuer {
    /// A new key, published until the process ends.
    pub fn start() -> Result<Self, Failure> {
        let key = SigningKey::generate(&SystemEntropy)?;
        let body = serde_json::json!({ "keys": [key.public_jwk()] }).to_string();
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let answer = format!(
                    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                     connection: close\r\n\r\n{body}",
                    body.len()
                );
                // A dropped connection is retried.
                let _ = stream.read(&mut [0; 4096]).and_then(|_| stream.write(answer.as_bytes()));
            }
        });
        Ok(Self { key, address })
    }

    /// So many new people, known to one authority.
    pub fn people(&self, authority: &AuthorityId, number: usize) -> Result<Vec<Person>, Failure> {
        (0..number).map(|_| self.person(authority)).collect()
    }

    /// The token of an agency's program that posts entitlements.
    pub fn agency(&self, authority: &AuthorityId, client: &str) -> Result<String, Failure> {
        let claims = access(authority, client, client, auth::scope::ENTITLEMENTS_WRITE)?;
        Ok(self.key.sign(TokenType::Access, &claims)?)
    }

    /// The token of an agency's program that follows events.
    pub fn subscriber(&self, authority: &AuthorityId, client: &str) -> Result<String, Failure> {
        let claims = access(authority, client, client, auth::scope::EVENTS_SUBSCRIBE)?;
        Ok(self.key.sign(TokenType::Access, &claims)?)
    }

    fn person(&self, authority: &AuthorityId) -> Result<Person, Failure> {
        let (clock, entropy) = (SystemClock, SystemEntropy);
        let pseudonym = Pseudonym::mint(&clock, &entropy);
        let subject = pseudonym.to_string();
        let claims = access(authority, &subject, "portal", auth::scope::BOOKINGS)?;
        let (iat, exp) = (claims.iat, claims.exp);
        let access = AccessClaims {
            acr: Some(TrustLevel::High),
            auth_time: Some(iat),
            sid: Some(SessionId::mint(&clock, &entropy)),
            ..claims
        };
        let attendee = AttendeeClaims {
            iss: ISSUER.to_owned(),
            sub: pseudonym,
            aud: vocabulary::urn_of(authority),
            exp,
            iat,
            given_name: Some("Zeynep".to_owned()),
            family_name: "Öztürk".to_owned(),
            birthdate: "1990-05-17".to_owned(),
            acr: TrustLevel::High,
            act: None,
            phone_sub: None,
            email_verified: false,
        };
        Ok(Person {
            token: self.key.sign(TokenType::Access, &access)?,
            attendee: self.key.sign(TokenType::Attendee, &attendee)?,
        })
    }
}

/// What every access token says (RFC 9068).
fn access(
    authority: &AuthorityId,
    subject: &str,
    client: &str,
    scope: &str,
) -> Result<AccessClaims, Failure> {
    let now = SystemClock.now().as_second();
    Ok(AccessClaims {
        iss: ISSUER.to_owned(),
        sub: subject.to_owned(),
        aud: vocabulary::urn_of(authority),
        exp: now + 3600,
        iat: now,
        nbf: None,
        jti: TokenId::mint(&SystemClock, &SystemEntropy),
        client_id: client.parse()?,
        scope: scope.to_owned(),
        acr: None,
        auth_time: None,
        sid: None,
        roles: Vec::new(),
        locations: Reach::default(),
        act: None,
        doubt: None,
        cnf: None,
    })
}
