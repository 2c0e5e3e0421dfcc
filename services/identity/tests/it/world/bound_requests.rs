//! Requests with DPoP proofs by an agency's key.

use ambient::{SeededEntropy, SystemEntropy};
use auth::{ProofTarget, SigningKey};
use serde_json::Value;

use super::World;

impl World {
    /// A DPoP proof by the agency's key for a request to identity.
    pub(crate) fn proof(&self, method: &str, path: &str, token: Option<&str>) -> String {
        let url = format!("{}{path}", self.issuer).parse().unwrap();
        let target = ProofTarget { method, url: &url, token };
        agency_key().prove(&target, &self.clock, &SystemEntropy).unwrap()
    }

    /// Posts to the token endpoint with a proof by the agency's key.
    pub(crate) async fn token_bound(&self, form: &[(&str, &str)]) -> Result<Value, Value> {
        let proof = self.proof("POST", "/token", None);
        match self.post_with("/token", form, &[&proof]).await {
            (200, body) => Ok(body),
            (_, body) => Err(body),
        }
    }

    /// Posts a form with these proofs; status and document.
    pub(crate) async fn post_with(
        &self,
        path: &str,
        form: &[(&str, &str)],
        proofs: &[&str],
    ) -> (u16, Value) {
        let mut request = self.http.post(format!("{}{path}", self.issuer)).form(form);
        for proof in proofs {
            request = request.header("dpop", *proof);
        }
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap_or_default())
    }

    /// Reads with a token that is bound to the agency's key.
    pub(crate) async fn get_bound(&self, path: &str, token: &str) -> reqwest::Response {
        let proof = self.proof("GET", path, Some(token));
        let request = self.http.get(format!("{}{path}", self.issuer)).header("dpop", proof);
        request.header("authorization", format!("DPoP {token}")).send().await.unwrap()
    }
}

/// The key of the agency's program.
pub(crate) fn agency_key() -> SigningKey {
    SigningKey::generate(&SeededEntropy::new(77)).unwrap()
}
