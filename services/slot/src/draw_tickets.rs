//! Where the tickets of draws come from: the authority itself, or identity, which another body
//! runs.

mod identity;

use schemars::JsonSchema;
use serde::Deserialize;
use settings::Secret;
use url::Url;

pub use identity::IdentityTickets;

/// Who gives the tickets of draws.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum TicketSettings {
    /// The authority itself, as identity is run by the same body: ghosts are not excluded, and each
    /// draw says so.
    #[default]
    Own,
    /// Identity, which another body runs: the authority cannot enter people who do not exist.
    Identity {
        /// Where identity is reached.
        #[schemars(schema_with = "settings::schema::url")]
        url: Url,
        /// Our id there: a client with the scope `draws:announce` for this authority alone.
        client: String,
        /// Its secret.
        secret: Secret,
    },
}
