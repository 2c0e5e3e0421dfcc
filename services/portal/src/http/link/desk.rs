//! Addresses of the pages of staff.

use client::Booking;
use ids::{
    AssignedDateId, AuthorityId, BookingCode, BookingId, DrawId, EntryId, LocationId, ServiceId,
    WaitingId,
};
use url::form_urlencoded::{self, Serializer};

use super::Links;
use crate::{http::desk::CameFrom, text::Language};

/// The authority of whose front desk `path` is a page.
pub(crate) fn desk_of(path: &str) -> Option<AuthorityId> {
    let page = path.split(['?', '#']).next()?;
    let mut parts = page.split('/').skip(2);
    let authority = parts.next()?.parse().ok()?;
    (parts.next() == Some("desk")).then_some(authority)
}

/// The query of a page that asks about a visit first: its number, and the query of the list that led there.
fn asked_from(booking: &Booking, query: &str) -> String {
    let mut fields = Serializer::new(String::new());
    fields.append_pair("code", &booking.code.to_string()).append_pair("query", query);
    fields.finish()
}

/// The place of the list with this query.
fn place_of(query: &str) -> Option<LocationId> {
    field_of(query, "location")?.parse().ok()
}

fn field_of(query: &str, name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(query.as_bytes());
    fields.find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// The page of what staff booked a moment ago.
pub(crate) struct BookedLink {
    pub(crate) booking: BookingId,
    /// By it the desk finds the appointment later.
    pub(crate) code: BookingCode,
    /// Of the part that the person takes home; `None`: that of the page.
    pub(crate) language: Option<Language>,
    pub(crate) came_from: CameFrom,
}

impl Links {
    /// The front desk of an authority.
    pub(crate) fn desk(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/desk", self.0)
    }

    /// Where staff book for a person.
    pub(crate) fn book_at_desk(self, authority: &AuthorityId) -> String {
        format!("{}/book", self.desk(authority))
    }

    /// What staff booked a moment ago.
    pub(crate) fn booked_at_desk(self, authority: &AuthorityId, booked: &BookedLink) -> String {
        let mut fields = Serializer::new(String::new());
        fields.append_pair("code", &booked.code.to_string());
        if let Some(language) = booked.language {
            fields.append_pair("language", language.tag());
        }
        if let Some((name, place)) = booked.came_from.field() {
            fields.append_pair(name, place.as_str());
        }
        format!("{}/{}/booked?{}", self.desk(authority), booked.booking, fields.finish())
    }

    /// Where staff are asked before a person is noted as not having come. `query` is that of the list.
    pub(crate) fn ask_missed(
        self,
        authority: &AuthorityId,
        booking: &Booking,
        query: &str,
    ) -> String {
        format!("{}/{}/missed?{}", self.desk(authority), booking.id, asked_from(booking, query))
    }

    /// Where staff are asked before they cancel an appointment. `query` is that of the list.
    pub(crate) fn ask_cancel(
        self,
        authority: &AuthorityId,
        booking: &Booking,
        query: &str,
    ) -> String {
        format!("{}/{}/cancel?{}", self.desk(authority), booking.id, asked_from(booking, query))
    }

    /// The front desk with the appointment of this number.
    pub(crate) fn visit_at_desk(self, authority: &AuthorityId, code: BookingCode) -> String {
        format!("{}?code={code}", self.desk(authority))
    }

    /// The same, in which the place of the list with this `query` stays chosen.
    pub(crate) fn visit_in_list(
        self,
        authority: &AuthorityId,
        code: BookingCode,
        query: &str,
    ) -> String {
        let visit = self.visit_at_desk(authority, code);
        match place_of(query) {
            Some(place) => format!("{visit}&location={place}"),
            None => visit,
        }
    }

    /// The front desk with the day of a place.
    pub(crate) fn day_at_desk(self, authority: &AuthorityId, place: &LocationId) -> String {
        format!("{}?location={place}", self.desk(authority))
    }

    /// The front desk as it led to the page of it at `here`: with the day of its place, if the address says which.
    pub(crate) fn desk_behind(self, authority: &AuthorityId, here: &str) -> String {
        let query = here.split_once('?').map_or("", |(_, query)| query);
        let query = query.split('#').next().unwrap_or_default();
        let list = || place_of(&field_of(query, "query")?);
        match place_of(query).or_else(list) {
            Some(place) => self.day_at_desk(authority, &place),
            None => self.desk(authority),
        }
    }

    /// Where staff agree to what a colleague wants to do.
    pub(crate) fn desk_cases(self, authority: &AuthorityId) -> String {
        format!("{}/cases", self.desk(authority))
    }

    /// Whom a place has to phone.
    pub(crate) fn desk_calls(self, authority: &AuthorityId) -> String {
        format!("{}/calls", self.desk(authority))
    }

    /// The same of one place.
    pub(crate) fn calls_of_place(self, authority: &AuthorityId, place: &LocationId) -> String {
        format!("{}?location={place}", self.desk_calls(authority))
    }

    /// Where staff give a date to an application on file.
    pub(crate) fn give_date(self, authority: &AuthorityId) -> String {
        format!("{}/assigned-dates", self.desk(authority))
    }

    /// The dates that wait for an answer, on the same page.
    pub(crate) fn open_dates(self, authority: &AuthorityId) -> String {
        format!("{}#open-dates", self.give_date(authority))
    }

    /// Those of one place.
    pub(crate) fn open_dates_of_place(self, authority: &AuthorityId, place: &LocationId) -> String {
        format!("{}?place={place}#open-dates", self.give_date(authority))
    }

    /// Where staff accept a date for its person, which stands in the list of this place.
    pub(crate) fn accept_date_at_desk(
        self,
        authority: &AuthorityId,
        date: &AssignedDateId,
        place: &LocationId,
    ) -> String {
        format!("{}/{date}/accept?place={place}", self.give_date(authority))
    }

    /// Where staff take a date back, which stands in the list of this place.
    pub(crate) fn take_date_back(
        self,
        authority: &AuthorityId,
        date: &AssignedDateId,
        place: &LocationId,
    ) -> String {
        format!("{}/{date}/withdraw?place={place}", self.give_date(authority))
    }

    /// Where staff take a person out of a waiting list.
    pub(crate) fn leave_list_at_desk(self, authority: &AuthorityId) -> String {
        format!("{}/waiting-list/leave", self.desk(authority))
    }

    /// The same with the number of the place filled in.
    pub(crate) fn leave_place_at_desk(self, authority: &AuthorityId, place: &WaitingId) -> String {
        format!("{}?place={place}", self.leave_list_at_desk(authority))
    }

    /// Where staff take a person without online ID out of a draw.
    pub(crate) fn leave_draw_at_desk(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/leave", self.enter_at_desk(authority, draw))
    }

    /// Where staff enter a person without online ID into a draw.
    pub(crate) fn enter_at_desk(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/draws/{draw}", self.desk(authority))
    }

    /// Where staff look up an entry in a draw by its number.
    pub(crate) fn find_entry(self, authority: &AuthorityId) -> String {
        format!("{}/draw-entries", self.desk(authority))
    }

    /// Where staff decline a drawn seat for a winner whom this place phones.
    pub(crate) fn decline_drawn(
        self,
        authority: &AuthorityId,
        draw: &DrawId,
        entry: &EntryId,
        place: &LocationId,
    ) -> String {
        let draw = self.enter_at_desk(authority, draw);
        format!("{draw}/entries/{entry}/decline?location={place}")
    }

    /// Where staff are asked before they note that a winner whom this place phones knows it.
    pub(crate) fn ask_told(
        self,
        authority: &AuthorityId,
        draw: &DrawId,
        entry: &EntryId,
        place: &LocationId,
    ) -> String {
        let draw = self.enter_at_desk(authority, draw);
        format!("{draw}/entries/{entry}/told?location={place}")
    }

    /// Where staff put a person without online ID into a waiting list.
    pub(crate) fn join_at_desk(self, authority: &AuthorityId, service: &ServiceId) -> String {
        format!("{}/waiting-lists/{service}", self.desk(authority))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_to_the_desk_keeps_the_place() {
        let lea: AuthorityId = "lea".parse().unwrap();
        let back = |here: &str| Links(Language::English).desk_behind(&lea, here);
        for here in [
            "/en/lea/desk?location=mitte",
            "/en/lea/desk/calls?location=mitte",
            "/en/lea/desk/bkg/missed?code=K7QD-3XHM&query=location%3Dmitte",
        ] {
            assert_eq!(back(here), "/en/lea/desk?location=mitte", "{here}");
        }
        for here in ["", "/en/lea/desk/calls?location=", "/en/lea/desk/cases"] {
            assert_eq!(back(here), "/en/lea/desk", "{here}");
        }
    }

    #[test]
    fn the_pages_of_a_desk_are_those_of_its_authority() {
        let desk = |path: &str| desk_of(path).map(|authority| authority.to_string());
        for page in ["/de/lea/desk", "/de/lea/desk?code=K7QD-3XHM", "/de/lea/desk/cases#code"] {
            assert_eq!(desk(page).as_deref(), Some("lea"), "{page}");
        }
        for page in ["/de", "/de/lea", "/de/lea/days?service=desk", "/de/desk", "/de/lea/desks"] {
            assert_eq!(desk(page), None, "{page}");
        }
    }
}
