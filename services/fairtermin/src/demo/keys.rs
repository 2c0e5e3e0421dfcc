//! The demo's secret keys.

use std::{fs, io, path::Path};

use ambient::Entropy;
use auth::SigningKey;
use base64::{
    Engine as _,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use serde::{Deserialize, Serialize};

/// Fresh random keys and client secrets, 32 bytes in base 64 each. Kept beside the databases, which cannot be read
/// without them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Keys {
    pub person: String,
    pub identity_data: String,
    pub contact: String,
    pub notification_data: String,
    pub hold_token: String,
    pub slot_data: String,
    pub portal_session: String,
    pub portal_secret: String,
    pub tour_secret: String,
    pub bundid_secret: String,
    pub eid_secret: String,
    pub staff_secret: String,
    /// The identity service signs with it, and the demo for the invented people. A private JWK.
    #[serde(default)]
    pub signing: String,
    /// The keys with which the authorities witness each other's logs follow from it.
    #[serde(default)]
    pub witnesses: String,
}

impl Keys {
    /// The keys in `folder`, or new ones that are put there.
    pub fn load_or_make(folder: &Path, entropy: &dyn Entropy) -> io::Result<Self> {
        let file = folder.join("demo-keys.json");
        let mut keys: Self = match fs::read_to_string(&file) {
            Ok(text) => serde_json::from_str(&text)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(entropy),
            Err(error) => return Err(error),
        };
        let is_new = keys.signing.is_empty() || keys.witnesses.is_empty();
        // The file of an older demo has no key that signs, or none of witnesses.
        if keys.signing.is_empty() {
            let signing = SigningKey::generate_private_jwk(entropy);
            keys.signing = signing.map_err(io::Error::other)?;
        }
        if keys.witnesses.is_empty() {
            keys.witnesses = BASE64_STANDARD.encode(entropy.bytes::<32>());
        }
        if is_new {
            fs::write(file, serde_json::to_string_pretty(&keys)?)?;
        }
        Ok(keys)
    }

    fn make(entropy: &dyn Entropy) -> Self {
        let key = || BASE64_STANDARD.encode(entropy.bytes::<32>());
        let secret = || BASE64_URL_SAFE_NO_PAD.encode(entropy.bytes::<32>());
        Self {
            person: key(),
            identity_data: key(),
            contact: key(),
            notification_data: key(),
            hold_token: key(),
            slot_data: key(),
            portal_session: key(),
            portal_secret: secret(),
            tour_secret: secret(),
            bundid_secret: secret(),
            eid_secret: secret(),
            staff_secret: secret(),
            signing: String::new(),
            witnesses: String::new(),
        }
    }
}
