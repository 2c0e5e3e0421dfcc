//! Programs of other agencies.

use std::path::PathBuf;

use clap::{Args, Subcommand, builder::PossibleValuesParser};
use ids::{AuthorityId, ClientId};
use jiff::Timestamp;
use url::Url;

#[derive(Debug, Subcommand)]
pub enum Agency {
    /// Make a key pair: the private key becomes a file, the registration is printed for the
    /// identity service's `clients`
    New {
        /// What the program is to be called, for example zab-fachverfahren
        client: ClientId,
        /// What it may do; several times for several
        #[arg(long = "scope", required = true, value_parser = PossibleValuesParser::new(auth::scope::FOR_AGENCIES))]
        scopes: Vec<String>,
        /// What people know it by; needed to act for them (bookings:write:onbehalf)
        #[arg(long, required_if_eq("scopes", auth::scope::BOOKINGS_WRITE_ON_BEHALF))]
        name: Option<String>,
        /// Where they come back from log-in; needed to act for them
        #[arg(
            long = "redirect-uri",
            required_if_eq("scopes", auth::scope::BOOKINGS_WRITE_ON_BEHALF)
        )]
        redirect_uris: Vec<Url>,
        /// At which authority; several times for several. All, if left out
        #[arg(long = "authority")]
        authorities: Vec<AuthorityId>,
        /// Where to write the private key; CLIENT.jwk in this folder, if left out
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
    },
    /// Print a client assertion (RFC 7523), good for one request within a minute
    Assertion {
        /// What the program is called
        client: ClientId,
        /// The private key that `agency new` wrote
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The identity service, as its discovery document names it
        #[arg(long)]
        issuer: String,
        /// What time it is there (RFC 3339), if it is not that of this machine: for a demo whose clock was moved
        #[arg(long)]
        now: Option<Timestamp>,
    },
    /// Let a person allow the program to act for them, in a browser on this machine; prints the
    /// access token that can be exchanged (RFC 8693). For trying it out
    LogIn(ProgramLogIn),
    /// Print a DPoP proof (RFC 9449), the value of the `DPoP` header of one request within a minute
    Proof {
        /// The request's method
        #[arg(value_parser = method)]
        method: String,
        /// The request's address; a query does not count
        url: Url,
        /// The private key that the access token is bound to: that of the request for it
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The access token in the request; left out when one is asked for
        #[arg(long)]
        token: Option<String>,
        /// What time it is there (RFC 3339), if it is not that of this machine: for a demo whose clock was moved
        #[arg(long)]
        now: Option<Timestamp>,
    },
    /// Withdraw a program: it gets no token any more, and those that it has are refused at every
    /// service within seconds. Needs the settings of the identity service, which keeps running
    Revoke(Registered),
    /// Let a program in again that was withdrawn by hand
    Readmit(Registered),
}

/// A log-in for a program.
#[derive(Debug, Args)]
pub struct ProgramLogIn {
    /// What the program is called
    pub client: ClientId,
    /// The private key that `agency new` wrote
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The identity service, as its discovery document names it
    #[arg(long)]
    pub issuer: String,
    /// Where the browser comes back to: as it is registered, on this machine
    #[arg(long, default_value = "http://127.0.0.1:8765/callback")]
    pub redirect_uri: Url,
    /// What time it is there (RFC 3339), if it is not that of this machine: for a demo whose clock was moved
    #[arg(long)]
    pub now: Option<Timestamp>,
}

/// A program that the identity service knows.
#[derive(Debug, Args)]
pub struct Registered {
    /// What the program is called
    pub client: ClientId,
    /// Settings: a YAML file with a section `identity:`. Variables FAIRTERMIN__IDENTITY__KEY come on top
    #[arg(long)]
    pub config: Option<PathBuf>,
}

/// Methods are case-sensitive (RFC 9110 section 9.1); those that our APIs know are capitals.
fn method(text: &str) -> Result<String, String> {
    let is_one = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_one.then(|| text.to_ascii_uppercase()).ok_or_else(|| "a method such as POST".to_owned())
}
