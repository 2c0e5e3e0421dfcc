//! The public beacon: a round of quicknet, fetched from relays that need not be trusted.

use std::time::Duration;

use async_trait::async_trait;
use auth::{BoundedHttp, HttpError};
use draw::{Beacon, Bytes, FREEZE_SECONDS, Revealed, Seconds, quicknet};
use serde::Deserialize;
use url::Url;

use super::{BeaconSource, NotRevealed};

/// How long one relay is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);
/// A round has less than 500 bytes.
const MAX_BYTES: usize = 4 * 1024;
/// Asked too early, a relay may keep "not found" for a while.
const SETTLE_SECONDS: Seconds = 10;

/// See the module. Only the signature counts, and it is checked against the network's key.
#[derive(Debug)]
pub struct Drand {
    http: BoundedHttp,
    relays: Vec<Url>,
}

/// What a relay answers; its `randomness` is not read but computed.
#[derive(Deserialize)]
struct Round {
    round: u64,
    signature: Bytes<48>,
}

impl Drand {
    /// Asks `relays`, in this order.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine.
    pub fn new(relays: Vec<Url>) -> Result<Self, HttpError> {
        Ok(Self { http: BoundedHttp::new(TIMEOUT, MAX_BYTES)?, relays })
    }

    async fn ask(&self, relay: &Url, round: u64) -> Result<Revealed, String> {
        let chain = Bytes(quicknet::CHAIN);
        let url = relay.join(&format!("/{chain}/public/{round}")).map_err(|e| e.to_string())?;
        let answer = self.http.get(url).await.map_err(|error| error.to_string())?;
        if !answer.status.is_success() {
            return Err(format!("it answers {}", answer.status.as_u16()));
        }
        let told: Round = serde_json::from_slice(&answer.body)
            .map_err(|_| "its answer is no round of quicknet".to_owned())?;
        if told.round != round {
            return Err(format!("it answers with round {}", told.round));
        }
        quicknet::verify(round, &told.signature).map_err(|error| error.to_string())?;
        Ok(Revealed::Signature(told.signature))
    }
}

#[async_trait]
impl BeaconSource for Drand {
    async fn announced(&self, _: &str, closes: Seconds) -> Result<Beacon, NotRevealed> {
        let round = quicknet::round_from(closes + FREEZE_SECONDS);
        Ok(Beacon::Drand { chain: Bytes(quicknet::CHAIN), round })
    }

    async fn reveal(
        &self,
        _: &str,
        _: Seconds,
        beacon: &Beacon,
        now: Seconds,
    ) -> Result<Option<Revealed>, NotRevealed> {
        let Beacon::Drand { round, .. } = beacon else {
            return Err(NotRevealed("an auditor's seed was announced, not a round".to_owned()));
        };
        if now < quicknet::time(*round) + SETTLE_SECONDS {
            return Ok(None);
        }
        let mut failures = Vec::new();
        for relay in &self.relays {
            match self.ask(relay, *round).await {
                Ok(revealed) => return Ok(Some(revealed)),
                Err(why) => failures.push(format!("{relay} {why}")),
            }
        }
        Err(NotRevealed(format!("round {round}: {}", failures.join("; "))))
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use actix_web::{App, HttpResponse, HttpServer, web};
    use draw::rehearsal::PUBLISHED_ROUNDS;
    use serde_json::{Value, json};

    use super::*;

    const ROUND: u64 = PUBLISHED_ROUNDS[3].0;

    /// A relay that answers this about every round.
    fn relay(status: u16, answer: Value) -> Url {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = HttpServer::new(move || {
            let answer = answer.clone();
            App::new().default_service(web::to(move || {
                let status = status.try_into().unwrap();
                let response = HttpResponse::build(status).json(&answer);
                async { response }
            }))
        });
        tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        format!("http://{address}").parse().unwrap()
    }

    fn good() -> Url {
        relay(
            200,
            json!({ "round": ROUND, "randomness": "00", "signature": PUBLISHED_ROUNDS[3].1 }),
        )
    }

    async fn reveal(relays: Vec<Url>, now: Seconds) -> Result<Option<Revealed>, NotRevealed> {
        let beacon = Beacon::Drand { chain: Bytes(quicknet::CHAIN), round: ROUND };
        Drand::new(relays).unwrap().reveal("", 0, &beacon, now).await
    }

    #[tokio::test]
    async fn the_first_relay_with_a_true_signature_counts() {
        let away = "http://127.0.0.1:9".parse().unwrap();
        let early = relay(404, json!({}));
        let other = relay(200, json!({ "round": 42, "signature": PUBLISHED_ROUNDS[0].1 }));
        let forged = relay(200, json!({ "round": ROUND, "signature": PUBLISHED_ROUNDS[0].1 }));
        let nonsense = relay(200, json!("hello"));
        let liars = vec![away, early, other, forged, nonsense];
        let now = quicknet::time(ROUND) + 60;
        let refused = reveal(liars.clone(), now).await.unwrap_err().to_string();
        for why in ["no answer", "it answers 404", "round 42", "not quicknet's", "no round of"] {
            assert!(refused.contains(why), "{why}: {refused}");
        }
        let signature = PUBLISHED_ROUNDS[3].1.parse().unwrap();
        let relays = liars.into_iter().chain([good()]).collect();
        assert_eq!(reveal(relays, now).await, Ok(Some(Revealed::Signature(signature))));
    }

    #[tokio::test]
    async fn nobody_is_asked_before_the_round_is_there() {
        assert_eq!(reveal(vec![good()], quicknet::time(ROUND)).await, Ok(None));
    }

    #[tokio::test]
    async fn the_round_comes_half_an_hour_after_closing() {
        let closes = 1_800_000_000;
        let announced = Drand::new(Vec::new()).unwrap().announced("", closes).await.unwrap();
        let Beacon::Drand { round, .. } = announced else { panic!("{announced:?}") };
        assert!(
            (closes + FREEZE_SECONDS..closes + FREEZE_SECONDS + 3).contains(&quicknet::time(round))
        );
    }
}
