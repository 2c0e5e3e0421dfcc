//! What only this service can compute.

use std::fmt::Display;

use aws_lc_rs::{
    cipher::{AES_128, DecryptingKey, DecryptionContext, EncryptingKey, UnboundCipherKey},
    digest, hmac,
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ids::{AuthorityId, CaseCode, ClientId, DoubtId, PersonId, Pseudonym, SessionId, StaffId};
use messaging::{SealError, SealingKey};
use tlog::{InvalidKey, KeyKind, SigningKey};

use crate::{
    person::fingerprint::Fingerprint,
    settings::{Keys, ProviderId},
};

/// Keys derived from the settings, one for each purpose.
#[derive(Debug)]
pub(crate) struct Secrets {
    pub(crate) fingerprints: hmac::Key,
    pseudonyms: hmac::Key,
    login_keys: hmac::Key,
    staff: hmac::Key,
    email_codes: hmac::Key,
    sessions: hmac::Key,
    proposals: hmac::Key,
    ticket_holders: hmac::Key,
    tickets: hmac::Key,
    /// Seals personal data in the database.
    pub(crate) data: SealingKey,
    /// Seals contact data for the notification service.
    pub(crate) contact: SealingKey,
}

impl Secrets {
    pub(crate) fn derive(keys: &Keys) -> Result<Self, SealError> {
        let root = STANDARD.decode(keys.person.expose().trim()).map_err(|_| SealError::Key)?;
        if root.len() != 32 {
            return Err(SealError::Key);
        }
        let root = hmac::Key::new(hmac::HMAC_SHA256, &root);
        let purpose = |label: &str| {
            let derived = hmac::sign(&root, label.as_bytes());
            hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref())
        };
        Ok(Self {
            fingerprints: purpose("fingerprint v1"),
            pseudonyms: purpose("pseudonym v1"),
            login_keys: purpose("login key v1"),
            staff: purpose("staff v1"),
            email_codes: purpose("e-mail code v1"),
            sessions: purpose("session v1"),
            proposals: purpose("proposal v1"),
            ticket_holders: purpose("ticket holder v1"),
            tickets: purpose("tickets v1"),
            data: SealingKey::from_base64(keys.data.expose())?,
            contact: SealingKey::from_base64(keys.contact.expose())?,
        })
    }

    /// How `authority` knows `person`.
    pub(crate) fn pseudonym(&self, authority: &AuthorityId, person: PersonId) -> Pseudonym {
        Pseudonym::from_bits(self.pairwise(&format!("authority/{authority}/{person}")))
    }

    /// The id of a doubt at `authority`, made from one of the persons concerned.
    pub(crate) fn doubt(&self, authority: &AuthorityId, about: PersonId) -> DoubtId {
        DoubtId::from_bits(self.pairwise(&format!("doubt/{authority}/{about}")))
    }

    /// The pseudonym of a caller at `authority`, made of the fingerprint of what they said. No person is stored
    /// for it: the same words are the same caller.
    pub(crate) fn caller(&self, authority: &AuthorityId, said: &Fingerprint) -> Pseudonym {
        Pseudonym::from_bits(self.pairwise(&format!("caller/{authority}/{}", said.as_str())))
    }

    /// The pairwise identifier of `subject` at `client` (OpenID Connect Core section 8.1).
    pub(crate) fn client_subject(&self, client: &ClientId, subject: &str) -> Pseudonym {
        Pseudonym::from_bits(self.pairwise(&format!("client/{client}/{subject}")))
    }

    /// The pseudonym at `authority` of the staff account with this keyed hash.
    pub(crate) fn staff_id(&self, authority: &AuthorityId, account: &str) -> StaffId {
        StaffId::from_bits(first_128_bits(&self.staff, &format!("{authority}/{account}")))
    }

    /// The id under which the member of staff `reader` finds what stands in `case`: another one for each
    /// reader and each change, so that naming it proves having read it.
    pub(crate) fn proposal(&self, reader: &str, case: CaseCode, state: &str) -> String {
        format!("{:032x}", first_128_bits(&self.proposals, &format!("{reader}/{case}/{state}")))
    }

    /// An account's or card's name in the database: useless elsewhere.
    pub(crate) fn login_key(&self, provider: &ProviderId, key: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.login_keys, format!("{provider}/{key}").as_bytes()))
    }

    /// What the database keeps of the code that proves a person's address. Six digits are guessed
    /// from a plain hash; not from this.
    pub(crate) fn email_code(&self, person: PersonId, code: &str) -> String {
        let text = format!("{person}/{code}");
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.email_codes, text.as_bytes()))
    }

    /// What the database calls a person who has a ticket for a draw.
    pub(crate) fn ticket_holder(&self, draw: &impl Display, person: PersonId) -> String {
        let text = format!("{draw}/{person}");
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.ticket_holders, text.as_bytes()))
    }

    /// The key that signs tickets for draws, under the name `<issuer without scheme>/tickets`.
    pub(crate) fn ticket_key(&self, issuer: &str) -> Result<SigningKey, InvalidKey> {
        let host = issuer.split_once("://").map_or(issuer, |(_, host)| host);
        let mut seed = [0; 32];
        seed.copy_from_slice(hmac::sign(&self.tickets, b"signing key").as_ref());
        SigningKey::from_seed(&format!("{host}/tickets"), KeyKind::Note, &seed)
    }

    /// What tokens for `audience` call a session. Each audience gets another id, else two authorities
    /// would recognise the same person by it. One block of AES under a key of the audience: a
    /// permutation, so that [`session_of`](Self::session_of) finds the way back.
    ///
    /// # Panics
    /// Never: an id is one block.
    pub(crate) fn session_for(&self, audience: &str, session: SessionId) -> SessionId {
        let mut block = session.to_bits().to_be_bytes();
        let key = EncryptingKey::ecb(self.session_key(audience)).expect("AES has this mode");
        key.encrypt(&mut block).expect("one block");
        SessionId::from_bits(u128::from_be_bytes(block))
    }

    /// The session that tokens for `audience` call so.
    ///
    /// # Panics
    /// Never: an id is one block.
    pub(crate) fn session_of(&self, audience: &str, called: SessionId) -> SessionId {
        let mut block = called.to_bits().to_be_bytes();
        let key = DecryptingKey::ecb(self.session_key(audience)).expect("AES has this mode");
        key.decrypt(&mut block, DecryptionContext::None).expect("one block");
        SessionId::from_bits(u128::from_be_bytes(block))
    }

    fn session_key(&self, audience: &str) -> UnboundCipherKey {
        let key = first_128_bits(&self.sessions, audience).to_be_bytes();
        UnboundCipherKey::new(&AES_128, &key).expect("16 bytes are a key")
    }

    fn pairwise(&self, text: &str) -> u128 {
        first_128_bits(&self.pseudonyms, text)
    }
}

fn first_128_bits(key: &hmac::Key, text: &str) -> u128 {
    let tag = hmac::sign(key, text.as_bytes());
    let mut bits = [0; 16];
    bits.copy_from_slice(&tag.as_ref()[..16]);
    u128::from_be_bytes(bits)
}

/// A secret that a browser or client carries; the database holds only its hash.
#[derive(Clone)]
pub(crate) struct Opaque(String);

impl Opaque {
    pub(crate) fn mint(entropy: &dyn ambient::Entropy) -> Self {
        Self(URL_SAFE_NO_PAD.encode(entropy.bytes::<32>()))
    }

    /// Takes what a caller sent, whatever it is.
    pub(crate) fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the database knows it by.
    pub(crate) fn hash(&self) -> String {
        URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, self.0.as_bytes()))
    }
}
