//! Whoever has a token, at one service: how the service is asked on their behalf.

use reqwest::{Method, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use url::Url;

use crate::{AccessToken, ClientError, Http, http};

/// The service at `base`, asked with `token`.
///
/// A path is given in segments, which are escaped one by one. Every method fails with the service's
/// refusal or an outage.
pub(crate) struct Caller<'a> {
    pub(crate) http: &'a Http,
    pub(crate) base: &'a Url,
    /// The first segment of all paths.
    pub(crate) under: &'static str,
    pub(crate) token: &'a AccessToken,
}

impl Caller<'_> {
    /// Reads what is there.
    pub(crate) async fn read<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ClientError> {
        http::json(self.request(Method::GET, path)).await
    }

    /// Reads what is there and fits `query`.
    pub(crate) async fn read_where<T: DeserializeOwned>(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
    ) -> Result<T, ClientError> {
        http::json(self.request(Method::GET, path).query(query)).await
    }

    /// Does what the path names, and reads what came of it.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, path: &[&str]) -> Result<T, ClientError> {
        http::json(self.request(Method::POST, path)).await
    }

    /// The same with a body.
    pub(crate) async fn ask_with<T: DeserializeOwned>(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        http::json(self.request(Method::POST, path).json(body)).await
    }

    /// The same, safe to repeat with the same `key`.
    pub(crate) async fn ask_once<T: DeserializeOwned>(
        &self,
        path: &[&str],
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        http::json(self.once(path, key).json(body)).await
    }

    /// The same, if what is asked for is not there yet (`If-None-Match: *`, RFC 9110 section 13.1.2).
    pub(crate) async fn ask_newly<T: DeserializeOwned>(
        &self,
        path: &[&str],
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, ClientError> {
        http::json(self.once(path, key).header("If-None-Match", "*").json(body)).await
    }

    /// Does what the path names.
    pub(crate) async fn act(&self, path: &[&str]) -> Result<(), ClientError> {
        http::done(self.request(Method::POST, path)).await
    }

    /// The same with a body.
    pub(crate) async fn act_with(
        &self,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<(), ClientError> {
        http::done(self.request(Method::POST, path).json(body)).await
    }

    /// Removes what is there.
    pub(crate) async fn remove(&self, path: &[&str]) -> Result<(), ClientError> {
        http::done(self.request(Method::DELETE, path)).await
    }

    /// The request of what is done once for each `key`.
    fn once(&self, path: &[&str], key: &str) -> RequestBuilder {
        self.request(Method::POST, path).header("Idempotency-Key", key)
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let address = http::address(self.base, self.under, path);
        self.http.client().request(method, address).bearer_auth(self.token.expose())
    }
}
