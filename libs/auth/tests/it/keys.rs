//! Where the keys come from and when.

use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use auth::{SigningKey, TokenError, TokenType, Verifier};
use futures_util::future::join_all;

use crate::identity::{AUDIENCE, ISSUER, Identity, key};

#[actix_web::test]
async fn many_requests_on_a_cold_cache_fetch_the_keys_once() {
    let identity = Identity::start().await;
    let (verifier, token) = (identity.verifier(), identity.sign(&identity.claims()));
    let answers = join_all((0..50).map(|_| verifier.verify_access(&token))).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(identity.fetches(), 1);
}

#[actix_web::test]
async fn tokens_with_unknown_keys_do_not_become_a_load_on_identity() {
    let identity = Identity::start().await;
    let verifier = identity.verifier();
    verifier.verify_access(&identity.sign(&identity.claims())).await.unwrap();
    for seed in 2..30 {
        let forged = key(seed).sign(TokenType::Access, &identity.claims()).unwrap();
        assert_eq!(verifier.verify_access(&forged).await, Err(TokenError::UnknownKey));
    }
    assert_eq!(identity.fetches(), 1, "the first fetch was moments ago");
}

#[actix_web::test]
async fn a_service_starts_without_identity_and_says_so() {
    let nobody = "http://127.0.0.1:1/jwks".parse().unwrap();
    let identity = Identity::start().await;
    let verifier = Verifier::new(ISSUER, AUDIENCE, nobody, Arc::new(identity.clock.clone()));
    let answer = verifier.verify_access(&identity.sign(&identity.claims())).await;
    assert_eq!(answer, Err(TokenError::KeysUnavailable));
    assert!(!verifier.has_keys());
}

/// Identity accepts connections and says nothing: one caller waits for that, the others do not.
#[actix_web::test]
async fn callers_do_not_wait_in_line_for_an_identity_that_is_silent() {
    let (url, tries) = silent();
    let identity = Identity::start().await;
    let verifier = Verifier::new(ISSUER, AUDIENCE, url, Arc::new(identity.clock.clone()));
    let token = identity.sign(&identity.claims());
    assert_eq!(verifier.verify_access(&token).await, Err(TokenError::KeysUnavailable));

    let asks_again = async {
        loop {
            assert!(verifier.verify_access(&token).await.is_err());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let others = async {
        while tries.load(Ordering::Relaxed) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let begun = Instant::now();
        let answers = join_all((0..20).map(|_| verifier.verify_access(&token))).await;
        (answers, begun.elapsed())
    };
    tokio::select! {
        () = asks_again => unreachable!("asks for ever"),
        (answers, waited) = others => {
            assert!(answers.iter().all(|one| *one == Err(TokenError::KeysUnavailable)));
            // A try lasts five seconds.
            assert!(waited < Duration::from_secs(2), "{waited:?}");
        }
    }
}

/// A server that never answers, and how many connections it has.
fn silent() -> (url::Url, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/jwks", listener.local_addr().unwrap()).parse().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for connection in listener.incoming() {
            open.push(connection);
            counted.fetch_add(1, Ordering::Relaxed);
        }
    });
    (url, count)
}

#[actix_web::test]
async fn a_rotated_key_is_known_after_a_background_refresh() {
    let identity = Identity::start().await;
    let verifier = identity.verifier();
    let new = key(2);
    identity.publish(&[&identity.key, &new]);
    tokio::select! {
        () = verifier.keep_keys_fresh() => unreachable!("refreshes for ever"),
        () = async {
            while !verifier.has_keys() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        } => {}
    }
    for key in [&identity.key, &new] {
        let token = key.sign(TokenType::Access, &identity.claims()).unwrap();
        assert!(verifier.verify_access(&token).await.is_ok());
    }
    assert_eq!(identity.fetches(), 1);
}

#[actix_web::test]
async fn a_withdrawn_key_is_refused_even_for_tokens_seen_before() {
    let identity = Identity::start().await;
    let verifier = identity.verifier();
    let token = identity.sign(&identity.claims());
    verifier.verify_access(&token).await.unwrap();
    identity.publish(&[&key(2)]);
    tokio::select! {
        () = verifier.keep_keys_fresh() => unreachable!("refreshes for ever"),
        () = async {
            while identity.fetches() < 2 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        } => {}
    }
    assert_eq!(verifier.verify_access(&token).await, Err(TokenError::UnknownKey));
}

#[test]
fn a_fresh_private_key_can_be_kept_and_read_again() {
    let text = SigningKey::generate_private_jwk(&ambient::SeededEntropy::new(5)).unwrap();
    let read = SigningKey::parse(&text).unwrap();
    assert_eq!(read.public_jwk(), key(5).public_jwk());
}

#[test]
fn keys_are_read_from_pem_and_from_jwk() {
    let pem = "-----BEGIN PRIVATE KEY-----\n\
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevZzL1gdAFr88hb2\n\
        OF/2NxApJCzGCEDdfSp6VQO30hyhRANCAAQRWz+jn65BtOMvdyHKcvjBeBSDZH2r\n\
        1RTwjmYSi9R/zpBnuQ4EiMnCqfMPWiZqB4QdbAd0E7oH50VpuZ1P087G\n\
        -----END PRIVATE KEY-----\n";
    assert_eq!(SigningKey::parse(pem).unwrap().algorithm_name(), "ES256");
    // RFC 8037 appendix A.1.
    let ed25519 = r#"{"kty":"OKP","crv":"Ed25519","kid":"mine","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;
    let key = SigningKey::parse(ed25519).unwrap();
    assert_eq!((key.kid(), key.algorithm_name()), ("mine", "EdDSA"));
    let public = serde_json::to_value(key.public_jwk()).unwrap();
    assert_eq!(public["x"], "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    assert!(public.get("d").is_none());
    for wrong in ["", "{}", "-----BEGIN PRIVATE KEY-----", r#"{"crv":"P-256","d":"AA"}"#] {
        assert!(SigningKey::parse(wrong).is_err());
    }
}
