//! What the catalogue said of a service when its draw was announced stays so until the draw is over.

use catalogue::{Catalogue, Entrants, Service};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    domain::draw::Draw,
    store::{StoreResult, Transaction, draws},
};

/// What people enter a draw on: rules, length, group and allocation of its service.
pub(super) fn terms(service: &Service) -> String {
    json!({
        "rules": service.rules,
        "slots": service.slots,
        "further": service.slots_per_further_person,
        "group": service.group,
        "allocation": service.allocation,
        "draw": service.draw,
    })
    .to_string()
}

/// Who may enter, and what winners must do, in words that are announced.
pub(super) fn announced_rule(service: &Service) -> String {
    let only = match service.is_earlier_by_draw() {
        true => {
            "Nur für Personen, die schon einen Termin dieser Art haben und einen früheren möchten: \
             Was sie gewinnen, ersetzt ihn, und ihre Wünsche gelten nur für Tage davor. "
        }
        false => "",
    };
    let hours = service.draw.as_ref().and_then(|draws| draws.confirm_within);
    let confirm = hours.map(|hours| {
        format!(
            " Wer online teilnimmt und gezogen wird, muss den Termin innerhalb von {hours} Stunden annehmen. \
             Sonst bekommen ihn andere."
        )
    });
    format!(
        "{only}Jede Person einmal, angemeldet mit der Vertrauensstufe {} oder höher; die \
         Buchungsregeln der Leistung gelten. Wann jemand teilnimmt, hat keinen Einfluss.{}",
        service.trust_level(),
        confirm.unwrap_or_default()
    )
}

/// What is read again of the terms.
#[derive(Deserialize)]
struct Announced {
    draw: Option<Schedule>,
}

#[derive(Deserialize)]
struct Schedule {
    #[serde(default)]
    entrants: Entrants,
}

/// Whether only persons can enter who have an appointment and want an earlier one, as it was announced.
#[must_use]
pub fn needs_appointment(draw: &Draw) -> bool {
    let announced: Option<Announced> = serde_json::from_str(&draw.terms).ok();
    let schedule = announced.and_then(|terms| terms.draw);
    schedule.is_some_and(|schedule| schedule.entrants == Entrants::WithAppointment)
}

/// For how many hours the winners of a draw must confirm, as it was announced; `None`: they are booked.
#[must_use]
pub fn confirm_within(draw: &Draw) -> Option<u16> {
    let terms: Value = serde_json::from_str(&draw.terms).ok()?;
    u16::try_from(terms["draw"]["confirmWithin"].as_u64()?).ok()
}

/// Why `after` must not come into force yet, one line for each draw that it would change.
///
/// # Errors
/// The statement fails.
pub async fn in_the_way(db: &Transaction, after: &Catalogue) -> StoreResult<Vec<String>> {
    let unfinished = draws::unfinished(db).await?;
    let changed = unfinished.iter().filter(|draw| {
        after.service(&draw.service).is_none_or(|service| terms(service) != draw.terms)
    });
    let lines = changed.map(|draw| {
        format!(
            "catalogue.services.{}: people are entering the draw for the week of {} on other terms; \
             change rules, slots, group and draw once it is settled",
            draw.service, draw.week
        )
    });
    Ok(lines.collect())
}
