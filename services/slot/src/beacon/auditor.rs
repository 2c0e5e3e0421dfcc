//! The seed of an independent auditor, fetched where `fairtermin auditor serve` tells it.

use std::time::Duration;

use async_trait::async_trait;
use auth::{BoundedHttp, HttpError};
use draw::{Beacon, Bytes, FREEZE_SECONDS, Revealed, Seconds};
use url::Url;

use super::{BeaconSource, NotRevealed};

/// How long the auditor is waited for.
const TIMEOUT: Duration = Duration::from_secs(5);
/// 64 digits and the end of a line.
const MAX_BYTES: usize = 256;

/// See the module. Only what was announced counts: a seed is checked against its commitment.
#[derive(Debug)]
pub struct Auditor {
    http: BoundedHttp,
    name: String,
    url: Url,
}

impl Auditor {
    /// The auditor called `name`, below `url`.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine.
    pub fn new(name: String, mut url: Url) -> Result<Self, HttpError> {
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Self { http: BoundedHttp::new(TIMEOUT, MAX_BYTES)?, name, url })
    }

    async fn ask(&self, draw: &str, closes: Seconds, what: &str) -> Result<Bytes<32>, NotRevealed> {
        let failed = |why: String| NotRevealed(format!("the auditor's {what}: {why}"));
        let url = self.url.join(&format!("{draw}/{closes}/{what}"));
        let url = url.map_err(|error| failed(error.to_string()))?;
        let answer = self.http.get(url).await.map_err(|error| failed(error.to_string()))?;
        if !answer.status.is_success() {
            return Err(failed(format!("it answers {}", answer.status.as_u16())));
        }
        let text = std::str::from_utf8(&answer.body).unwrap_or_default();
        text.trim_end().parse().map_err(|_| failed("it is not 64 hexadecimal digits".to_owned()))
    }
}

#[async_trait]
impl BeaconSource for Auditor {
    async fn announced(&self, draw: &str, closes: Seconds) -> Result<Beacon, NotRevealed> {
        let commitment = self.ask(draw, closes, "commitment").await?;
        Ok(Beacon::Auditor { commitment, name: self.name.clone() })
    }

    async fn reveal(
        &self,
        draw: &str,
        closes: Seconds,
        beacon: &Beacon,
        now: Seconds,
    ) -> Result<Option<Revealed>, NotRevealed> {
        let Beacon::Auditor { .. } = beacon else {
            return Err(NotRevealed("a round was announced, not an auditor's seed".to_owned()));
        };
        if now < closes.saturating_add(FREEZE_SECONDS) {
            return Ok(None);
        }
        let revealed = Revealed::Seed(self.ask(draw, closes, "seed").await?);
        draw::seed::randomness(draw, beacon, &revealed).map_err(NotRevealed)?;
        Ok(Some(revealed))
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use actix_web::{App, HttpResponse, HttpServer, web};
    use draw::{Secret, Seed, seed::auditor_seed};

    use super::*;

    const DRAW: &str = "drw_01jdc6nvt8e0pb9s3k1zqk6yzx";
    const CLOSES: Seconds = 1_800_000_000;
    const LATER: Seconds = CLOSES + FREEZE_SECONDS;

    fn seed() -> Seed {
        auditor_seed(&Bytes([7; 32]), DRAW, CLOSES)
    }

    /// An auditor who answers this about every draw.
    fn auditor(commitment: String, seed: String) -> Auditor {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = HttpServer::new(move || {
            let told = |text: String| {
                web::get().to(move || {
                    let response = match text.as_str() {
                        "" => HttpResponse::NotFound().finish(),
                        text => HttpResponse::Ok().body(format!("{text}\n")),
                    };
                    async { response }
                })
            };
            let at = |what: &str| format!("/draws/{DRAW}/{CLOSES}/{what}");
            App::new()
                .route(&at("commitment"), told(commitment.clone()))
                .route(&at("seed"), told(seed.clone()))
        });
        tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
        let url = format!("http://{address}/draws").parse().unwrap();
        Auditor::new("Court of audit".to_owned(), url).unwrap()
    }

    fn committed() -> String {
        Secret::Auditor.commitment(DRAW, &seed()).to_string()
    }

    #[tokio::test]
    async fn what_the_auditor_is_bound_to_is_announced_and_its_seed_opens_it() {
        let auditor = auditor(committed(), seed().to_string());
        let beacon = auditor.announced(DRAW, CLOSES).await.unwrap();
        let Beacon::Auditor { commitment, name } = &beacon else { panic!("{beacon:?}") };
        assert_eq!((commitment.to_string(), name.as_str()), (committed(), "Court of audit"));
        let early = auditor.reveal(DRAW, CLOSES, &beacon, LATER - 1).await;
        assert_eq!(early, Ok(None), "nobody is asked before the list must be frozen");
        let revealed = auditor.reveal(DRAW, CLOSES, &beacon, LATER).await;
        assert_eq!(revealed, Ok(Some(Revealed::Seed(seed()))));
    }

    #[tokio::test]
    async fn another_seed_than_the_announced_one_is_refused() {
        let other = auditor(committed(), Bytes([9; 32]).to_string());
        let beacon = other.announced(DRAW, CLOSES).await.unwrap();
        let refused = other.reveal(DRAW, CLOSES, &beacon, LATER).await.unwrap_err();
        assert!(refused.to_string().contains("not the one announced"), "{refused}");
    }

    #[tokio::test]
    async fn an_auditor_who_says_nothing_or_nonsense_is_no_source_of_chance() {
        for (told, why) in [("", "it answers 404"), ("hello", "hexadecimal digits")] {
            let silent = auditor(told.to_owned(), told.to_owned());
            let refused = silent.announced(DRAW, CLOSES).await.unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
            let beacon = auditor(committed(), String::new()).announced(DRAW, CLOSES).await;
            let refused = silent.reveal(DRAW, CLOSES, &beacon.unwrap(), LATER).await;
            assert!(refused.unwrap_err().to_string().contains(why));
        }
    }
}
