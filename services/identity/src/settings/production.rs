//! What is for tests only does not start in production.

use service::travels_in_the_clear;

use super::{Settings, SettingsMistake};

impl Settings {
    /// Finds the first address at which people or secrets would travel in the clear: see
    /// [`travels_in_the_clear`].
    ///
    /// # Errors
    /// That address.
    pub fn check_production(&self) -> Result<(), SettingsMistake> {
        let addresses = [("http.public_url".to_owned(), self.http.public_url.as_ref())]
            .into_iter()
            .chain(self.providers.iter().map(|provider| {
                (format!("providers.{}.issuer", provider.id), Some(&provider.issuer))
            }))
            .chain(self.authorities.iter().filter_map(|authority| {
                let url = authority.url.as_ref()?;
                Some((format!("authorities.{}.url", authority.id), Some(url)))
            }))
            .chain(self.clients.iter().flat_map(|client| {
                let all = client.redirect_uris.iter().chain(&client.post_logout_redirect_uris);
                all.map(|url| (format!("clients.{}", client.id), Some(url)))
            }));
        for (path, url) in addresses {
            let Some(url) = url else {
                let reason = "give the https address at which browsers reach this service";
                return Err(SettingsMistake { path, reason });
            };
            if travels_in_the_clear(url) {
                let reason = "plain http is for tests only; use https";
                return Err(SettingsMistake { path, reason });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_http_is_refused_wherever_it_stands() {
        let key = json!({ "value": "k" });
        let right = json!({
            "http": {"listen": "0.0.0.0:8080", "public_url": "https://id.example.org"},
            "database": {"url": key.clone()},
            "keys": {"person": key.clone(), "data": key.clone(), "contact": key.clone()},
            "authorities": [{"id": "lea", "url": "https://lea.example.org"}],
            "providers": [{
                "id": "bundid", "name": {"de": "BundID"}, "issuer": "https://bundid.example.org",
                "client_id": "c", "client_secret": key.clone(),
            }],
            "clients": [{
                "id": "portal", "secret": key,
                "redirect_uris": ["https://termin.example.org/", "http://127.0.0.1:8000/"],
            }],
        });
        let check = |pointer: &str, url: serde_json::Value| {
            let mut settings = right.clone();
            *settings.pointer_mut(pointer).unwrap() = url;
            serde_json::from_value::<Settings>(settings).unwrap().check_production()
        };
        assert_eq!(check("/http/public_url", json!("https://id.example.org")), Ok(()));
        for pointer in [
            "/http/public_url",
            "/authorities/0/url",
            "/providers/0/issuer",
            "/clients/0/redirect_uris/0",
        ] {
            let mistake = check(pointer, json!("http://id.example.org")).unwrap_err();
            assert!(mistake.reason.contains("use https"), "{mistake}");
        }
        assert!(check("/http/public_url", json!(null)).is_err(), "it would be plain http");
    }
}
