//! Within version 1 of the APIs only additions are made: a word that this client does not know yet
//! is no mistake.
//!
//! An unknown status in a list of bookings must not hide the whole list. Where a word decides
//! something, the caller handles `None`, for example by offering no action.

use std::borrow::Cow;

use serde::{
    Deserialize, Deserializer,
    de::{IntoDeserializer, value::StrDeserializer},
};

/// Reads a word; `None` if this client does not know it. For `#[serde(deserialize_with)]`.
pub(crate) fn known<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let word = Cow::<'_, str>::deserialize(deserializer)?;
    let word: StrDeserializer<'_, serde::de::value::Error> = word.as_ref().into_deserializer();
    Ok(T::deserialize(word).ok())
}
