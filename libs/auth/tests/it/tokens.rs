//! Which tokens are accepted.

use std::sync::Arc;

use ambient::Clock as _;
use auth::{Actor, AttendeeClaims, TokenError, TokenType};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ids::{Pseudonym, SessionId, StaffId};
use jiff::SignedDuration;
use jsonwebtoken::{EncodingKey, Header};
use vocabulary::TrustLevel;

use crate::identity::{AUDIENCE, ISSUER, Identity, key};

#[actix_web::test]
async fn a_proper_token_is_accepted_and_read() {
    let identity = Identity::start().await;
    let claims = identity.claims();
    assert_eq!(
        identity.verifier().verify_access(&identity.sign(&claims)).await,
        Ok(Arc::new(claims))
    );
}

#[actix_web::test]
async fn each_wrong_claim_is_refused_for_its_own_reason() {
    let identity = Identity::start().await;
    let (verifier, good) = (identity.verifier(), identity.claims());
    let now = good.iat;
    let cases = [
        (TokenError::WrongIssuer, {
            let mut c = good.clone();
            c.iss = "http://evil.test".into();
            c
        }),
        (TokenError::WrongAudience, {
            let mut c = good.clone();
            c.aud = "urn:fairtermin:authority:kfz".into();
            c
        }),
        (TokenError::Expired, {
            let mut c = good.clone();
            c.exp = now - 31;
            c
        }),
        (TokenError::NotYetValid, {
            let mut c = good.clone();
            c.nbf = Some(now + 31);
            c
        }),
        (TokenError::NotYetValid, {
            let mut c = good.clone();
            c.iat = now + 31;
            c
        }),
    ];
    for (expected, claims) in cases {
        assert_eq!(verifier.verify_access(&identity.sign(&claims)).await, Err(expected));
    }
}

#[actix_web::test]
async fn clocks_may_differ_by_the_stated_skew() {
    let identity = Identity::start().await;
    let mut claims = identity.claims();
    (claims.exp, claims.nbf) = (claims.iat - 29, Some(claims.iat + 29));
    assert!(identity.verifier().verify_access(&identity.sign(&claims)).await.is_ok());
}

#[actix_web::test]
async fn a_forged_token_is_refused_however_it_was_forged() {
    let identity = Identity::start().await;
    let (verifier, claims) = (identity.verifier(), identity.claims());
    let good = identity.sign(&claims);
    let (head, signature) = good.rsplit_once('.').unwrap();
    let (_, payload) = head.split_once('.').unwrap();

    let none = URL_SAFE_NO_PAD
        .encode(format!(r#"{{"alg":"none","typ":"at+jwt","kid":"{}"}}"#, identity.key.kid()));
    assert_eq!(
        verifier.verify_access(&format!("{none}.{payload}.")).await,
        Err(TokenError::Malformed)
    );

    // The classic: the public key, which everybody knows, taken as an HMAC secret.
    let public = serde_json::to_vec(identity.key.public_jwk()).unwrap();
    let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
    (header.typ, header.kid) = (Some("at+jwt".into()), Some(identity.key.kid().into()));
    let hs256 = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&public)).unwrap();
    assert_eq!(verifier.verify_access(&hs256).await, Err(TokenError::WrongAlgorithm));

    let other_key = key(2).sign(TokenType::Access, &claims).unwrap();
    assert_eq!(verifier.verify_access(&other_key).await, Err(TokenError::UnknownKey));
    let (_, other_signature) = other_key.rsplit_once('.').unwrap();
    let stolen_kid = format!("{head}.{other_signature}");
    assert_eq!(verifier.verify_access(&stolen_kid).await, Err(TokenError::BadSignature));

    let mut richer = claims.clone();
    richer.acr = Some(TrustLevel::High);
    let changed = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&richer).unwrap());
    let changed = format!("{}.{changed}.{signature}", head.split_once('.').unwrap().0);
    assert_eq!(verifier.verify_access(&changed).await, Err(TokenError::BadSignature));

    for (typ, name) in [(TokenType::Id, "id token"), (TokenType::Attendee, "attendee token")] {
        let wrong_type = identity.key.sign(typ, &claims).unwrap();
        assert_eq!(verifier.verify_access(&wrong_type).await, Err(TokenError::WrongType), "{name}");
    }
    for rubbish in ["", ".", "..", "a.b.c", "a.b", &good[1..], &"x".repeat(100_000)] {
        assert!(verifier.verify_access(rubbish).await.is_err());
    }
}

#[actix_web::test]
async fn an_attendee_token_yields_the_name_and_never_shows_it_in_a_log() {
    let identity = Identity::start().await;
    let access = identity.claims();
    let claims = AttendeeClaims {
        iss: ISSUER.into(),
        sub: Pseudonym::from_bits(7),
        aud: AUDIENCE.into(),
        exp: access.exp,
        iat: access.iat,
        given_name: None,
        family_name: "Suharto".into(),
        birthdate: "1980".into(),
        acr: TrustLevel::High,
        act: Some(Actor { sub: StaffId::from_bits(9) }),
        phone_sub: Some(Pseudonym::from_bits(8)),
        email_verified: true,
    };
    let token = identity.key.sign(TokenType::Attendee, &claims).unwrap();
    let attendee = identity.verifier().verify_attendee(&token).await.unwrap();
    assert_eq!(attendee.family_name, "Suharto");
    assert_eq!(attendee.checked_by, Some(StaffId::from_bits(9)));
    assert_eq!(attendee.by_phone, Some(Pseudonym::from_bits(8)));
    assert!(attendee.has_email);
    assert!(!format!("{attendee:?}").contains("Suharto"));
    let access_token = identity.sign(&access);
    assert_eq!(
        identity.verifier().verify_attendee(&access_token).await,
        Err(TokenError::WrongType)
    );
}

#[actix_web::test]
async fn a_token_seen_before_is_judged_anew_each_time() {
    let identity = Identity::start().await;
    let (verifier, claims) = (identity.verifier(), Arc::new(identity.claims()));
    let token = identity.sign(&claims);
    for _ in 0..3 {
        assert_eq!(verifier.verify_access(&token).await, Ok(Arc::clone(&claims)));
    }
    identity.clock.advance(SignedDuration::from_mins(11));
    assert_eq!(verifier.verify_access(&token).await, Err(TokenError::Expired));
}

#[actix_web::test]
async fn a_revoked_session_or_client_is_refused_at_once() {
    let identity = Identity::start().await;
    let (verifier, claims) = (identity.verifier(), identity.claims());
    let token = identity.sign(&claims);
    verifier.verify_access(&token).await.unwrap();
    verifier.revoke_session(SessionId::from_bits(99), identity.clock.now());
    verifier.verify_access(&token).await.unwrap();
    verifier
        .revoke_session(claims.sid.unwrap(), identity.clock.now() + SignedDuration::from_mins(10));
    assert_eq!(verifier.verify_access(&token).await, Err(TokenError::Revoked));

    let other = identity.verifier();
    other.revoke_client(claims.client_id.clone(), identity.clock.now());
    assert_eq!(other.verify_access(&token).await, Err(TokenError::Revoked));
    identity.clock.advance(SignedDuration::from_secs(1));
    let later = identity.sign(&identity.claims());
    assert!(other.verify_access(&later).await.is_ok(), "the client was let in again");
}
