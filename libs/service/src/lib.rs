//! Runs a service: its port, its jobs, its health and its orderly end.
//!
//! What is the same in every service is here, so that a service's `application.rs` lists what is
//! its own: routes, consumers and jobs.
//!
//! * [`HttpSettings`], [`DatabaseSettings`], [`BusSettings`], ...: the sections of settings files.
//! * [`Runtime`]: what the process gives to its services.
//! * [`TrustedProxies`]: whose word about a caller's address counts; each address is limited.
//! * [`Host`]: an open port, from which a service is run with its [`Jobs`].
//!
//! ```no_run
//! use actix_web::{HttpResponse, web};
//! use service::{Host, HttpSettings, Jobs, RunError, Runtime};
//!
//! async fn run(http: &HttpSettings, runtime: Runtime) -> Result<(), RunError> {
//!     let host = Host::open(http, runtime).expect("the port is free");
//!     let database = host.readiness().part("database");
//!     let mut jobs = Jobs::default();
//!     jobs.spawn(async move { database.ready() });
//!     host.run(jobs, |config| {
//!         config.route("/", web::get().to(async || HttpResponse::Ok().finish()));
//!     })
//!     .await
//! }
//! ```
//!
//! To add a section that several services share, add it to `sections.rs` and to each service's
//! `settings.rs`.
//!
//! The life of a service: [`Host::open`] takes the port (requests wait), the service builds its
//! parts and jobs, [`Host::run`] answers until [`Runtime`]'s shutdown, then requests in progress
//! are finished, then jobs end. Whatever fails on this way is an error that ends the process with a
//! sentence for the operator; Kubernetes starts it anew.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | a section of the settings that services share | `sections.rs` |
//! | limits of every request: rate, length, time | `guard.rs` |
//! | whose delay it is when a request is late | `awaited_body.rs` |
//! | whose word about an address counts | `trusted_proxies.rs` |
//! | the order of start and end | `host.rs`, `jobs.rs` |
//! | what differs between production and the demo | `Mode` in `runtime.rs` |

mod awaited_body;
mod guard;
mod host;
mod in_the_clear;
mod jobs;
mod runtime;
mod sections;
mod trusted_proxies;

pub use guard::{RefusalForm, RefusedRequest};
pub use host::{Host, ListenError, RunError};
pub use in_the_clear::travels_in_the_clear;
pub use jobs::Jobs;
pub use runtime::{Mode, Runtime};
pub use sections::{
    BusSettings, DatabaseSettings, HttpSettings, PublicHttpSettings, TrustedIssuerSettings,
};
pub use trusted_proxies::{ClientAddressHeader, TrustedProxies};
