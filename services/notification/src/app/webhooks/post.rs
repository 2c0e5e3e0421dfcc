//! One request to a receiver.

use std::{error::Error as _, time::Duration};

use jiff::{SignedDuration, Timestamp};
use reqwest::{
    Client, Response, StatusCode,
    header::{CONTENT_TYPE, RETRY_AFTER},
    redirect::Policy,
};

use crate::webhook::{
    failure::Failure,
    guard::{Reach, Refused},
};

/// What goes over the wire.
#[derive(Debug)]
pub(super) struct Outgoing {
    /// `webhook-id`: of an event or of a batch.
    pub(super) id: String,
    pub(super) content_type: &'static str,
    pub(super) body: String,
    pub(super) signature: String,
    pub(super) signed_at: Timestamp,
}

/// Follows no redirects, uses no proxy and reaches only where it may.
#[derive(Debug, Clone)]
pub(super) struct Poster {
    client: Client,
    reach: Reach,
}

impl Poster {
    /// `connect` is for a connection, `whole` for all of an attempt: name, connection and answer.
    pub(super) fn new(
        reach: Reach,
        connect: Duration,
        whole: Duration,
    ) -> Result<Self, reqwest::Error> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .dns_resolver(reach.clone())
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(connect)
            .timeout(whole)
            .pool_idle_timeout(Duration::from_secs(4))
            .user_agent("Fairtermin-Webhook/1")
            .build()?;
        Ok(Self { client, reach })
    }

    /// Posts; any 2xx means that the receiver has taken it.
    pub(super) async fn post(&self, url: &str, outgoing: Outgoing) -> Result<(), Failure> {
        let url = self.reach.accept(url).map_err(|_| Failure::Address)?;
        let sent = self
            .client
            .post(url)
            .header(CONTENT_TYPE, outgoing.content_type)
            .header("webhook-id", outgoing.id)
            .header("webhook-timestamp", outgoing.signed_at.as_second().to_string())
            .header("webhook-signature", outgoing.signature)
            .body(outgoing.body)
            .send()
            .await;
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) if answer.status() == StatusCode::GONE => Err(Failure::Gone),
            Ok(answer) => Err(Failure::Status {
                code: answer.status().as_u16(),
                retry_after: retry_after(&answer),
            }),
            Err(error) if error.is_timeout() => Err(Failure::Timeout),
            Err(error) if leads_inside(&error) => Err(Failure::Address),
            Err(_) => Err(Failure::Connection),
        }
    }
}

/// Whether the name means private addresses alone by now, which our resolver says at the end of the chain of causes.
fn leads_inside(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Refused>() {
            return true;
        }
        cause = inner.source();
    }
    false
}

/// Of a receiver that is overloaded or away, in seconds; a date is not read.
fn retry_after(answer: &Response) -> Option<SignedDuration> {
    let says_so =
        matches!(answer.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
    let text = answer.headers().get(RETRY_AFTER).filter(|_| says_so)?.to_str().ok()?;
    text.trim().parse::<u32>().ok().map(|seconds| SignedDuration::from_secs(seconds.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::webhook::networks::PrivateNetworks;

    /// A name that was public when the agency subscribed may mean something else at the delivery (DNS rebinding).
    #[tokio::test]
    async fn a_name_that_leads_inside_by_now_gets_nothing_and_the_agency_reads_why() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
        let (reach, limit) = (Reach::Public(PrivateNetworks::default()), Duration::from_secs(5));
        let poster = Poster::new(reach, limit, limit).unwrap();
        let outgoing = Outgoing {
            id: "msg".to_owned(),
            content_type: "application/json",
            body: "{}".to_owned(),
            signature: "v1,x".to_owned(),
            signed_at: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(poster.post(&url, outgoing).await, Err(Failure::Address));
        assert!(listener.accept().is_err(), "somebody connected");
    }
}
