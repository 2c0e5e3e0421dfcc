//! The front desk: find a visitor by code, compare the name, move the visit on or cancel it; book for a person without online
//! ID, at the desk; ask for them for a seat that is given later, or take them out, which may take two members of staff; phone those who
//! have no e-mail; give dates to applications on file, accept them for their person and take them back.
//!
//! A page that asks why and then does one thing is a `deed_page`; `wrong` says what a form shows of a refusal.

pub(super) mod accept_date;
pub(super) mod act;
pub(super) mod answer_call;
pub(super) mod ask_missed;
pub(super) mod ask_told;
mod asked_date;
mod asked_draw;
mod asked_visit;
pub(super) mod book_for_person;
pub(super) mod booked;
mod booked_before;
mod called;
pub(super) mod calls;
pub(super) mod cancel_visit;
pub(super) mod cases;
mod catalogue;
mod date_form;
pub(super) mod decline_drawn;
mod deed_page;
mod done;
mod drawn_seat;
pub(super) mod enter_draw;
mod entered;
mod fields;
pub(super) mod find_entry;
mod free_times;
pub(super) mod give_date;
pub(super) mod join_list;
mod later;
pub(super) mod leave_draw;
pub(super) mod leave_list;
mod not_noted;
mod open_dates;
mod person_case;
mod person_form;
mod reason_form;
pub(super) mod show;
mod status;
pub(super) mod take_date_back;
mod trouble;
mod untold;
mod visit_search;
mod written;
mod wrong;

pub(super) use self::booked::CameFrom;
use self::visit_search::bookable;
use crate::directory::Offer;

/// Whether staff book appointments for people at the desk.
pub(super) fn books(offer: &Offer) -> bool {
    bookable(offer).next().is_some()
}
