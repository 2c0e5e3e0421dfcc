//! A member of an authority's staff.

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use ids::{ClientId, LocationId, SessionId, StaffId};
use problem::{Problem, types};

use super::{Caller, Extracted, extract, wrong_kind};
use crate::{AccessClaims, Reach, Role};

/// A member of this authority's staff.
///
/// Roles and locations are as of the token: a change at the staff's provider counts from the next
/// token on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// The pseudonym of the member of staff at this authority.
    pub id: StaffId,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Where they may do it.
    pub reach: Reach,
    /// The log-in this belongs to.
    pub session: SessionId,
    /// The program they use.
    pub client: ClientId,
}

impl Staff {
    /// Refuses staff without `role`.
    ///
    /// # Errors
    /// The role is missing.
    pub fn require_role(&self, role: Role) -> Result<(), Problem> {
        self.require_one_of(&[role])
    }

    /// Refuses staff who have none of `roles`.
    ///
    /// # Errors
    /// All are missing.
    pub fn require_one_of(&self, roles: &[Role]) -> Result<(), Problem> {
        if roles.iter().any(|role| self.roles.contains(role)) {
            return Ok(());
        }
        Err(Problem::new(&types::FORBIDDEN).detail("This needs a role that you do not have."))
    }

    /// Refuses staff of other locations.
    ///
    /// Call it with the location of the object, not with one from the request.
    ///
    /// # Errors
    /// `location` is out of reach.
    pub fn require_location(&self, location: &LocationId) -> Result<(), Problem> {
        if self.reach.covers(location) {
            return Ok(());
        }
        Err(Problem::new(&types::FORBIDDEN).detail("This is at a location that is not yours."))
    }
}

impl Caller for Staff {
    fn read(claims: &AccessClaims) -> Result<Self, Problem> {
        let id = claims.sub.parse().map_err(|_| wrong_kind("a token of a member of staff"))?;
        let incomplete = || Problem::new(&types::INVALID_TOKEN).detail("A claim is missing.");
        Ok(Self {
            id,
            roles: claims.roles.clone(),
            reach: claims.locations.clone(),
            session: claims.sid.ok_or_else(incomplete)?,
            client: claims.client_id.clone(),
        })
    }
}

impl FromRequest for Staff {
    type Error = Problem;
    type Future = Extracted<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        extract(request)
    }
}
