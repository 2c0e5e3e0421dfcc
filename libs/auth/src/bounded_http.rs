//! An HTTP client for addresses that others control.
//!
//! An answer from another server is input: it can be endless, late, or a redirect to a machine
//! inside. This client bounds all three. It takes no proxy that the machine was set up for, but one that
//! the operator names for Fairtermin: in a closed network nothing else leads out.
//!
//! Used for keys, providers' documents and tokens. Not for our own API: `libs/client`.

use std::{fmt::Write as _, time::Duration};

use reqwest::{
    Client, NoProxy, Proxy, RequestBuilder, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
    redirect::Policy,
    tls::TlsInfo,
};
use url::Url;

/// How long an unused connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(4);

/// The variable that names the proxy for HTTPS, for example `http://proxy.example.org:3128`. Plain HTTP
/// stays direct: it is for services in the same cluster.
const PROXY: &str = "FAIRTERMIN_PROXY";

/// The variable that names what is reached without it: domains and networks, with commas between.
const NO_PROXY: &str = "FAIRTERMIN_NO_PROXY";

/// Fetches small documents from an identity provider: no redirects (they would lead past the
/// configured address), a time limit and a size limit.
///
/// Clones share the connections. It keeps no cookies.
#[derive(Debug, Clone)]
pub struct BoundedHttp {
    client: Client,
    max_bytes: usize,
}

/// What the other side answered.
#[derive(Debug, Clone)]
pub struct HttpResponse {
    /// The status, of any kind: a 404 is an answer.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap<HeaderValue>,
    /// The whole body, at most as long as the client allows.
    pub body: Vec<u8>,
    /// The server's own certificate (X.509 in DER), if the connection was TLS.
    pub certificate: Option<Vec<u8>>,
}

/// No answer that can be used. Holds no address: addresses may carry codes and tokens.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The server did not answer in time, cannot be reached, or its TLS certificate is not valid;
    /// in words, without the address.
    #[error("no answer: {0}")]
    NoResponse(String),
    /// The body is longer than allowed: how many bytes were. Nothing of it is kept.
    #[error("the answer is longer than {0} bytes")]
    TooLarge(usize),
    /// The client could not be made.
    #[error("the HTTP client cannot be set up: {0}")]
    Setup(String),
}

impl BoundedHttp {
    /// A client whose calls take at most `timeout` and return at most `max_bytes`.
    ///
    /// `timeout` is for a call as a whole, body included.
    ///
    /// # Errors
    /// TLS cannot be set up on this machine, or `FAIRTERMIN_PROXY` is no address.
    pub fn new(timeout: Duration, max_bytes: usize) -> Result<Self, HttpError> {
        let variable = |name| std::env::var(name).unwrap_or_default();
        Self::through(&variable(PROXY), &variable(NO_PROXY), timeout, max_bytes)
    }

    /// Through `proxy`, except to what `direct` lists; an empty `proxy` is none.
    fn through(
        proxy: &str,
        direct: &str,
        timeout: Duration,
        max_bytes: usize,
    ) -> Result<Self, HttpError> {
        // Only the first provider of a process counts; all of ours are the same one.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let mut client = Client::builder()
            .redirect(Policy::none())
            .tls_info(true)
            .timeout(timeout)
            .connect_timeout(timeout)
            // Shorter than servers keep idle connections, so that none is closed under a request.
            .pool_idle_timeout(IDLE_TIMEOUT)
            .no_proxy();
        if !proxy.is_empty() {
            // The address may hold a password, and so may an error about it.
            let proxy = Proxy::https(proxy)
                .map_err(|_| HttpError::Setup(format!("{PROXY} is no address of a proxy")))?;
            client = client.proxy(proxy.no_proxy(NoProxy::from_string(direct)));
        }
        let client = client.build().map_err(|error| HttpError::Setup(chain(&error)))?;
        Ok(Self { client, max_bytes })
    }

    /// Fetches `url`.
    ///
    /// Redirects are answers too: the caller sees the 3xx and does not follow it.
    ///
    /// # Errors
    /// See [`HttpError`]. A status other than 2xx is an answer, not an error.
    pub async fn get(&self, url: Url) -> Result<HttpResponse, HttpError> {
        self.send(self.client.get(url)).await
    }

    /// Sends a text to `url`.
    ///
    /// # Errors
    /// See [`HttpError`]. A status other than 2xx is an answer, not an error.
    pub async fn post_text(&self, url: Url, text: String) -> Result<HttpResponse, HttpError> {
        let request = self.client.post(url).header(CONTENT_TYPE, "text/plain; charset=utf-8");
        self.send(request.body(text)).await
    }

    /// A request to be completed and given to [`send`](Self::send).
    pub fn request(&self, method: reqwest::Method, url: Url) -> RequestBuilder {
        self.client.request(method, url)
    }

    /// Sends a request made with [`request`](Self::request).
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn send(&self, request: RequestBuilder) -> Result<HttpResponse, HttpError> {
        self.execute(request.build().map_err(no_answer)?).await
    }

    /// Sends a finished request.
    ///
    /// The body is counted while it arrives: a wrong `Content-Length` changes nothing.
    ///
    /// # Errors
    /// See [`HttpError`].
    pub async fn execute(&self, request: reqwest::Request) -> Result<HttpResponse, HttpError> {
        let mut response = self.client.execute(request).await.map_err(no_answer)?;
        let tls = response.extensions().get::<TlsInfo>();
        let certificate = tls.and_then(|tls| tls.peer_certificate()).map(<[u8]>::to_vec);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(no_answer)? {
            if body.len() + chunk.len() > self.max_bytes {
                return Err(HttpError::TooLarge(self.max_bytes));
            }
            body.extend_from_slice(&chunk);
        }
        let headers = response.headers().clone();
        Ok(HttpResponse { status: response.status(), headers, body, certificate })
    }
}

/// The URL is taken out, since it may hold a code or a token.
fn no_answer(error: reqwest::Error) -> HttpError {
    HttpError::NoResponse(chain(&error.without_url()))
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        // Writing to a string cannot fail.
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead as _, BufReader, Write as _},
        net::TcpListener,
        sync::mpsc::{self, Receiver},
    };

    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(5);

    /// A server that answers one request: its address, and the first line of what it was asked.
    fn server(status: &'static str) -> (String, Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (asked, received) = mpsc::channel();
        std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            let mut lines = BufReader::new(connection.try_clone().unwrap()).lines();
            asked.send(lines.next().unwrap().unwrap()).unwrap();
            lines
                .take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty()))
                .for_each(drop);
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close");
            connection.write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
        });
        (address, received)
    }

    #[tokio::test]
    async fn https_leaves_through_the_proxy() {
        let (proxy, asked) = server("502 Bad Gateway");
        let http = BoundedHttp::through(&proxy, "", TIMEOUT, 1024).unwrap();
        let answer = http.get("https://id.example.org/jwks".parse().unwrap()).await;
        assert!(matches!(answer, Err(HttpError::NoResponse(_))), "{answer:?}");
        assert_eq!(asked.recv_timeout(TIMEOUT).unwrap(), "CONNECT id.example.org:443 HTTP/1.1");
    }

    #[tokio::test]
    async fn http_and_what_is_listed_stay_direct() {
        let (proxy, asked) = server("502 Bad Gateway");
        let (neighbour, _asked) = server("200 OK");
        let http = BoundedHttp::through(&proxy, "127.0.0.1", TIMEOUT, 1024).unwrap();
        let answer = http.get(format!("{neighbour}/jwks").parse().unwrap()).await.unwrap();
        assert_eq!(answer.status, StatusCode::OK);
        // The port is closed: without the proxy the call fails.
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(http.get(format!("https://{gone}/jwks").parse().unwrap()).await.is_err());
        assert!(asked.try_recv().is_err(), "the proxy was asked");
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        let error = BoundedHttp::through("http://me:hush@:x", "", TIMEOUT, 1024).unwrap_err();
        assert!(error.to_string().contains(PROXY), "{error}");
        assert!(!error.to_string().contains("hush"), "{error}");
    }
}
