//! What the catalogue said of a service when its draw was announced stays so until the draw is over.

use booking::rules::{RuleSettings, declined_seats::Settings as DeclinedSeats};
use catalogue::{Allocation, Catalogue, Entrants, Service, declined_limit};
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::AppError,
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
             Was sie gewinnen, ersetzt den Termin, den ihre Teilnahme nennt, und ihre Wünsche gelten nur für \
             Tage davor. Wurde er abgesagt oder verschoben, gewinnen sie nichts. "
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
    let declined = service.declined_seats().map(|rule| {
        format!(
            " {} einen solchen Termin ablehnt oder nicht rechtzeitig annimmt, \
             kann online an keiner Verlosung dieser Leistung teilnehmen, bis das wieder seltener war; die \
             Behörde kann das aufheben.",
            how_often(&rule)
        )
    });
    format!(
        "{only}Jede Person einmal, angemeldet mit der Vertrauensstufe {} oder höher; die \
         Buchungsregeln der Leistung gelten. Wann jemand teilnimmt, hat keinen Einfluss.{}{}",
        service.trust_level(),
        confirm.unwrap_or_default(),
        declined.unwrap_or_default()
    )
}

/// How an announcement names the limit of seats that are left. What was announced is compared with it: a draw
/// goes on by the words that it was announced with.
fn how_often(rule: &DeclinedSeats) -> String {
    let times = u32::from(rule.max.max(1)) + 1;
    format!("Wer innerhalb von {} Tagen {times}-mal", rule.days)
}

/// What is read again of the terms.
#[derive(Deserialize)]
struct Announced {
    draw: Schedule,
    #[serde(default)]
    rules: RuleSettings,
    #[serde(default)]
    allocation: Allocation,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schedule {
    #[serde(default)]
    entrants: Entrants,
    #[serde(default)]
    confirm_within: Option<u16>,
}

/// Terms that cannot be read are no terms: whoever guessed would let others enter than was announced, or book
/// winners who must confirm.
fn announced(draw: &Draw) -> Result<Announced, AppError> {
    serde_json::from_str(&draw.terms).map_err(|why| {
        AppError::Internal(format!("draw {}: its terms cannot be read: {why}", draw.id).into())
    })
}

/// Whether only persons can enter who have an appointment and want an earlier one, as it was announced.
///
/// # Errors
/// The terms of the draw cannot be read.
pub fn needs_appointment(draw: &Draw) -> Result<bool, AppError> {
    Ok(announced(draw)?.draw.entrants == Entrants::WithAppointment)
}

/// For how many hours the winners of a draw must confirm, as it was announced; `None`: they are booked.
///
/// # Errors
/// The terms of the draw cannot be read.
pub fn confirm_within(draw: &Draw) -> Result<Option<u16>, AppError> {
    Ok(announced(draw)?.draw.confirm_within)
}

/// How many kept seats of winners a person can leave before they wait for the next draw of the group, as a
/// draw with the words `rule` in its announcement said; `None`: it costs nothing. The usual limit, and one of entitled
/// persons, holds only if they say it: a draw that was announced before there was one has the same terms.
///
/// # Errors
/// The terms of the draw cannot be read.
pub(super) fn declined_seats(
    draw: &Draw,
    rule: Option<&str>,
) -> Result<Option<DeclinedSeats>, AppError> {
    let Announced { rules, draw: schedule, allocation } = announced(draw)?;
    let only_way = allocation.is_by_draw_alone(schedule.entrants);
    let limit = declined_limit(&rules, schedule.confirm_within.is_some(), only_way);
    let is_known = rules.declined_seats.is_some() && rules.entitlement.is_none();
    let is_said = |limit: &DeclinedSeats| rule.is_some_and(|rule| rule.contains(&how_often(limit)));
    Ok(limit.filter(|limit| is_known || is_said(limit)))
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

#[cfg(test)]
mod tests {
    use ids::DrawId;
    use jiff::Timestamp;

    use super::*;
    use crate::domain::draw::{DrawStatus, Leftover};

    fn draw(terms: &str) -> Draw {
        let at = Timestamp::UNIX_EPOCH;
        Draw {
            id: DrawId::from_bits(7),
            service: "visa".parse().unwrap(),
            group: "papers".parse().unwrap(),
            status: DrawStatus::Announced,
            week: "2027-01-18".parse().unwrap(),
            opens: at,
            closes: at,
            slots: 12,
            leftover: Leftover::Public,
            terms: terms.to_owned(),
            secrets: Vec::new(),
            entered: None,
            served: None,
            ended_at: None,
            changed_at: at,
        }
    }

    #[test]
    fn what_was_announced_is_read_again() {
        let usual = draw(r#"{"draw": {"desks": 1}, "group": "papers"}"#);
        assert!(!needs_appointment(&usual).unwrap());
        assert_eq!(confirm_within(&usual).unwrap(), None);
        let earlier = draw(r#"{"draw": {"entrants": "with-appointment"}}"#);
        assert!(needs_appointment(&earlier).unwrap());
        let confirmed = draw(r#"{"draw": {"confirmWithin": 48}}"#);
        assert_eq!(confirm_within(&confirmed).unwrap(), Some(48));
        let says = "Wer innerhalb von 90 Tagen 2-mal einen solchen Termin ablehnt, wartet.";
        let limit = |draw: &Draw, rule: &str| declined_seats(draw, Some(rule)).unwrap();
        assert_eq!(limit(&usual, says), None);
        assert_eq!(limit(&confirmed, says), Some(DeclinedSeats { max: 1, days: 90 }));
        assert_eq!(limit(&confirmed, "Jede Person einmal."), None, "it was announced before");
        let rules = r#""rules": {"declinedSeats": {"max": 2, "days": 30}}"#;
        let stated = draw(&format!(r#"{{"draw": {{"confirmWithin": 48}}, {rules}}}"#));
        assert_eq!(limit(&stated, says), Some(DeclinedSeats { max: 2, days: 30 }));
        let entitled = |allocation: &str| {
            let rules = r#""rules": {"entitlement": {}}"#;
            draw(&format!(
                r#"{{"allocation": "{allocation}", "draw": {{"confirmWithin": 48}}, {rules}}}"#
            ))
        };
        assert_eq!(limit(&entitled("draw"), says), None, "it may be the only date");
        let then_immediate = entitled("draw-then-immediate");
        assert_eq!(limit(&then_immediate, says), Some(DeclinedSeats { max: 1, days: 90 }));
        assert_eq!(limit(&then_immediate, "Jede Person einmal."), None, "it was announced before");
    }

    #[test]
    fn terms_that_cannot_be_read_are_no_draw_for_everybody() {
        let unreadable = [
            "",
            "{",
            "{}",
            r#"{"draw": null}"#,
            r#"{"draw": {"entrants": "with-friends"}}"#,
            r#"{"draw": {"confirmWithin": "48"}}"#,
            r#"{"draw": {"confirmWithin": 70000}}"#,
        ];
        for terms in unreadable {
            let draw = draw(terms);
            let refusals = [needs_appointment(&draw).err(), confirm_within(&draw).err()];
            for refusal in refusals {
                let Some(AppError::Internal(why)) = refusal else { panic!("{terms}: {refusal:?}") };
                assert!(why.to_string().contains(&draw.id.to_string()), "{why}");
            }
        }
    }
}
