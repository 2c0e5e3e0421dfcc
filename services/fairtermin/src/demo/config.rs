//! The settings of every service of the demo, as an operator would write them.

use std::collections::BTreeMap;

use identity::simulator::staff;
use ids::AuthorityId;
use serde_json::{Map, Value, json};

use super::{
    engines::Engines,
    keys::Keys,
    offer,
    places::{Places, url},
};
use crate::tour;

/// Everything that the settings are made from.
pub struct Blueprint<'a> {
    pub places: &'a Places,
    pub engines: &'a Engines,
    pub keys: &'a Keys,
    /// Programs besides the portal and the tour.
    pub clients: &'a [Value],
    /// Whether the slot services count no one's requests.
    pub unlimited: bool,
    /// Whether there are few desks and a waiting list.
    pub is_scarce: bool,
    /// The witnesses of each public log; of none that is missing.
    pub witnesses: &'a BTreeMap<AuthorityId, Vec<Value>>,
}

/// In the place of the public beacon; everybody may know it.
const SECOND_SEED: &str = "the second seed of the demonstration, which everybody may know";

impl Blueprint<'_> {
    pub fn slot(&self, authority: &AuthorityId, preset: &str, port: u16) -> Value {
        let mut slot = json!({
            "http": self.served(port),
            "database": self.engines.database(authority.as_str()),
            "bus": self.engines.bus(),
            "catalogue": { "text": offer::catalogue(authority, preset, self.is_scarce) },
            "identity": {
                "issuer": origin(self.places.identity),
                "jwks_url": format!("{}/jwks", origin(self.places.identity)),
            },
            "holds": self.engines.holds(),
            "hold_token": key(&self.keys.hold_token),
            "person_data": key(&self.keys.slot_data),
            "manage_url": format!("{}/de/appointments", origin(self.places.portal)),
            // No network is needed; what it stands in for, the result says.
            "beacon": { "fixed": { "name": "Demonstration", "seed": secret(SECOND_SEED) } },
        });
        if let Some(witnesses) = self.witnesses.get(authority) {
            slot["log"] = json!({ "witnesses": witnesses });
        }
        if self.unlimited {
            slot["limits"] = json!({ "agency_per_minute": null, "person_per_minute": null });
        }
        slot
    }

    pub fn identity(&self) -> Value {
        let portal = origin(self.places.portal);
        let mut identity = json!({
            "http": self.served(self.places.identity),
            "database": self.engines.database("identity"),
            "bus": self.engines.bus(),
            "keys": {
                "person": secret(&self.keys.person),
                "data": secret(&self.keys.identity_data),
                "contact": secret(&self.keys.contact),
                "signing": [secret(&self.keys.signing)],
            },
            "authorities": self.authorities("url"),
            "providers": [self.bundid(), self.eid(), self.staff()],
            "clients": [
                {
                    "id": "portal",
                    "secret": secret(&self.keys.portal_secret),
                    "scopes": ["bookings", "desk"],
                    "redirect_uris": [format!("{portal}/login/callback")],
                    "post_logout_redirect_uris": [format!("{portal}/")],
                },
                {
                    "id": tour::CLIENT_ID,
                    "secret": secret(&self.keys.tour_secret),
                    "scopes": ["bookings"],
                    "redirect_uris": [tour::REDIRECT_URI],
                },
            ],
        });
        let clients = identity["clients"].as_array_mut().expect("a list, see above");
        clients.extend_from_slice(self.clients);
        identity
    }

    fn bundid(&self) -> Value {
        json!({
            "id": "bundid",
            "name": { "de": "BundID", "en": "BundID", "tr": "BundID", "uk": "BundID", "ar": "BundID" },
            "hint": {
                "de": "Mit Online-Ausweis, ELSTER oder Benutzername (Simulation)",
                "de-easy": "Mit Online-Ausweis, ELSTER oder Pass·wort (zum Ausprobieren)",
                "en": "With online ID card, ELSTER or user name (simulation)",
                "tr": "Çevrim içi kimlik, ELSTER veya kullanıcı adı ile (tanıtım)",
                "uk": "З онлайн-посвідченням, ELSTER або іменем користувача (демонстрація)",
                "ar": "بالهوية الإلكترونية أو ELSTER أو اسم المستخدم (عرض تجريبي)",
            },
            "issuer": origin(self.places.bundid),
            "client_id": "fairtermin-identity",
            "client_secret": secret(&self.keys.bundid_secret),
            "profile": "bund-id",
        })
    }

    fn eid(&self) -> Value {
        json!({
            "id": "eid",
            "name": {
                "de": "Online-Ausweis",
                "en": "Online ID card",
                "tr": "Çevrim içi kimlik (Online-Ausweis)",
                "uk": "Онлайн-посвідчення (Online-Ausweis)",
                "ar": "الهوية الإلكترونية (Online-Ausweis)",
            },
            "hint": {
                "de": "Direkt mit der Karte, ohne Konto (Simulation)",
                "de-easy": "Nur mit Ihrer Karte (zum Ausprobieren)",
                "en": "Directly with the card, without an account (simulation)",
                "tr": "Doğrudan kartla, hesap gerekmez (tanıtım)",
                "uk": "Безпосередньо з карткою, без облікового запису (демонстрація)",
                "ar": "بالبطاقة مباشرة، دون حساب (عرض تجريبي)",
            },
            "issuer": origin(self.places.eid),
            "client_id": "fairtermin-identity",
            "client_secret": secret(&self.keys.eid_secret),
            "profile": "e-id",
        })
    }

    /// Where staff log in: each member's group grants their role at all places of their authority.
    fn staff(&self) -> Value {
        let grants: Map<String, Value> = staff()
            .iter()
            .map(|member| {
                let grant = json!([{ "authority": member.authority, "role": member.role, "locations": ["*"] }]);
                (member.id.to_owned(), grant)
            })
            .collect();
        json!({
            "id": "staff",
            "name": { "de": "Für Beschäftigte", "en": "For staff" },
            "hint": { "de": "Dienstkonto (Simulation)", "en": "Work account (simulation)" },
            "issuer": origin(self.places.staff),
            "client_id": "fairtermin-identity",
            "client_secret": secret(&self.keys.staff_secret),
            "staff": { "grants": grants },
        })
    }

    /// Each authority with the address of its API, in a member called `address`.
    fn authorities(&self, address: &str) -> Vec<Value> {
        let authorities = self.places.authorities();
        authorities.map(|(id, _, port)| json!({ "id": id, address: url(port) })).collect()
    }

    /// The providers that are played.
    pub fn simulators(&self) -> Vec<Value> {
        let play = |plays: &str, port: u16, key: &str| json!({ "plays": plays, "listen": self.places.address(port), "client_secret": secret(key) });
        vec![
            play("bundid", self.places.bundid, &self.keys.bundid_secret),
            play("eid", self.places.eid, &self.keys.eid_secret),
            play("staff", self.places.staff, &self.keys.staff_secret),
        ]
    }

    /// One thread is plenty for one visitor, and keeps the demo small.
    fn served(&self, port: u16) -> Value {
        let address = self.places.address(port);
        json!({ "listen": address, "public_url": origin(port), "workers": 1 })
    }

    pub fn notification(&self) -> Value {
        json!({
            "http": self.served(self.places.notification),
            "database": self.engines.database("notification"),
            "bus": self.engines.bus(),
            "mail": { "from": "Terminservice Berlin <termine@example.org>", "mailbox": true },
            "contact_seal": key(&self.keys.contact),
            "person_data": key(&self.keys.notification_data),
            "webhooks": {
                "authorities": self.places.authorities().map(|(id, ..)| id).collect::<Vec<_>>(),
                "identity": {
                    "issuer": origin(self.places.identity),
                    "jwks_url": format!("{}/jwks", origin(self.places.identity)),
                },
                // In a demo the receiver runs on the same machine.
                "allow_private_addresses": true,
            },
        })
    }

    pub fn portal(&self) -> Value {
        json!({
            "http": self.served(self.places.portal),
            "identity": {
                "issuer": origin(self.places.identity),
                "client_secret": secret(&self.keys.portal_secret),
            },
            "authorities": self.authorities("base_url"),
            "session_key": secret(&self.keys.portal_session),
            "demonstration": true,
            "mailbox_url": format!("{}/mailbox", origin(self.places.notification)),
        })
    }
}

/// The address of a port, as tokens and settings name it.
pub fn origin(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn secret(text: &str) -> Value {
    json!({ "value": text })
}

fn key(text: &str) -> Value {
    json!({ "key": secret(text) })
}
