//! How long verification takes. Run with `cargo test -p auth --release -- --ignored --nocapture`.

use std::time::Instant;

use crate::identity::Identity;

#[actix_web::test]
#[ignore = "a measurement, meaningful in a release build only"]
async fn verification_takes_microseconds() {
    let identity = Identity::start().await;
    let verifier = identity.verifier();
    let tokens: Vec<String> = (0..1000)
        .map(|n| {
            let mut claims = identity.claims();
            claims.jti = ids::TokenId::from_bits(n);
            identity.sign(&claims)
        })
        .collect();
    verifier.verify_access(&tokens[0]).await.unwrap();
    let mut results = Vec::new();
    for _ in 0..2 {
        let start = Instant::now();
        for token in &tokens {
            verifier.verify_access(token).await.unwrap();
        }
        results.push(start.elapsed() / 1000);
    }
    println!("cold {:?}, warm {:?} per token", results[0], results[1]);
    assert!(results[0].as_micros() <= 150 && results[1].as_micros() <= 5, "{results:?}");
}
