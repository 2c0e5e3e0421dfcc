//! The front desk: find a visitor by code, compare the name, move the visit on; and ask for a person without
//! online ID for a seat that is given later, which may take two members of staff.

pub(super) mod act;
pub(super) mod cases;
mod catalogue;
mod done;
pub(super) mod enter_draw;
pub(super) mod join_list;
mod later;
mod person_case;
mod person_form;
pub(super) mod show;
mod trouble;
