//! The statistics as a table (RFC 4180).

use std::fmt::Display;

use super::DayView;

const HEADER: &str = "date,location,service,offered,booked,served,missed,cancelled,booked_again,\
    walk_ins_served,waiting_days_median,waiting_days_p90,utilisation,missed_share,\
    booked_again_share,location_free_share,booked_online,booked_with_card,booked_vouched,\
    booked_vouched_by_two,booked_by_phone,queue_jumps,location_limits_lifted";

/// One line per day, location and service. Suppressed counts are empty. Dates, ids and numbers
/// have no comma and no quote, so nothing is quoted.
pub(super) fn table(days: impl Iterator<Item = DayView>) -> Vec<u8> {
    let mut table = format!("{HEADER}\r\n");
    for day in days {
        for service in &day.services {
            let cells = [
                day.date.to_string(),
                day.location.to_string(),
                service.service.to_string(),
                service.offered.to_string(),
                cell(service.booked),
                cell(service.served),
                cell(service.missed),
                cell(service.cancelled),
                cell(service.booked_again),
                cell(service.walk_ins_served),
                cell(service.waiting_days_median),
                cell(service.waiting_days_p90),
                cell(service.utilisation),
                cell(service.missed_share),
                cell(service.booked_again_share),
                cell(day.free_share),
                cell(service.booked_online),
                cell(service.booked_with_card),
                cell(service.booked_vouched),
                cell(service.booked_vouched_by_two),
                cell(service.booked_by_phone),
                cell(service.queue_jumps),
                cell(day.limits_lifted),
            ];
            table.push_str(&cells.join(","));
            table.push_str("\r\n");
        }
    }
    table.into_bytes()
}

fn cell(value: Option<impl Display>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
