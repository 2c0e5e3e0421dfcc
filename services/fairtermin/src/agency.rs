//! `agency`: what another agency needs to connect its program, and how an operator withdraws one.

mod log_in;

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use ambient::{Clock, SystemEntropy};
use auth::{ProofTarget, SigningKey, TokenType};
use ids::{AuthorityId, ClientId, TokenId};
use imports::as_yaml;
use serde::Serialize;
use serde_json::json;
use service::{Mode, travels_in_the_clear};
use url::Url;

use crate::{
    arguments::{Agency, Registered},
    command_error::CommandError,
    files::{UNREADABLE, print},
    moved_clock::MovedClock,
    running::Shared,
    serve,
};

/// For how long an assertion can be used, in seconds.
const ASSERTION_SECONDS: i64 = 60;

/// What the identity service has to know of a program. Nothing in it is secret.
#[derive(Serialize)]
pub struct Registration {
    pub id: ClientId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub scopes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<Url>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authorities: Vec<AuthorityId>,
    /// Filled in from the program's key.
    pub jwks: serde_json::Value,
}

/// Makes a key pair, or an assertion or a proof with it; withdraws a program or lets it in again.
pub async fn run(arguments: Agency) -> Result<(), CommandError> {
    match arguments {
        Agency::New { client: id, name, scopes, redirect_uris, authorities, key } => {
            let file = key.unwrap_or_else(|| PathBuf::from(format!("{id}.jwk")));
            let jwks = serde_json::Value::Null;
            new(Registration { id, name, scopes, redirect_uris, authorities, jwks }, &file)
        }
        Agency::Assertion { client, key, issuer, now } => {
            let (key, clock) = (read(&key)?, MovedClock::starting(now));
            print(&format!("{}\n", signed_assertion(&client, &key, &issuer, &clock)?))
        }
        Agency::LogIn(arguments) => log_in::run(&arguments).await,
        Agency::Proof { method, url, key, token, now } => {
            let target = ProofTarget { method: &method, url: &url, token: token.as_deref() };
            proof(&key, &target, &MovedClock::starting(now))
        }
        Agency::Revoke(registered) => revoke(&registered).await,
        Agency::Readmit(registered) => readmit(&registered).await,
    }
}

async fn revoke(Registered { client, config }: &Registered) -> Result<(), CommandError> {
    let settings = serve::identity_settings(config.as_deref())?;
    let runtime = Shared::new(Mode::Production).runtime;
    let withdrawn = identity::Application::withdraw_client(&settings, client, &runtime).await;
    let withdrawn = withdrawn
        .map_err(|error| CommandError::from_error(&format!("cannot withdraw {client}"), &error))?;
    if !withdrawn {
        return Err(CommandError::new(format!("{client} is not known, or was withdrawn before"))
            .advice("compare with `clients` in the settings of the identity service"));
    }
    print(&format!(
        "{client} gets no token any more; those that it has are refused everywhere within seconds.\n"
    ))
}

async fn readmit(Registered { client, config }: &Registered) -> Result<(), CommandError> {
    let settings = serve::identity_settings(config.as_deref())?;
    let runtime = Shared::new(Mode::Production).runtime;
    let readmitted = identity::Application::readmit_client(&settings, client, &runtime).await;
    readmitted.map_err(|error| {
        CommandError::from_error(&format!("cannot let {client} in again"), &error)
    })?;
    print(&format!("{client} gets tokens again; those from before stay refused.\n"))
}

fn new(registration: Registration, file: &Path) -> Result<(), CommandError> {
    make_key(file)?;
    for url in registration.redirect_uris.iter().filter(|url| travels_in_the_clear(url)) {
        eprintln!(
            "{url} is for tests only: the identity service of a real installation takes https."
        );
    }
    let registration = with_key(registration, file)?;
    eprintln!(
        "{} holds the private key: keep it where only the program can read it.",
        file.display()
    );
    eprintln!(
        "What follows belongs to the `clients` of the identity service; nothing in it is secret."
    );
    print(&as_yaml(&[registration]))
}

/// A private key in a file that is not there yet.
pub fn make_key(file: &Path) -> Result<(), CommandError> {
    let cannot_make = |error| CommandError::from_error("cannot make a key", &error);
    write_once(file, &SigningKey::generate_private_jwk(&SystemEntropy).map_err(cannot_make)?)
}

/// With the public half of the key in this file.
pub fn with_key(registration: Registration, file: &Path) -> Result<Registration, CommandError> {
    let jwks = json!({ "keys": [read(file)?.public_jwk()] });
    Ok(Registration { jwks, ..registration })
}

/// Never replaces a file: a private key that is in use would be lost.
fn write_once(file: &Path, text: &str) -> Result<(), CommandError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let write = || -> io::Result<()> {
        // A temporary file is its owner's alone from the start.
        let mut new = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
        new.write_all(text.as_bytes())?;
        new.persist_noclobber(file)?;
        Ok(())
    };
    write().map_err(|error| {
        let failure = CommandError::from_error(&format!("cannot write {}", file.display()), &error);
        match error.kind() {
            io::ErrorKind::AlreadyExists => failure.advice("choose another file with --key"),
            _ => failure,
        }
    })
}

#[derive(Serialize)]
struct Assertion<'a> {
    iss: &'a ClientId,
    sub: &'a ClientId,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: TokenId,
}

fn read(key: &Path) -> Result<SigningKey, CommandError> {
    let doing = format!("cannot read {}", key.display());
    let text = fs::read_to_string(key).map_err(|error| {
        CommandError::from_error(&doing, &error)
            .advice("make a key with fairtermin agency new")
            .exit(UNREADABLE)
    })?;
    SigningKey::parse(&text).map_err(|error| CommandError::from_error(&doing, &error))
}

fn proof(key: &Path, target: &ProofTarget<'_>, clock: &dyn Clock) -> Result<(), CommandError> {
    let signed = read(key)?.prove(target, clock, &SystemEntropy);
    let signed = signed.map_err(|error| CommandError::from_error("cannot sign", &error))?;
    print(&format!("{signed}\n"))
}

/// What proves to `issuer` that the program is itself (RFC 7523).
fn signed_assertion(
    client: &ClientId,
    key: &SigningKey,
    issuer: &str,
    clock: &dyn Clock,
) -> Result<String, CommandError> {
    let now = clock.now().as_second();
    let claims = Assertion {
        iss: client,
        sub: client,
        aud: issuer,
        iat: now,
        exp: now + ASSERTION_SECONDS,
        jti: TokenId::mint(clock, &SystemEntropy),
    };
    let signed = key.sign(TokenType::Id, &claims);
    signed.map_err(|error| CommandError::from_error("cannot sign", &error))
}
