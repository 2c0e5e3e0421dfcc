//! The staff of the demo.

use std::collections::BTreeMap;

use auth::{Reach, Role};
use serde_json::{Map, Value, json};

use crate::settings::{Grant, StaffSettings};

/// An invented member of staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffMember {
    /// For addresses and scripts.
    pub id: &'static str,
    /// What the log-in page calls them.
    pub name: &'static str,
    /// Which authority they work for.
    pub authority: &'static str,
    /// What they do there.
    pub role: Role,
}

const fn member(
    id: &'static str,
    name: &'static str,
    authority: &'static str,
    role: Role,
) -> StaffMember {
    StaffMember { id, name, authority, role }
}

/// All staff of the simulated staff provider.
#[must_use]
pub fn staff() -> &'static [StaffMember] {
    const STAFF: &[StaffMember] = &[
        member("lea-clerk", "Charlotte Desk (LEA)", "lea", Role::Clerk),
        member("lea-supervisor", "Samuel Aufsicht (LEA)", "lea", Role::Supervisor),
        member("buergeramt-clerk", "Bora Schalter (Bürgeramt)", "buergeramt", Role::Clerk),
        member(
            "buergeramt-supervisor",
            "Sabine Leitung (Bürgeramt)",
            "buergeramt",
            Role::Supervisor,
        ),
        member("kfz-clerk", "Karl Zulasser (Kfz)", "kfz", Role::Clerk),
        member("kfz-supervisor", "Kim Oberaufsicht (Kfz)", "kfz", Role::Supervisor),
    ];
    STAFF
}

/// What the ID token says besides the standard claims.
pub(super) fn claims(member: &StaffMember) -> Map<String, Value> {
    let claims = json!({ "sub": member.id, "acr": "staff", "groups": [member.id] });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

/// Each member's group grants their role at all locations.
pub(super) fn settings() -> StaffSettings {
    let grants = staff().iter().filter_map(|member| {
        let authority = member.authority.parse().ok()?;
        let grant = Grant { authority, role: member.role, locations: Reach::Everywhere };
        Some((member.id.to_owned(), vec![grant]))
    });
    StaffSettings { groups_claim: "groups".to_owned(), grants: BTreeMap::from_iter(grants) }
}
