//! `agency log-in`: a person lets a program act for them, in a browser on this machine.
//!
//! What a program does by the FAPI 2.0 Security Profile, to try it out: a pushed request (RFC 9126)
//! with PKCE (RFC 7636) and the key of the DPoP proofs (RFC 9449); the browser brings the code back
//! to this machine (RFC 8252 section 7.3); the token is printed. A product uses a library.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use ambient::{Entropy, SystemEntropy};
use auth::{ProofTarget, SigningKey};
use aws_lc_rs::digest;
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;
use url::Url;

use super::{read, signed_assertion};
use crate::{
    arguments::ProgramLogIn, command_error::CommandError, files::print, moved_clock::MovedClock,
};

/// How long identity may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);
/// What the program asks the person for.
const SCOPE: &str = "openid bookings:write:onbehalf";
/// The longest first line of a request that is read, in bytes.
const LONGEST_LINE: u64 = 8_192;

/// Of the identity service's metadata (RFC 8414).
#[derive(Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: Url,
    pushed_authorization_request_endpoint: Url,
    token_endpoint: Url,
}

#[derive(Deserialize)]
struct Pushed {
    request_uri: String,
}

#[derive(Deserialize)]
struct Tokens {
    access_token: String,
}

/// The program, as it speaks to the identity service.
struct Program<'a> {
    arguments: &'a ProgramLogIn,
    key: SigningKey,
    /// Goes on from the time that was stated.
    clock: MovedClock,
    http: reqwest::Client,
    metadata: Metadata,
}

/// Prints where the person is to log in, waits for them, and prints the program's access token.
pub async fn run(arguments: &ProgramLogIn) -> Result<(), CommandError> {
    let listener = listen(&arguments.redirect_uri)?;
    let program = Program::new(arguments).await?;
    let (verifier, state) = (unguessable(), unguessable());
    let url = program.push(&verifier, &state).await?;
    eprintln!("Open this address in a browser on this machine and log in there:\n{url}");
    let path = arguments.redirect_uri.path().to_owned();
    let waiting = tokio::task::spawn_blocking(move || wait_for_code(&listener, &path, &state));
    let code = waiting.await.map_err(|error| CommandError::from_error("cannot wait", &error))??;
    let tokens: Tokens = program
        .post(
            &program.metadata.token_endpoint,
            &[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", arguments.redirect_uri.as_str()),
                ("code_verifier", &verifier),
            ],
        )
        .await?;
    print(&format!("{}\n", tokens.access_token))
}

/// The port to which the browser comes back.
fn listen(redirect_uri: &Url) -> Result<TcpListener, CommandError> {
    let ours = redirect_uri.socket_addrs(|| None).unwrap_or_default();
    if redirect_uri.scheme() != "http" || !ours.iter().all(|address| address.ip().is_loopback()) {
        return Err(CommandError::new("the redirect URI must be one of this machine")
            .advice("register the program with, for example, http://127.0.0.1:8765/callback"));
    }
    TcpListener::bind(&ours[..]).map_err(|error| {
        CommandError::from_error(&format!("cannot listen at {redirect_uri}"), &error)
    })
}

impl<'a> Program<'a> {
    async fn new(arguments: &'a ProgramLogIn) -> Result<Self, CommandError> {
        let key = read(&arguments.key)?;
        let http = reqwest::Client::builder().timeout(TIMEOUT).build();
        let http =
            http.map_err(|error| CommandError::from_error("cannot make requests", &error))?;
        let issuer = arguments.issuer.trim_end_matches('/');
        let address = format!("{issuer}/.well-known/openid-configuration");
        let metadata = answer(&address, http.get(&address)).await?;
        let clock = MovedClock::starting(arguments.now);
        Ok(Self { arguments, key, clock, http, metadata })
    }

    /// Pushes the request; where the browser goes with it.
    async fn push(&self, verifier: &str, state: &str) -> Result<Url, CommandError> {
        let challenge = digest::digest(&digest::SHA256, verifier.as_bytes());
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(challenge);
        let (client, redirect_uri) = (self.arguments.client.as_str(), &self.arguments.redirect_uri);
        let nonce = unguessable();
        let form: [(&str, &str); 8] = [
            ("client_id", client),
            ("response_type", "code"),
            ("redirect_uri", redirect_uri.as_str()),
            ("scope", SCOPE),
            ("state", state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        let endpoint = &self.metadata.pushed_authorization_request_endpoint;
        let Pushed { request_uri } = self.post(endpoint, &form).await?;
        let mut url = self.metadata.authorization_endpoint.clone();
        url.query_pairs_mut()
            .append_pair("client_id", client)
            .append_pair("request_uri", &request_uri);
        Ok(url)
    }

    /// Sends a form with an assertion and a proof of its own.
    async fn post<T: DeserializeOwned>(
        &self,
        endpoint: &Url,
        form: &[(&str, &str)],
    ) -> Result<T, CommandError> {
        let (client, issuer) = (&self.arguments.client, &self.metadata.issuer);
        let assertion = signed_assertion(client, &self.key, issuer, &self.clock)?;
        let target = ProofTarget { method: "POST", url: endpoint, token: None };
        let proof = self.key.prove(&target, &self.clock, &SystemEntropy);
        let proof = proof.map_err(|error| CommandError::from_error("cannot sign", &error))?;
        let own: [(&str, &str); 2] = [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        let form: Vec<_> = form.iter().copied().chain(own).collect();
        let request = self.http.post(endpoint.clone()).header("DPoP", proof).form(&form);
        answer(endpoint.as_str(), request).await
    }
}

/// What a request is answered, if it is what was asked for.
async fn answer<T: DeserializeOwned>(
    address: &str,
    request: reqwest::RequestBuilder,
) -> Result<T, CommandError> {
    let doing = format!("no answer from {address}");
    let failed = |error: reqwest::Error| CommandError::from_error(&doing, &error.without_url());
    let response = request.send().await.map_err(failed)?;
    if response.status().is_success() {
        return response.json().await.map_err(failed);
    }
    let status = response.status();
    let refused: Value = response.json().await.unwrap_or_default();
    let why = refused["error_description"].as_str().unwrap_or("it says no more");
    Err(CommandError::new(format!("{address} refuses with {status}: {why}"))
        .advice(
            "compare with the registration of the program; if the service has another time, as a demo with \
             --now has, state it with --now",
        ))
}

/// 256 random bits.
fn unguessable() -> String {
    let entropy: &dyn Entropy = &SystemEntropy;
    BASE64_URL_SAFE_NO_PAD.encode(entropy.bytes::<32>())
}

/// Waits for the browser that brings the code, and overlooks whatever else it asks for.
fn wait_for_code(listener: &TcpListener, path: &str, state: &str) -> Result<String, CommandError> {
    loop {
        let (mut stream, _) = listener
            .accept()
            .map_err(|error| CommandError::from_error("cannot wait for the browser", &error))?;
        let Some(query) = asked(&stream, path) else {
            respond(&mut stream, "404 Not Found", "There is nothing here.");
            continue;
        };
        let find = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        if find("state").as_deref() != Some(state) {
            respond(&mut stream, "400 Bad Request", "This is not the log-in that was begun.");
            continue;
        }
        let Some(code) = find("code") else {
            respond(&mut stream, "200 OK", "The log-in was broken off.");
            let why = find("error").unwrap_or_else(|| "no code came back".to_owned());
            return Err(CommandError::new(format!("the person did not log in: {why}")));
        };
        respond(&mut stream, "200 OK", "Done. You can close this page.");
        return Ok(code);
    }
}

/// The query of a GET of `path`.
fn asked(stream: &TcpStream, path: &str) -> Option<String> {
    stream.set_read_timeout(Some(TIMEOUT)).ok()?;
    let mut line = String::new();
    BufReader::new(stream.take(LONGEST_LINE)).read_line(&mut line).ok()?;
    let target = line.strip_prefix("GET ")?.split(' ').next()?;
    let (asked, query) = target.split_once('?').unwrap_or((target, ""));
    (asked == path).then(|| query.to_owned())
}

/// The browser may have gone: what it reads matters no more.
fn respond(stream: &mut TcpStream, status: &str, text: &str) {
    let answer = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/plain\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}",
        text.len()
    );
    let _ = stream.write_all(answer.as_bytes());
}
