//! Addresses of pages. They are made here and nowhere else.

mod desk;

pub(crate) use desk::{BookedLink, desk_of};

use client::{FreeSlot, TrustLevel};
use ids::{AssignedDateId, AuthorityId, BookingId, DrawId, HoldId, OfferId, ServiceId, WaitingId};
use jiff::civil::Date;
use url::form_urlencoded::Serializer;

use super::{
    part_of_day::ChosenDay,
    search::{ChosenSlot, SearchCriteria, slot_field},
};
use crate::text::Language;

/// A log-in that did not succeed.
pub(crate) struct LoginAgain<'a> {
    pub(crate) back: &'a str,
    pub(crate) level: Option<TrustLevel>,
    pub(crate) is_staff: bool,
    pub(crate) holds: bool,
    pub(crate) ended: Ended,
}

/// How a log-in ended without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// The person broke it off, or the identity service refused it and said why.
    Cancelled,
    /// It took too long, or its answer does not belong to it.
    Expired,
}

impl Ended {
    /// As a value of the address.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// The addresses of one language's pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links(pub(crate) Language);

impl Links {
    pub(crate) fn start(self) -> String {
        format!("/{}", self.0)
    }

    pub(crate) fn about(self) -> String {
        format!("/{}/about", self.0)
    }

    pub(crate) fn days(self, authority: &AuthorityId, criteria: &SearchCriteria) -> String {
        format!("/{}/{authority}/days?{}", self.0, criteria.query().finish())
    }

    /// What a service is for, what to bring, what it costs.
    pub(crate) fn service(self, authority: &AuthorityId, service: &ServiceId) -> String {
        format!("/{}/{authority}/services/{service}", self.0)
    }

    /// The same page without its query, as the target of a form.
    pub(crate) fn days_form(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/days", self.0)
    }

    pub(crate) fn day(
        self,
        authority: &AuthorityId,
        criteria: &SearchCriteria,
        date: Date,
    ) -> String {
        let query = criteria.query().append_pair("date", &date.to_string()).finish();
        format!("/{}/{authority}/day?{query}", self.0)
    }

    /// Another part of the same day's times.
    pub(crate) fn part_of_day(
        self,
        authority: &AuthorityId,
        ChosenDay { criteria, date, part }: &ChosenDay,
    ) -> String {
        let mut query = criteria.query();
        query.append_pair("date", &date.to_string());
        for (name, value) in part.fields() {
            query.append_pair(name, &value);
        }
        format!("/{}/{authority}/day?{}", self.0, query.finish())
    }

    pub(crate) fn choice(
        self,
        authority: &AuthorityId,
        criteria: &SearchCriteria,
        slot: &FreeSlot,
    ) -> String {
        let query =
            criteria.query().append_pair("slot", &slot_field(&slot.location, slot.start)).finish();
        format!("/{}/{authority}/choice?{query}", self.0)
    }

    /// Where people and services of a visit are chosen.
    pub(crate) fn visit(self, authority: &AuthorityId, criteria: &SearchCriteria) -> String {
        format!("/{}/{authority}/visit?{}", self.0, criteria.query().finish())
    }

    /// The same page without its query, as the target of a form.
    pub(crate) fn visit_form(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/visit", self.0)
    }

    pub(crate) fn hold(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/hold", self.0)
    }

    /// The page of a hold.
    pub(crate) fn confirm(self, hold: HoldId) -> String {
        format!("{}?hold={hold}", self.confirm_form())
    }

    /// The same page without its query, as the target of its form.
    pub(crate) fn confirm_form(self) -> String {
        format!("/{}/confirm", self.0)
    }

    pub(crate) fn release(self) -> String {
        format!("/{}/release", self.0)
    }

    pub(crate) fn appointments(self) -> String {
        format!("/{}/appointments", self.0)
    }

    /// What is kept about a person.
    pub(crate) fn my_data(self) -> String {
        format!("/{}/my-data", self.0)
    }

    /// The same as a file.
    pub(crate) fn my_data_file(self) -> String {
        format!("{}/download.json", self.my_data())
    }

    pub(crate) fn appointment(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("/{}/{authority}/appointments/{id}", self.0)
    }

    pub(crate) fn cancel(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/cancel", self.appointment(authority, id))
    }

    /// Where the code is entered that proves an e-mail address.
    pub(crate) fn email(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/email", self.appointment(authority, id))
    }

    /// Where a person says where messages go; it leads back to the page `back`.
    pub(crate) fn address(self, authority: &AuthorityId, back: &str) -> String {
        let query = Serializer::new(String::new()).append_pair("back", back).finish();
        format!("{}?{query}", self.address_form(authority))
    }

    /// The same page without its query.
    pub(crate) fn address_form(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/address", self.0)
    }

    /// Where the code is entered that proves it.
    pub(crate) fn address_code(self, authority: &AuthorityId) -> String {
        format!("{}/code", self.address_form(authority))
    }

    /// The same with where the page with the address leads to.
    pub(crate) fn address_code_of(self, authority: &AuthorityId, back: &str) -> String {
        let query = Serializer::new(String::new()).append_pair("back", back).finish();
        format!("{}?{query}", self.address_code(authority))
    }

    pub(crate) fn calendar(self, authority: &AuthorityId, id: &BookingId) -> String {
        format!("{}/calendar.ics", self.appointment(authority, id))
    }

    /// Where a person proves that an application is on file.
    pub(crate) fn entitlement(self, authority: &AuthorityId, criteria: &SearchCriteria) -> String {
        format!("/{}/{authority}/entitlement?{}", self.0, criteria.query().finish())
    }

    /// The same for who has proven one and enters another number.
    pub(crate) fn other_entitlement(
        self,
        authority: &AuthorityId,
        criteria: &SearchCriteria,
    ) -> String {
        format!("{}&change", self.entitlement(authority, criteria))
    }

    /// The same for a slot that is held as soon as the application is known.
    pub(crate) fn entitlement_for(self, authority: &AuthorityId, chosen: &ChosenSlot) -> String {
        let slot = slot_field(&chosen.location, chosen.start);
        let query = chosen.criteria.query().append_pair("slot", &slot).finish();
        format!("/{}/{authority}/entitlement?{query}", self.0)
    }

    /// What everybody may know of a draw.
    pub(crate) fn draw(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("/{}/{authority}/draws/{draw}", self.0)
    }

    /// Everything that is needed to recompute a draw.
    pub(crate) fn draw_proof(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/proof.json", self.draw(authority, draw))
    }

    /// The newest state of the log in which a draw stands.
    pub(crate) fn log_checkpoint(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/checkpoint", self.draw(authority, draw))
    }

    /// A person's own entry in a draw.
    pub(crate) fn entry(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/entry", self.draw(authority, draw))
    }

    /// Where wishes are stated.
    pub(crate) fn wishes(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/wishes", self.draw(authority, draw))
    }

    pub(crate) fn leave_draw(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/leave", self.draw(authority, draw))
    }

    /// Where a winner who must confirm answers.
    pub(crate) fn drawn_seat(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/seat", self.draw(authority, draw))
    }

    pub(crate) fn decline_drawn_seat(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/decline", self.drawn_seat(authority, draw))
    }

    pub(crate) fn receipt(self, authority: &AuthorityId, draw: &DrawId) -> String {
        format!("{}/receipt.txt", self.draw(authority, draw))
    }

    /// Where a person joins the waiting list of a service, or changes what suits.
    pub(crate) fn join_waiting_list(self, authority: &AuthorityId, service: &ServiceId) -> String {
        format!("/{}/{authority}/waiting-list/join?service={service}", self.0)
    }

    /// A person's own place in a waiting list.
    pub(crate) fn waiting_place(self, authority: &AuthorityId, place: &WaitingId) -> String {
        format!("/{}/{authority}/waiting-list/places/{place}", self.0)
    }

    pub(crate) fn still_waiting(self, authority: &AuthorityId, place: &WaitingId) -> String {
        format!("{}/still-waiting", self.waiting_place(authority, place))
    }

    pub(crate) fn leave_waiting_list(self, authority: &AuthorityId, place: &WaitingId) -> String {
        format!("{}/leave", self.waiting_place(authority, place))
    }

    /// Where an offer is accepted.
    pub(crate) fn waiting_offer(self, authority: &AuthorityId, offer: &OfferId) -> String {
        format!("/{}/{authority}/waiting-list/offers/{offer}", self.0)
    }

    pub(crate) fn decline_offer(self, authority: &AuthorityId, offer: &OfferId) -> String {
        format!("{}/decline", self.waiting_offer(authority, offer))
    }

    /// Where a date that the authority gave is answered.
    pub(crate) fn assigned_date(self, authority: &AuthorityId, date: &AssignedDateId) -> String {
        format!("/{}/{authority}/assigned-dates/{date}", self.0)
    }

    pub(crate) fn decline_date(self, authority: &AuthorityId, date: &AssignedDateId) -> String {
        format!("{}/decline", self.assigned_date(authority, date))
    }

    /// The list that says that a date was declined, and what is next.
    pub(crate) fn declined_date(self, date: &AssignedDateId) -> String {
        format!("{}?declined={date}", self.appointments())
    }

    /// To which a message leads; the slot service writes the same address.
    pub(crate) fn answer_message(self, authority: &AuthorityId, token: &str) -> String {
        format!("{}?token={token}", self.answer_form(authority))
    }

    /// The same page without its query, as the target of a form.
    pub(crate) fn answer_form(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/waiting-list/answer", self.0)
    }

    /// Where any draw can be checked, with files.
    pub(crate) fn check_draw(self) -> String {
        format!("/{}/check-draw", self.0)
    }

    /// How an authority's appointments go, in numbers.
    pub(crate) fn statistics(self, authority: &AuthorityId) -> String {
        format!("/{}/{authority}/statistics", self.0)
    }

    /// The same as a table to download.
    pub(crate) fn statistics_table(self, authority: &AuthorityId) -> String {
        format!("{}.csv", self.statistics(authority))
    }

    /// Where a member of staff logs in.
    pub(crate) fn staff_login(self, back: &str) -> String {
        self.with_login_query("login/start", back, None) + "&staff"
    }

    /// The page that explains the log-in and then leads back to `back`.
    pub(crate) fn login(self, back: &str, level: Option<TrustLevel>) -> String {
        self.with_login_query("login", back, level)
    }

    /// Where the log-in starts at once.
    pub(crate) fn login_start(self, back: &str, level: Option<TrustLevel>) -> String {
        self.with_login_query("login/start", back, level)
    }

    /// The same for a slot that shall be held afterwards, without another click.
    pub(crate) fn login_and_hold(self, choice: &str, level: TrustLevel) -> String {
        self.with_login_query("login/start", choice, Some(level)) + "&hold"
    }

    /// The page that says why a log-in did not succeed, and begins it again.
    pub(crate) fn login_again(self, login: &LoginAgain<'_>) -> String {
        let mut link = self.with_login_query("login", login.back, login.level);
        for (name, is_set) in [("&hold", login.holds), ("&staff", login.is_staff)] {
            link.push_str(if is_set { name } else { "" });
        }
        format!("{link}&ended={}", login.ended.as_str())
    }

    /// Ways to an appointment without an online ID.
    pub(crate) fn without_online_id(self) -> String {
        format!("/{}/without-online-id", self.0)
    }

    /// Where the form of a page goes by another language's name.
    pub(crate) fn language(self) -> String {
        format!("/{}/language", self.0)
    }

    pub(crate) fn logout(self) -> String {
        format!("/{}/logout", self.0)
    }

    pub(crate) fn goodbye(self) -> String {
        format!("/{}/goodbye", self.0)
    }

    fn with_login_query(self, page: &str, back: &str, level: Option<TrustLevel>) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("back", back);
        if let Some(level) = level {
            query.append_pair("level", level.as_str());
        }
        format!("/{}/{page}?{}", self.0, query.finish())
    }
}

/// `path` if it leads to a page of this site, else the start page: a log-in must not end at an
/// address that a stranger chose.
pub(crate) fn own_path(path: &str, links: Links) -> String {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.len() <= 1000
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if own { path.to_owned() } else { links.start() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_never_ends_elsewhere() {
        let links = Links(Language::English);
        assert_eq!(own_path("/de/appointments?x=1", links), "/de/appointments?x=1");
        for path in ["", "//evil.example", "https://evil.example", "/\\evil.example", "/a b", "/ä"]
        {
            assert_eq!(own_path(path, links), "/en", "{path}");
        }
    }
}
