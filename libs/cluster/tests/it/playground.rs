//! A namespace of a real cluster for one test.

use std::sync::Arc;

use ambient::{Clock, SystemClock};
use cluster::Cluster;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace};
use kube::{
    Api, Client, Config, ResourceExt,
    api::{DeleteParams, Patch, PatchParams, PostParams},
    config::{KubeConfigOptions, Kubeconfig},
};
use serde_json::json;

pub struct Playground {
    pub client: Client,
    pub namespace: String,
}

impl Playground {
    /// A fresh namespace.
    pub async fn open(test: &str) -> Self {
        let path = std::env::var("FAIRTERMIN_TEST_KUBECONFIG").expect("run: make test-kube");
        let kubeconfig = Kubeconfig::read_from(path).unwrap();
        let options = KubeConfigOptions::default();
        let config = Config::from_custom_kubeconfig(kubeconfig, &options).await.unwrap();
        let client = Client::try_from(config).unwrap();
        let namespace: Namespace =
            serde_json::from_value(json!({"metadata": {"generateName": format!("test-{test}-")}}))
                .unwrap();
        let made =
            Api::all(client.clone()).create(&PostParams::default(), &namespace).await.unwrap();
        Self { client, namespace: made.name_any() }
    }

    /// The cluster as one pod sees it.
    pub fn cluster(&self, instance: &str, clock: Arc<dyn Clock>) -> Cluster {
        Cluster::new(self.client.clone(), &self.namespace, "fairtermin-slot", instance, clock)
    }

    /// The same, with the real time.
    pub fn now(&self) -> Cluster {
        self.cluster("pod-1", Arc::new(SystemClock))
    }

    /// Makes or changes a ConfigMap with one key.
    pub async fn write(&self, name: &str, key: &str, text: &str) {
        let map = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": {key: text}
        });
        let patch = PatchParams::apply("test").force();
        self.api::<ConfigMap>().patch(name, &patch, &Patch::Apply(map)).await.unwrap();
    }

    pub fn api<K>(&self) -> Api<K>
    where
        K: kube::Resource<Scope = k8s_openapi::NamespaceResourceScope, DynamicType = ()>,
    {
        Api::namespaced(self.client.clone(), &self.namespace)
    }

    pub async fn close(self) {
        let namespaces = Api::<Namespace>::all(self.client.clone());
        namespaces.delete(&self.namespace, &DeleteParams::background()).await.unwrap();
    }
}
