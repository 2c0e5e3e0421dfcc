//! Asks by HTTP, and looks at what every answer tells besides its body: the server's clock and its
//! certificate.

use std::time::Duration;

use ambient::{Clock as _, SystemClock};
use auth::{BoundedHttp, HttpError, HttpResponse};
use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimeParser};
use reqwest::header::DATE;
use url::Url;
use x509_parser::parse_x509_certificate;

use super::look::Look;
use crate::moved_clock::MovedClock;

/// The metrics of a busy service are the longest document.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// `Date` is in whole seconds, and an answer takes a moment.
const NEGLIGIBLE_SKEW: SignedDuration = SignedDuration::from_secs(5);

/// How far the clock of a token's issuer may be from a service's (`libs/auth`).
const MAX_SKEW: SignedDuration = SignedDuration::from_secs(30);

/// Certificates of 90 days are usually renewed 30 days before their end.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_hours(21 * 24);

/// Asks. Clones share the connections.
#[derive(Debug, Clone)]
pub struct Examiner {
    http: BoundedHttp,
    timeout: Duration,
    /// The clock of the installation: that of this machine, unless it was moved.
    clock: MovedClock,
}

/// An answer, and when it was received by the clock of this machine.
pub struct Answer {
    pub response: HttpResponse,
    asked_at: Timestamp,
    received_at: Timestamp,
}

impl Examiner {
    /// Each question takes at most `timeout`. `clock` is that of the installation.
    pub fn new(timeout: Duration, clock: MovedClock) -> Result<Self, HttpError> {
        Ok(Self { http: BoundedHttp::new(timeout, MAX_BYTES)?, timeout, clock })
    }

    /// The same with connections of its own: another replica may answer.
    pub fn anew(&self) -> Result<Self, HttpError> {
        Self::new(self.timeout, self.clock.clone())
    }

    /// What time it is in the installation.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Asks; why there is no answer, in words without the address.
    pub async fn ask(&self, url: &Url) -> Result<Answer, String> {
        let asked_at = SystemClock.now();
        let response = self.http.get(url.clone()).await.map_err(|error| reason(&error))?;
        Ok(Answer { response, asked_at, received_at: SystemClock.now() })
    }

    /// Asks for a document; why there is none, in words without the address.
    pub async fn document(&self, url: &Url) -> Result<Answer, String> {
        let answer = self.ask(url).await?;
        let status = answer.response.status;
        if status.is_success() { Ok(answer) } else { Err(format!("it answers {status}")) }
    }
}

impl Answer {
    /// Whether the server's clock and this machine's agree.
    pub fn look_at_clock(&self, look: &mut Look) {
        let Some(ahead) = self.clock_ahead() else { return };
        let next = "chronyc tracking, on its node and here: one of the two clocks is wrong";
        let (seconds, way) =
            (ahead.abs().as_secs(), if ahead.is_negative() { "behind" } else { "ahead of" });
        if ahead.abs() > MAX_SKEW {
            let problem = format!(
                "its clock is {seconds} s {way} this machine's: tokens are refused from 30 s on"
            );
            look.broken(problem, next);
        } else if ahead.abs() > NEGLIGIBLE_SKEW {
            look.warn(format!("its clock is {seconds} s {way} this machine's"), next);
        } else {
            look.saw("clock right");
        }
    }

    /// Until when the server's certificate is valid. One that is not valid now gives no answer at all.
    pub fn look_at_certificate(&self, look: &mut Look) {
        let Some(certificate) = &self.response.certificate else { return };
        let Ok((_, certificate)) = parse_x509_certificate(certificate) else {
            look.warn("its certificate cannot be read", "openssl s_client -connect HOST:443");
            return;
        };
        let until = certificate.validity().not_after.timestamp();
        let left = SignedDuration::from_secs(until - self.received_at.as_second());
        let days = left.as_hours() / 24;
        if left < RENEWED_BEFORE {
            let problem = format!("its certificate ends in {days} days");
            look.warn(problem, "renew it; with cert-manager: kubectl describe certificate");
        } else {
            look.saw(format!("certificate for {days} more days"));
        }
    }

    /// How far the server's clock is ahead, negative if it is behind; measured against the middle
    /// between question and answer.
    fn clock_ahead(&self) -> Option<SignedDuration> {
        let date = self.response.headers.get(DATE)?.to_str().ok()?;
        let theirs = DateTimeParser::new().parse_timestamp(date).ok()?;
        let taken = self.received_at.duration_since(self.asked_at);
        Some(theirs.duration_since(self.asked_at + taken / 2))
    }
}

/// Why there is no answer. What rustls says of a server without TLS speaks of a corrupt message.
fn reason(error: &HttpError) -> String {
    let text = error.to_string();
    if text.contains("InvalidContentType") { SPEAKS_HTTP.to_owned() } else { text }
}

/// What a server without TLS is called, asked by https.
const SPEAKS_HTTP: &str = "no answer: it speaks http, not https";

/// What to do about an address that gives no answer.
pub fn next_without_answer(reason: &str) -> &'static str {
    if reason == SPEAKS_HTTP {
        "write http://, or name the port that speaks TLS"
    } else if reason.starts_with("it answers") {
        "does the address lead to the right service and port?"
    } else if reason.contains("certificate") {
        "openssl s_client -connect HOST:443: renew the certificate, or make its authority known here"
    } else if reason.contains("dns") || reason.contains("lookup") {
        "is the name right, and does a name server know it?"
    } else {
        "kubectl get pods,ingress,httproute -A -l app.kubernetes.io/part-of=fairtermin; \
         runbooks/fairtermin-unavailable.md"
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use reqwest::{StatusCode, header::HeaderMap};

    use super::*;

    /// Valid until 2027-02-27T18:38:49Z.
    const CERTIFICATE: &str = "MIIBbjCCAROgAwIBAgIUKAj54CaGetczYuDo21+jFC2qJtYwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBdDAeFw0yNjExMjkxODM4NDlaFw0yNzAyMjcxODM4NDlaMAwxCjAIBgNVBAMMAXQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARMO/9q3f2WsVdHPNqvcKZ5nLlUIaPhUCz9Y6AScoS/lmbsCb6DIPBtW8iTMWAq3+kmsGkFGzUkJlMU7A+gzFvdo1MwUTAdBgNVHQ4EFgQUpald+4Ce01u9U0bqJJHqel4x9swwHwYDVR0jBBgwFoAUpald+4Ce01u9U0bqJJHqel4x9swwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAu3OIQgXpT9JUxEz/Fx5GT5PaTpkpOH0Cz/2hyzaMYDcCIQCQlicBlDOE66kuh88joLq6FwY0fpUyDgVu4PuFWRNNkw==";

    fn answer(date: &str, received_at: &str) -> Answer {
        let received_at: Timestamp = received_at.parse().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(DATE, date.parse().unwrap());
        let certificate = Some(STANDARD.decode(CERTIFICATE).unwrap());
        let response =
            HttpResponse { status: StatusCode::OK, headers, body: Vec::new(), certificate };
        Answer { response, asked_at: received_at, received_at }
    }

    fn told(date: &str, received_at: &str) -> (usize, String) {
        let mut look = Look::at("service");
        let answer = answer(date, received_at);
        answer.look_at_clock(&mut look);
        answer.look_at_certificate(&mut look);
        (look.to_mend(), look.to_string())
    }

    #[test]
    fn a_right_clock_and_a_long_certificate_are_fine() {
        let (count, text) = told("Fri, 01 Jan 2027 12:00:00 GMT", "2027-01-01T12:00:01Z");
        assert_eq!(count, 0, "{text}");
        assert!(text.contains("clock right, certificate for 57 more days"), "{text}");
    }

    #[test]
    fn a_wrong_clock_and_a_certificate_that_ends_soon_are_said() {
        let (count, text) = told("Mon, 15 Feb 2027 12:02:00 GMT", "2027-02-15T12:00:00Z");
        assert_eq!(count, 2, "{text}");
        assert!(text.contains("its clock is 120 s ahead"), "{text}");
        assert!(text.contains("its certificate ends in 12 days"), "{text}");
    }
}
