//! What an id of an earlier catalogue is called now.
//!
//! A booking has the ids of the catalogue by which it was made. When a catalogue renames
//! something and says so (`formerly`), the bookings are carried over once, in a transaction;
//! these functions say what to. Chains are not followed: `formerly` lists each earlier name,
//! and validation sees to it that each leads to one.

use ids::{GroupId, LocationId, ServiceId};

use crate::Catalogue;

impl Catalogue {
    /// What the location `id` of an earlier catalogue is called now: as before, or as a location
    /// that states it under `formerly`. `None` if it is gone.
    ///
    /// An id that is still there is never taken for a former one.
    #[must_use]
    pub fn location_now(&self, id: &LocationId) -> Option<&LocationId> {
        let same = self.locations.get_key_value(id).map(|(id, _)| id);
        same.or_else(|| {
            self.locations.iter().find(|(_, l)| l.formerly.contains(id)).map(|(n, _)| n)
        })
    }

    /// What the service `id` of an earlier catalogue is called now, likewise.
    ///
    /// The id that is still there, else the one that states it; `None` if it is gone.
    #[must_use]
    pub fn service_now(&self, id: &ServiceId) -> Option<&ServiceId> {
        let same = self.services.get_key_value(id).map(|(id, _)| id);
        same.or_else(|| self.services.iter().find(|(_, s)| s.formerly.contains(id)).map(|(n, _)| n))
    }

    /// What the group `id` of an earlier catalogue is called now, likewise.
    ///
    /// Says nothing of services that moved to another group: see `formerGroup` and
    /// [`conflicts`](crate::conflicts).
    #[must_use]
    pub fn group_now(&self, id: &GroupId) -> Option<&GroupId> {
        let same = self.groups.get_key_value(id).map(|(id, _)| id);
        same.or_else(|| self.groups.iter().find(|(_, g)| g.formerly.contains(id)).map(|(n, _)| n))
    }
}
