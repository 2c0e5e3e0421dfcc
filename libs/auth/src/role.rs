//! What a member of staff may do, and where.
//!
//! Roles and locations come from the staff identity provider, and reach an authority in the token
//! alone. A role says *what*, [`Reach`] says *where*; a handler asks for both.

use std::borrow::Cow;

use ids::LocationId;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A role that the staff identity provider gives to a person.
///
/// Ordered for stable lists; the order means no rank, and no role includes another.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Works at a desk: searches bookings, checks people in, books on behalf of people who cannot.
    Clerk,
    /// Sees a location's day as a whole and approves what needs two people.
    Supervisor,
    /// Changes settings.
    Admin,
    /// Reads the audit log.
    Auditor,
    /// Answers requests for export and erasure.
    DataProtection,
}

impl Role {
    /// The roles that act for people at the front desk.
    pub const FRONT_DESK: [Self; 2] = [Self::Clerk, Self::Supervisor];

    /// Its name in claims and on pages.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Supervisor => "supervisor",
            Self::Admin => "admin",
            Self::Auditor => "auditor",
            Self::DataProtection => "data-protection",
        }
    }
}

/// Where a member of staff may act: the `locations` claim, `["*"]` for everywhere.
///
/// The default is nowhere, so a token without the claim reaches nothing. `*` beside names means
/// everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// All locations of the authority.
    Everywhere,
    /// Only these.
    Only(Vec<LocationId>),
}

impl Default for Reach {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}

impl JsonSchema for Reach {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Reach".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "array",
            "items": { "type": "string", "pattern": "^([*]|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)$" },
            "examples": [["*"], ["mitte"]],
        })
    }
}

impl Reach {
    /// Whether `location` is within reach.
    ///
    /// An unknown location is within `Everywhere` too: whether it exists is the catalogue's
    /// question.
    #[must_use]
    pub fn covers(&self, location: &LocationId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Only(locations) => locations.contains(location),
        }
    }

    /// Then the claim is left out of the token.
    pub(crate) fn is_nowhere(&self) -> bool {
        matches!(self, Self::Only(locations) if locations.is_empty())
    }
}

impl Serialize for Reach {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everywhere => ["*"].serialize(serializer),
            Self::Only(locations) => locations.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Reach {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        if names.iter().any(|name| name == "*") {
            return Ok(Self::Everywhere);
        }
        let locations = names.iter().map(|name| name.parse().map_err(D::Error::custom));
        locations.collect::<Result<_, _>>().map(Self::Only)
    }
}
