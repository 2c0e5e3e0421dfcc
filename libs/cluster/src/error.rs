//! What can go wrong.
//!
//! Errors name the object and the attempt, and end in the API's own answer: a log line with one of
//! them is all that an operator has.

/// A request to Kubernetes that did not succeed.
///
/// All but `Credentials` and `NoLease` may be gone at the next attempt.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Neither a kubeconfig nor a pod's service account was found.
    #[error("no credentials for Kubernetes: set KUBECONFIG or run in a pod with a service account")]
    Credentials(#[source] Box<kube::config::InferConfigError>),
    /// The API server refused or could not be reached.
    #[error("Kubernetes, {what}: {source}")]
    Api {
        /// What was attempted, with the object's name.
        what: String,
        /// The answer.
        #[source]
        source: Box<kube::Error>,
    },
    /// The Lease does not exist. The chart makes it; a service may not, so that the right to create
    /// Leases is not needed.
    #[error("the Lease {namespace}/{name} does not exist; the chart makes it")]
    NoLease {
        /// Where it should be.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// The API server did not answer in time.
    #[error("Kubernetes did not answer in time, {what}")]
    Late {
        /// What was attempted, with the object's name.
        what: String,
    },
}

impl ClusterError {
    /// For `map_err`: `what` completes the sentence "Kubernetes, ...".
    pub(crate) fn api(what: impl Into<String>) -> impl FnOnce(kube::Error) -> Self {
        let what = what.into();
        move |source| Self::Api { what, source: Box::new(source) }
    }
}
