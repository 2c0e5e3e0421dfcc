//! What a service asks of Kubernetes: its catalogue, events for admins, and leader election.
//!
//! A service connects to a cluster only if its settings say so; everything else in the house works
//! without one. Connecting reads credentials and sends nothing, so a service starts while the API
//! server is away.
//!
//! ```no_run
//! # async fn wire(clock: std::sync::Arc<dyn ambient::Clock>) -> Result<(), cluster::ClusterError> {
//! let cluster = cluster::Cluster::connect("fairtermin-slot", clock).await?;
//! let mut catalogue = cluster.watch("lea-fairtermin-slot-catalogue", "catalogue.yaml");
//! let found = catalogue.next().await;
//! cluster.report(&cluster::Report {
//!     about: &found.source,
//!     severity: cluster::Severity::Warning,
//!     action: "ApplyCatalogue",
//!     reason: "CatalogueRefused",
//!     note: "locations.mitte.grid: 7 does not divide 60",
//! }).await?;
//! # Ok(()) }
//! ```
//!
//! Three things, each in one file: [`Cluster::watch`] (a text that an admin changes),
//! [`Cluster::report`] (what became of it), [`Cluster::election`] (which replica does the jobs).
//! Not here: creating or patching objects, which is the chart's right, and reading anything of
//! other namespaces.
//!
//! # Where to change what
//!
//! | you want | look at |
//! |---|---|
//! | what is read of a ConfigMap, and when | `config_map.rs` |
//! | what an admin sees with `kubectl events` | `event.rs`; the texts are those of the service |
//! | how long a leader may be silent | `election.rs`; what its number fences off is in `term.rs` |
//! | which credentials are taken | `connect.rs` |
//! | what a service may do in a cluster | not here: the Role in `charts/fairtermin/templates/_access.tpl` |

mod config_map;
mod connect;
mod election;
mod error;
mod event;
mod term;
mod time;

pub use config_map::{ConfigMapWatch, WatchedText};
pub use connect::Cluster;
pub use election::{Election, LeaderLease, Leadership, Timing};
pub use error::ClusterError;
pub use event::{Report, Severity};
pub use k8s_openapi::api::core::v1::ObjectReference;
pub use kube::Client;
pub use term::Term;
