//! The slot service of one authority.

mod assigned_dates;
mod availability;
mod bookings;
mod catalogue;
mod clock;
mod desk;
mod desk_booking;
mod desk_calls;
mod desk_cases;
mod desk_seats;
mod draw_calls;
mod draw_documents;
mod draw_entries;
mod draws;
mod entitlements;
mod holds;
mod log;
mod stand_by;
mod statistics;
mod waiting_lists;

use reqwest::{Method, RequestBuilder};
use url::Url;
pub use vocabulary::{BookingStatus, DeskAction, TrustLevel};

pub use assigned_dates::{
    AssignedDate, DateAcceptance, DateAcceptanceAtDesk, DateAtDesk, DateTakenBack, OpenDate,
};
pub use availability::{DayFree, Days, Earliest, FreeSlot, LocationFree, Slots, Visit};
pub use bookings::{
    BookedBy, BookedName, Booking, BookingChange, BookingEvent, Confirmation, GivingUp, OwnBookings,
};
pub use catalogue::{
    Address, Allocation, Authority, Form, FreeCancellations, Group, Location, Names, Online,
    Position, Release, Service, Services, Source, SourcedText,
};
pub use desk::{Attendee, CatalogueState, DeskBooking, RefusedCatalogue, usual_actions};
pub use desk_booking::{ConfirmationAtDesk, HoldAtDesk};
pub use desk_calls::DueCall;
pub use desk_cases::{DeskCase, DeskCaseState, LaterSeat};
pub use desk_seats::{DeskReason, DrawEntryAtDesk, SeatAtDesk, WithdrawalAtDesk};
pub use draw_calls::{EntryAtDesk, UntoldWinner, WinnersCall, WinnersCalls};
pub use draw_documents::{Announced, Beacon, DrawnRow, GivenTickets, Reveal, Round};
pub use draw_entries::{CallMe, DrawEntry, DrawnSeat, EntryRequest, EntryStatus, OwnEnd};
pub use draws::{DeclinedSeats, Draw, DrawProof, DrawStatus, Preference, PublishedDraw};
pub use entitlements::EntitlementClaim;
pub use holds::{GivingUpHold, Hold, HoldRequest};
pub use log::LogCheckpoint;
pub use stand_by::{OfferNotice, StandBy};
pub use statistics::MonthStatistics;
pub use waiting_lists::{
    Answered, MessageOffer, OfferStatus, PlaceInLine, PlaceLost, WaitingAnswer, WaitingEntry,
    WaitingList, WaitingMessage, WaitingOffer, WaitingRequest, WaitingStatus,
};

use crate::{AccessToken, Http, caller::Caller, http};

/// The first segment of all paths.
const VERSION: &str = "v1";

/// The slot service of one authority.
///
/// A method per call of the API, named after what a person does. Each lists the problem codes that
/// its caller should handle; every call can also be refused with `rate-limited`, and every one with
/// a token with `invalid-token`.
#[derive(Debug, Clone)]
pub struct SlotApi {
    http: Http,
    base: Url,
}

impl SlotApi {
    /// The service at `base`, for example `https://termine.example.berlin/lea/`.
    #[must_use]
    pub fn new(http: Http, mut base: Url) -> Self {
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Self { http, base }
    }

    /// Where the service is.
    #[must_use]
    pub fn base(&self) -> &Url {
        &self.base
    }

    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.http.client().request(method, http::address(&self.base, VERSION, path))
    }

    /// For what everybody may read. The parts of the path are escaped.
    fn get(&self, path: &[&str]) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// With a bearer token for this authority, of a person or of a member of staff.
    fn authorised(&self, method: Method, path: &[&str], token: &AccessToken) -> RequestBuilder {
        self.request(method, path).bearer_auth(token.expose())
    }

    /// The service, asked with `token`.
    fn by<'a>(&'a self, token: &'a AccessToken) -> Caller<'a> {
        Caller { http: &self.http, base: &self.base, under: VERSION, token }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_appended_to_the_base_and_escaped() {
        let http = Http::new(crate::Timeouts::default()).unwrap();
        for base in ["http://h/lea", "http://h/lea/"] {
            let api = SlotApi::new(http.clone(), base.parse().unwrap());
            let request = api.get(&["bookings", "a/b ?"]).build().unwrap();
            assert_eq!(request.url().as_str(), "http://h/lea/v1/bookings/a%2Fb%20%3F");
        }
    }
}
