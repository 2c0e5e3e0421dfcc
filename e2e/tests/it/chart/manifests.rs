//! The manifests of a release, rendered by real Helm and read into the types of the API.

use std::{path::Path, process::Command};

use k8s_openapi::{
    api::{
        apps::v1::Deployment,
        autoscaling::v2::HorizontalPodAutoscaler,
        batch::v1::Job,
        coordination::v1::Lease,
        core::v1::{ConfigMap, PodTemplateSpec, Service, ServiceAccount},
        networking::v1::{Ingress, NetworkPolicy},
        policy::v1::PodDisruptionBudget,
        rbac::v1::{Role, RoleBinding},
    },
    apimachinery::pkg::apis::meta::v1::ObjectMeta,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// One release, each kind in a list of its own.
#[derive(Default)]
pub struct Release {
    pub deployments: Vec<Deployment>,
    pub jobs: Vec<Job>,
    pub services: Vec<Service>,
    pub accounts: Vec<ServiceAccount>,
    pub config_maps: Vec<ConfigMap>,
    pub policies: Vec<NetworkPolicy>,
    pub budgets: Vec<PodDisruptionBudget>,
    pub scalers: Vec<HorizontalPodAutoscaler>,
    pub ingresses: Vec<Ingress>,
    pub roles: Vec<Role>,
    pub bindings: Vec<RoleBinding>,
    pub leases: Vec<Lease>,
    /// Kinds of operators, of which there are no types.
    pub foreign: Vec<Value>,
    /// What `helm test` makes, and nothing else does.
    pub tests: Vec<Value>,
    /// Kind and metadata of all but those.
    pub all: Vec<(String, ObjectMeta)>,
}

impl Release {
    /// Renders `preset` with `values` over it; `None` in a run that may do without the
    /// environment of `e2e/chart/test.sh`.
    pub fn render(preset: &str, values: &Value) -> Option<Self> {
        Self::named(preset, preset, values)
    }

    /// The same as a release of another name, in the namespace of the preset's name.
    pub fn named(name: &str, preset: &str, values: &Value) -> Option<Self> {
        let rendered = helm(name, preset, values)?;
        Some(Self::parse(&rendered.unwrap_or_else(|refusal| panic!("{refusal}"))))
    }

    /// Why Helm does not render `preset` with `values` over it.
    pub fn refusal(preset: &str, values: &Value) -> Option<String> {
        let rendered = helm(preset, preset, values)?;
        Some(rendered.err().unwrap_or_else(|| panic!("not refused: {values}")))
    }

    /// Renders `preset` with every optional part switched on.
    pub fn with_everything(preset: &str) -> Option<Self> {
        let values = json!({"defaults": {
            "autoscaling": {"enabled": true},
            "migrationHook": {"enabled": true},
            "monitoring": {"enabled": true, "scrape": true},
            "gateway": {
                "enabled": true, "host": "here.example.org",
                "parentRefs": [{"name": "public", "namespace": "gateways"}],
            },
            "networkPolicy": {"allowFromNamespaces": ["gateways"]},
        }});
        Self::render(preset, &values)
    }

    fn parse(text: &str) -> Self {
        let mut release = Self::default();
        for document in serde_norway::Deserializer::from_str(text) {
            let document = Value::deserialize(document).unwrap();
            if !document.is_null() {
                release.add(document);
            }
        }
        release
    }

    fn add(&mut self, document: Value) {
        let kind = document["kind"].as_str().expect("a manifest has a kind").to_owned();
        if document["metadata"]["annotations"]["helm.sh/hook"] == "test" {
            return self.tests.push(document);
        }
        let metadata = serde_json::from_value(document["metadata"].clone()).unwrap();
        self.all.push((kind.clone(), metadata));
        match kind.as_str() {
            "Deployment" => self.deployments.push(typed(document)),
            "Job" => self.jobs.push(typed(document)),
            "Service" => self.services.push(typed(document)),
            "ServiceAccount" => self.accounts.push(typed(document)),
            "ConfigMap" => self.config_maps.push(typed(document)),
            "NetworkPolicy" => self.policies.push(typed(document)),
            "PodDisruptionBudget" => self.budgets.push(typed(document)),
            "HorizontalPodAutoscaler" => self.scalers.push(typed(document)),
            "Ingress" => self.ingresses.push(typed(document)),
            "Role" => self.roles.push(typed(document)),
            "RoleBinding" => self.bindings.push(typed(document)),
            "Lease" => self.leases.push(typed(document)),
            "PrometheusRule"
            | "ServiceMonitor"
            | "Cluster"
            | "ScheduledBackup"
            | "ObjectStore"
            | "RabbitmqCluster"
            | "HTTPRoute"
            | "PersistentVolumeClaim" => {
                self.foreign.push(document);
            }
            other => panic!("a kind that no test knows: {other}"),
        }
    }

    /// The pods of all Deployments and Jobs, with the name of what makes them.
    pub fn pods(&self) -> Vec<(&str, &PodTemplateSpec)> {
        let long = self.deployments.iter().map(|it| (named(&it.metadata), &it.spec.template));
        let short = self
            .jobs
            .iter()
            .map(|it| (named(&it.metadata), &it.spec.as_ref().expect("a Job has a spec").template));
        long.chain(short).collect()
    }
}

/// What Helm renders, or its refusal; `None` without the environment of `e2e/chart/test.sh`.
fn helm(name: &str, preset: &str, values: &Value) -> Option<Result<String, String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e is in the workspace");
    let python = root.join("target/chart/env/bin/python");
    if !python.exists() {
        testkit::not_proven("Helm", "e2e/chart/test.sh");
        return None;
    }
    let output = Command::new(python)
        .arg("-B")
        .arg(root.join("e2e/tests/it/chart/render.py"))
        .args([preset, &values.to_string(), name])
        .output()
        .unwrap();
    Some(if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    })
}

pub fn named(metadata: &ObjectMeta) -> &str {
    metadata.name.as_deref().expect("every manifest has a name")
}

/// Reads a manifest and makes sure that nothing in it was unknown to the type.
fn typed<T: DeserializeOwned + Serialize>(document: Value) -> T {
    let object: T = serde_json::from_value(document.clone())
        .unwrap_or_else(|error| panic!("{error} in {document:#}"));
    let known = serde_json::to_value(&object).unwrap();
    assert_known(&document, &known, document["kind"].as_str().unwrap_or_default());
    object
}

fn assert_known(written: &Value, known: &Value, path: &str) {
    match written {
        Value::Object(fields) => {
            for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
                let path = format!("{path}.{key}");
                assert!(known.get(key).is_some(), "{path} is no field of Kubernetes");
                assert_known(value, &known[key], &path);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                assert_known(item, &known[index], &format!("{path}[{index}]"));
            }
        }
        _ => {}
    }
}
