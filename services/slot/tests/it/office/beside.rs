//! A second process of the same authority.

use std::{net::TcpListener, sync::Arc};

use telemetry::Shutdown;

use super::{Office, TestClock};

impl Office {
    /// Another process with the same settings on the same database.
    pub async fn beside(&self) -> Self {
        self.beside_with(self.clock.clone()).await
    }

    /// The same with another clock.
    pub async fn beside_with(&self, clock: TestClock) -> Self {
        let mut second = Self {
            authority: self.authority.clone(),
            clock,
            began: self.began,
            database_url: self.database_url.clone(),
            bus: self.bus.clone(),
            settings: self.settings.clone(),
            http: self.http.clone(),
            base: String::new(),
            metrics: String::new(),
            key: Arc::clone(&self.key),
            shutdown: Shutdown::new(),
            running: None,
            _files: Arc::clone(&self._files),
        };
        second.restart().await;
        second
    }

    /// Identity comes up, and its keys are served there from now on.
    pub fn identity_comes_up(&self, listener: TcpListener) {
        super::issuer::serve_keys_at(listener, &self.key);
    }

    /// One of the numbers for Prometheus.
    pub async fn number(&self, name: &str) -> i64 {
        let text = self.http.get(&self.metrics).send().await.unwrap().text().await.unwrap();
        let start = format!("fairtermin_{name} ");
        let line = text.lines().find_map(|line| line.strip_prefix(&start));
        line.unwrap_or_else(|| panic!("no {name} in\n{text}")).parse().unwrap()
    }
}
