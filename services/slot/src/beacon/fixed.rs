//! A second seed that follows from a fixed one, for demonstrations and tests.

use async_trait::async_trait;
use aws_lc_rs::hmac;
use draw::{Beacon, Bytes, Revealed, Seconds, Secret as Bound, Seed};
use jiff::Timestamp;
use settings::Secret;

use super::{BeaconSource, NotRevealed};

/// See the module. It is announced as an auditor's seed, which is what it stands in for.
#[derive(Debug)]
pub struct Fixed {
    name: String,
    seed: Secret,
}

impl Fixed {
    /// A seed for each draw, derived from `seed`.
    #[must_use]
    pub const fn new(name: String, seed: Secret) -> Self {
        Self { name, seed }
    }

    fn of(&self, draw: &str) -> Seed {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.seed.expose().as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(hmac::sign(&key, draw.as_bytes()).as_ref());
        Bytes(bytes)
    }
}

#[async_trait]
impl BeaconSource for Fixed {
    async fn announced(&self, draw: &str, _: Seconds) -> Result<Beacon, NotRevealed> {
        let commitment = Bound::Auditor.commitment(draw, &self.of(draw));
        Ok(Beacon::Auditor { commitment, name: self.name.clone() })
    }

    async fn reveal(
        &self,
        draw: &str,
        _: Seconds,
        beacon: &Beacon,
        _: Seconds,
    ) -> Result<Option<Revealed>, NotRevealed> {
        let revealed = Revealed::Seed(self.of(draw));
        draw::seed::randomness(draw, beacon, &revealed).map_err(NotRevealed)?;
        Ok(Some(revealed))
    }

    /// At once: nothing is waited for.
    fn reveals_from(&self, closes: Timestamp) -> Timestamp {
        closes
    }
}
