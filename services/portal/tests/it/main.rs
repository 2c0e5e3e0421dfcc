//! The pages as a citizen or clerk meets them, below the browser: what they read, where links lead,
//! status and headers. The portal runs as in production; the services behind it are stubs that can
//! be slow, refuse, fail and talk nonsense.

mod appointments;
mod assigned_dates;
mod browser;
mod choice;
mod confirm;
mod day;
mod days;
mod desk;
mod desk_cases;
mod desk_later;
mod desk_person_cases;
mod draw_confirming;
mod draw_earlier;
mod draw_standing;
mod draw_tickets;
mod draws;
mod email;
mod entitlement;
mod frame;
mod headers;
mod hold;
mod language;
mod log_in;
mod log_in_again;
mod log_out;
mod methods;
mod my_data;
mod page;
mod queries;
mod rebook;
mod reference;
mod service_page;
mod session;
mod start;
mod statistics;
mod stub;
mod typed;
mod visit;
mod waiting_list;
mod waiting_stand_by;
mod way_on;
mod weight;
mod world;
mod wrong_address;
