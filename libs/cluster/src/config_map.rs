//! Following one text of a ConfigMap.
//!
//! The chart writes the catalogue into a ConfigMap; `helm upgrade` changes it under a running
//! service. A mounted file would do too, but the kubelet refreshes it only after a minute or more;
//! a watch tells within seconds and names the version.
//!
//! A watch is a list and then its changes (Kubernetes, "Efficient detection of changes"); `kube`'s
//! watcher starts anew when it ends. What we add is: one object, one key, and only what is really
//! new.

use std::time::Duration;

use futures_util::{Stream, StreamExt, stream::BoxStream};
use k8s_openapi::api::core::v1::{ConfigMap, ObjectReference};
use kube::{
    Api, Resource,
    runtime::{
        WatchStreamExt,
        watcher::{self, Event, watcher},
    },
};

use crate::Cluster;

/// After this time the watch is opened again, in case the connection died silently. So a change
/// arrives a minute late at worst.
const WATCH_TIMEOUT: Duration = Duration::from_secs(60);

/// The text as it is now.
#[derive(Debug, Clone)]
pub struct WatchedText {
    /// The text, unchecked: whether it is a catalogue its reader decides.
    pub text: String,
    /// The version of the ConfigMap that it is from, to say in reports about it.
    pub source: ObjectReference,
}

/// Follows the text under one key of one ConfigMap. Reconnects for ever, with growing pauses while
/// the API server is away. Needs the verbs `get`, `list` and `watch` on that ConfigMap.
///
/// Dropping it ends the watch.
pub struct ConfigMapWatch {
    texts: BoxStream<'static, WatchedText>,
}

impl std::fmt::Debug for ConfigMapWatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ConfigMapWatch")
    }
}

impl Cluster {
    /// Watches the text under `key` of the ConfigMap `name`.
    ///
    /// Asks for nothing until [`next`](ConfigMapWatch::next) is polled. A missing ConfigMap is no
    /// error: it may come.
    #[must_use]
    pub fn watch(&self, name: &str, key: &str) -> ConfigMapWatch {
        ConfigMapWatch::new(self, name, key)
    }
}

impl ConfigMapWatch {
    fn new(cluster: &Cluster, name: &str, key: &str) -> Self {
        let api = Api::<ConfigMap>::namespaced(cluster.client.clone(), &cluster.namespace);
        let config = watcher::Config::default()
            .fields(&format!("metadata.name={name}"))
            .timeout(u32::try_from(WATCH_TIMEOUT.as_secs()).unwrap_or(u32::MAX));
        let events = watcher(api, config).default_backoff();
        Self { texts: texts(events, name.to_owned(), key.to_owned()).boxed() }
    }

    /// The text, first as it is, then after each change of it. While the ConfigMap or the key is
    /// missing, there is nothing: what was there before stays valid.
    ///
    /// Cancel-safe: it may stand in a `select!`. The first one may take as long as the API server
    /// is away, so start with what is stored.
    pub async fn next(&mut self) -> WatchedText {
        match self.texts.next().await {
            Some(found) => found,
            // The stream is endless; a bug there must not become a busy loop here.
            None => std::future::pending().await,
        }
    }
}

/// Compares with the last text and not with the version, as versions change with each label.
/// Deletion and a missing key keep what was there: an admin's slip must not close an office.
fn texts(
    events: impl Stream<Item = Result<Event<ConfigMap>, watcher::Error>> + Send,
    name: String,
    key: String,
) -> impl Stream<Item = WatchedText> + Send {
    let mut last = None;
    let mut connected = true;
    events.filter_map(move |event| {
        if connected != event.is_ok() {
            connected = event.is_ok();
            tracing::info!(config_map = name, connected, "watch of the ConfigMap");
        }
        let found = match event {
            Ok(Event::Apply(map) | Event::InitApply(map)) => read(map, &name, &key),
            Ok(Event::Delete(_)) => {
                tracing::warn!(
                    config_map = name,
                    "the ConfigMap was deleted; its last text stays in force"
                );
                None
            }
            Ok(Event::Init | Event::InitDone) => None,
            Err(error) => {
                tracing::debug!(config_map = name, %error, "watch of the ConfigMap failed");
                None
            }
        };
        // Labels change and watches start again: only a new text is news.
        let found = found.filter(|found| last.as_ref() != Some(&found.text));
        if let Some(found) = &found {
            last = Some(found.text.clone());
        }
        std::future::ready(found)
    })
}

/// The text with the reference of the object that it was read from.
fn read(mut map: ConfigMap, name: &str, key: &str) -> Option<WatchedText> {
    let source = map.object_ref(&());
    let text = map.data.as_mut().and_then(|data| data.remove(key));
    if text.is_none() {
        tracing::warn!(
            config_map = name,
            key,
            "the ConfigMap lacks the key; the last text stays in force"
        );
    }
    Some(WatchedText { text: text?, source })
}

#[cfg(test)]
mod tests {
    use std::pin::pin;

    use futures_util::stream;
    use serde_json::json;

    use super::*;

    fn map(text: &str, label: &str) -> ConfigMap {
        serde_json::from_value(json!({
            "metadata": {"name": "m", "namespace": "n", "uid": "u", "labels": {"l": label}},
            "data": {"k": text}
        }))
        .unwrap()
    }

    #[tokio::test]
    async fn only_a_new_text_is_news() {
        let mut empty = map("", "");
        empty.data = None;
        let events = stream::iter([
            Ok(Event::Init),
            Ok(Event::InitApply(map("one", "a"))),
            Ok(Event::InitDone),
            Ok(Event::Apply(map("one", "b"))),
            Err(watcher::Error::NoResourceVersion),
            Ok(Event::InitApply(map("one", "b"))),
            Ok(Event::Apply(map("two", "b"))),
            Ok(Event::Delete(map("two", "b"))),
            Ok(Event::Apply(empty)),
            Ok(Event::Apply(map("one", "c"))),
        ]);
        let mut found = pin!(texts(events, "m".into(), "k".into()));
        let mut seen = Vec::new();
        while let Some(one) = found.next().await {
            assert_eq!(one.source.uid.as_deref(), Some("u"));
            seen.push(one.text);
        }
        assert_eq!(seen, ["one", "two", "one"]);
    }
}
