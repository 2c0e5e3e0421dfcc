//! The connection, shared by all that a process asks of its cluster.

use std::{fmt, sync::Arc};

use ambient::Clock;
use kube::{Client, Config};

use crate::ClusterError;

/// One namespace of a Kubernetes cluster, as one process sees it. Clones share the connection.
///
/// The rights are those of the pod's service account: per object, as the README lists them.
#[derive(Clone)]
pub struct Cluster {
    pub(crate) client: Client,
    /// Where all objects are that this process asks for.
    pub(crate) namespace: String,
    /// The program, `fairtermin-slot`: `reportingController` of Events.
    pub(crate) component: String,
    /// The pod: `reportingInstance`, and part of a candidate's name.
    pub(crate) instance: String,
    /// Dates Events, and judges leases.
    pub(crate) clock: Arc<dyn Clock>,
}

impl Cluster {
    /// Takes the credentials from `KUBECONFIG`, or else from the pod's service account. Sends
    /// nothing yet. `component` names the program in Events.
    ///
    /// The namespace is that of the credentials: the pod's own, or the kubeconfig's context.
    ///
    /// # Errors
    /// If there are no credentials or they cannot be read.
    pub async fn connect(component: &str, clock: Arc<dyn Clock>) -> Result<Self, ClusterError> {
        let config =
            Config::infer().await.map_err(|error| ClusterError::Credentials(Box::new(error)))?;
        let namespace = config.default_namespace.clone();
        let client = Client::try_from(config).map_err(ClusterError::api("making a client"))?;
        Ok(Self::new(client, &namespace, component, &pod_name(component), clock))
    }

    /// As `instance` (the pod's name) of `component` in `namespace`, over `client`.
    ///
    /// For tests against an API server of their own.
    #[must_use]
    pub fn new(
        client: Client,
        namespace: &str,
        component: &str,
        instance: &str,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            client,
            namespace: namespace.to_owned(),
            component: component.to_owned(),
            instance: instance.to_owned(),
            clock,
        }
    }
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cluster({}/{})", self.namespace, self.instance)
    }
}

/// The chart sets `POD_NAME`; container engines set `HOSTNAME` to the same.
fn pod_name(component: &str) -> String {
    ["POD_NAME", "HOSTNAME"]
        .iter()
        .find_map(|variable| std::env::var(variable).ok())
        .unwrap_or_else(|| format!("{component}-{}", std::process::id()))
}
