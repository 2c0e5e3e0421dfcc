//! Every message in every language, to look at without sending one.

#[cfg(test)]
mod said;
mod samples;

use std::{fs, io, path::Path};

use askama::Template;
use ids::{AuthorityId, MessageId, Pseudonym, SubscriptionId};
use lettre::message::Mailbox;
use proto::person::v1::Contact;

use self::samples::{appointment, at, lapsed, lost, offered, samples};
use crate::{
    address_code::StatedAddress,
    appointment::Appointment,
    date_ended::{self, DateEnded},
    former_address::FormerAddress,
    mail::{Composer, Mail},
    not_drawn::{self, NotDrawn},
    notice::Notice,
    paused_webhook::PausedWebhook,
    text::Language,
    waiting::{News, NotTaken, OfferedBy, WaitingNews},
    webhook::failure::Failure,
};

const EMAIL_CODE: &str = "email-code";
const EMAIL_REPLACED: &str = "email-replaced";
const NOT_DRAWN: &str = "not-drawn";
const NOT_DRAWN_CLOSED: &str = "not-drawn-closed";
const WAITING_OFFER: &str = "waiting-offer";
const ASSIGNED_DATE: &str = "assigned-date";
const ASSIGNED_DATE_LAPSED: &str = "assigned-date-lapsed";
const ASSIGNED_DATE_WITHDRAWN: &str = "assigned-date-withdrawn";
const ASSIGNED_DATE_CLOSED: &str = "assigned-date-closed";
const ASSIGNED_DATE_BOOKED: &str = "assigned-date-booked";
const DRAWN_SEAT: &str = "drawn-seat";
const WAITING_LAPSED: &str = "waiting-lapsed";
const WAITING_LOST: &str = "waiting-lost";
const WEBHOOK_PAUSED: &str = "webhook-paused";
const WRITTEN_AT: &str = "2027-01-04T09:00:00+01:00";

/// One file of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewPage {
    /// Its name, for example `confirmed.ar.html`.
    pub name: String,
    /// What is in it.
    pub content: String,
}

#[derive(Template)]
#[template(path = "preview.html")]
struct Index {
    rows: Vec<(&'static str, Vec<&'static str>)>,
}

/// Writes all pages into `folder` and an `index.html` that links them.
///
/// # Errors
/// The folder cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for page in pages().map_err(io::Error::other)? {
        fs::write(folder.join(&page.name), &page.content)?;
    }
    Ok(())
}

/// All pages: HTML, text and calendar file of every message in every language, and the index.
///
/// # Errors
/// A template cannot be rendered.
pub fn pages() -> Result<Vec<PreviewPage>, askama::Error> {
    let mut pages = Vec::new();
    let mut rows = Vec::new();
    for (name, notice) in samples() {
        for language in Language::SHIPPED {
            let mail = compose(&in_language(&notice, *language))?;
            let file = |ending, content| PreviewPage {
                name: format!("{name}.{}.{ending}", language.tag()),
                content,
            };
            pages.push(file("html", mail.html));
            pages.push(file("txt", mail.text));
            pages.extend(mail.calendar.map(|calendar| file("ics", calendar.content)));
        }
        rows.push((name, Language::SHIPPED.iter().map(|language| language.tag()).collect()));
    }
    for (kind, compose) in [
        (EMAIL_CODE, compose_code as fn(_) -> _),
        (EMAIL_REPLACED, compose_replaced),
        (NOT_DRAWN, compose_not_drawn),
        (NOT_DRAWN_CLOSED, |language| compose_result(language, not_drawn::Because::DayClosed)),
        (WAITING_OFFER, |language| compose_waiting(language, offered(OfferedBy::WaitingList))),
        (ASSIGNED_DATE, |language| compose_waiting(language, offered(OfferedBy::Office))),
        (ASSIGNED_DATE_LAPSED, |language| compose_ended(language, date_ended::Because::Lapsed)),
        (ASSIGNED_DATE_WITHDRAWN, |language| {
            compose_ended(language, date_ended::Because::Withdrawn)
        }),
        (ASSIGNED_DATE_CLOSED, |language| compose_ended(language, date_ended::Because::DayClosed)),
        (ASSIGNED_DATE_BOOKED, |language| {
            compose_ended(language, date_ended::Because::BookedOtherwise)
        }),
        (DRAWN_SEAT, |language| {
            compose_waiting(language, offered(OfferedBy::Draw(NotTaken::Counts)))
        }),
        (WAITING_LAPSED, |language| compose_waiting(language, lapsed())),
        (WAITING_LOST, |language| compose_waiting(language, lost())),
        (WEBHOOK_PAUSED, compose_paused),
    ] {
        for language in Language::SHIPPED {
            let mail: Mail = compose(*language)?;
            let name = |ending| format!("{kind}.{}.{ending}", language.tag());
            pages.push(PreviewPage { name: name("html"), content: mail.html });
            pages.push(PreviewPage { name: name("txt"), content: mail.text });
        }
        rows.push((kind, Language::SHIPPED.iter().map(|language| language.tag()).collect()));
    }
    let content = Index { rows }.render()?;
    pages.push(PreviewPage { name: "index.html".to_owned(), content });
    Ok(pages)
}

fn composer() -> Composer {
    let from = "termine@example.org".parse().expect("a literal that is an address");
    Composer { from: Mailbox::new(Some("Terminservice Berlin".to_owned()), from) }
}

fn mina() -> Contact {
    Contact { email: "mina@example.org".to_owned(), name: "Mina Öztürk".to_owned() }
}

fn compose(notice: &Notice) -> Result<Mail, askama::Error> {
    composer().compose(MessageId::from_bits(1), notice, &mina(), at(WRITTEN_AT))
}

fn compose_code(language: Language) -> Result<Mail, askama::Error> {
    let stated = StatedAddress {
        person: Pseudonym::from_bits(1),
        language,
        email: "mina@example.org".to_owned(),
        code: "073914".to_owned(),
        expires_at: at("2027-01-04T09:30:00+01:00"),
    };
    composer().compose_code(MessageId::from_bits(1), &stated, at(WRITTEN_AT))
}

fn compose_replaced(language: Language) -> Result<Mail, askama::Error> {
    let person = Pseudonym::from_bits(1);
    let former = FormerAddress { person, language, email: "mina@example.org".to_owned() };
    composer().compose_replaced(MessageId::from_bits(1), &former, at(WRITTEN_AT))
}

fn compose_not_drawn(language: Language) -> Result<Mail, askama::Error> {
    compose_result(language, not_drawn::Because::NothingLeft)
}

fn compose_result(language: Language, because: not_drawn::Because) -> Result<Mail, askama::Error> {
    let Appointment { authority, services, .. } = appointment();
    let told = NotDrawn {
        person: Pseudonym::from_bits(1),
        language,
        authority,
        service: services.into_iter().next().map(|service| service.name).unwrap_or_default(),
        week: at("2027-01-18T00:00:00+01:00"),
        because,
        for_earlier: false,
        manage_url: Some("https://termine.example.org/appointments".to_owned()),
    };
    let id = MessageId::from_bits(1);
    composer().compose_not_drawn(id, &told, &mina(), at(WRITTEN_AT))
}

fn compose_ended(language: Language, because: date_ended::Because) -> Result<Mail, askama::Error> {
    let Appointment { authority, services, place, address, starts_at, ends_at, .. } = appointment();
    let told = DateEnded {
        person: Pseudonym::from_bits(1),
        language,
        authority,
        service: services.into_iter().next().map(|service| service.name).unwrap_or_default(),
        place,
        address,
        starts_at,
        ends_at,
        because,
        application_ended: because == date_ended::Because::Withdrawn,
        url: Some("https://termine.example.org/appointments".to_owned()),
    };
    let id = MessageId::from_bits(1);
    composer().compose_date_ended(id, &told, &mina(), at(WRITTEN_AT))
}

fn compose_waiting(language: Language, news: News) -> Result<Mail, askama::Error> {
    let Appointment { authority, services, .. } = appointment();
    let told = WaitingNews {
        person: Pseudonym::from_bits(1),
        language,
        authority,
        service: services.into_iter().next().map(|service| service.name).unwrap_or_default(),
        news,
        url: Some("https://termine.example.org/waiting-list/answer?token=5f0c".to_owned()),
    };
    let id = MessageId::from_bits(1);
    composer().compose_waiting(id, &told, &mina(), at(WRITTEN_AT))
}

fn compose_paused(language: Language) -> Result<Mail, askama::Error> {
    let authority: AuthorityId = "lea".parse().expect("a literal that is an authority's id");
    let paused = PausedWebhook {
        language,
        authority,
        webhook: SubscriptionId::from_bits(1),
        server: "hooks.agency.example".to_owned(),
        since: at("2027-01-04T03:00:00+01:00"),
        failure: Some(Failure::Status { code: 503, retry_after: None }),
        waiting: 48,
    };
    let id = MessageId::from_bits(1);
    composer().compose_paused(id, &paused, "webhooks@agency.example", at(WRITTEN_AT))
}

fn in_language(notice: &Notice, language: Language) -> Notice {
    let mut notice = notice.clone();
    appointment_of(&mut notice).language = language;
    notice
}

const fn appointment_of(notice: &mut Notice) -> &mut Appointment {
    match notice {
        Notice::Confirmed(appointment)
        | Notice::Rebooked { now: appointment, .. }
        | Notice::WonEarlier { now: appointment, .. }
        | Notice::Changed(appointment)
        | Notice::Cancelled(appointment)
        | Notice::CancelledByOffice { appointment, .. }
        | Notice::CancelledAsSecond { appointment, .. }
        | Notice::Reminder(appointment)
        | Notice::Present(appointment) => appointment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::waiting::{Because, Declining};

    #[test]
    fn what_people_read_is_as_reviewed() {
        for language in Language::SHIPPED {
            let ending = format!(".{}.txt", language.tag());
            let texts = pages().unwrap().into_iter().filter(|page| page.name.ends_with(&ending));
            let texts: Vec<_> =
                texts.map(|page| format!("=== {}\n{}", page.name, page.content)).collect();
            insta::assert_snapshot!(format!("texts.{}", language.tag()), texts.join("\n"));
        }
    }

    #[test]
    fn what_programs_read_is_as_reviewed() {
        for name in ["confirmed.ar.html", "rebooked.de.ics", "cancelled.en.ics"] {
            let page = pages().unwrap().into_iter().find(|page| page.name == name).unwrap();
            insta::assert_snapshot!(name, page.content.replace("\r\n", "\n"));
        }
    }

    fn drawn(not_taken: NotTaken) -> News {
        offered(OfferedBy::Draw(not_taken))
    }

    #[test]
    fn who_was_drawn_and_must_confirm_reads_how_and_until_when() {
        let mail = compose_waiting(Language::English, drawn(NotTaken::Nothing)).unwrap();
        for said in ["you were drawn", "Saturday, 9 January 2027", "Accept or decline"] {
            assert!(mail.text.contains(said), "{said}: {}", mail.text);
        }
        assert!(!mail.text.contains("waiting list"), "{}", mail.text);
        for language in Language::SHIPPED {
            let text = compose_waiting(*language, drawn(NotTaken::Nothing)).unwrap().text;
            assert!(!text.contains(['[', '{']), "{text}");
        }
    }

    #[test]
    fn what_it_costs_not_to_take_a_drawn_appointment_stands_in_the_mail() {
        let closes = NotTaken::Closes(at("2027-03-01T10:00:00+01:00"));
        let text = |language, not_taken| compose_waiting(language, drawn(not_taken)).unwrap().text;
        let last = text(Language::English, closes);
        for said in ["1 March 2027", "The authority decides"] {
            assert!(last.contains(said), "{said}: {last}");
        }
        assert!(!last.contains("You can enter the next draw"), "{last}");
        for language in Language::SHIPPED {
            let all = [NotTaken::Nothing, NotTaken::Counts, closes].map(|it| text(*language, it));
            assert!(all[0] != all[1] && all[1] != all[2], "{language}");
            assert!(!all.concat().contains(['[', '{']), "{all:?}");
        }
    }

    #[test]
    fn what_declining_costs_stands_in_the_mail_with_the_offer() {
        for language in Language::SHIPPED {
            use Declining::{Free, Keeps, Last, ThenLast};
            let told = [Free, Keeps, ThenLast, Last].map(|cost| {
                let mut news = offered(OfferedBy::WaitingList);
                if let News::Offered { declining, .. } = &mut news {
                    *declining = cost;
                }
                compose_waiting(*language, news).unwrap().text
            });
            let different: std::collections::BTreeSet<_> = told.iter().collect();
            assert_eq!(different.len(), told.len(), "{language}: {told:?}");
            assert!(!told.concat().contains(['[', '{']), "{told:?}");
        }
    }

    #[test]
    fn whoever_lost_a_place_reads_from_when_on_they_can_join_again() {
        for language in Language::SHIPPED {
            let text = |news| compose_waiting(*language, news).unwrap().text;
            let at_once = text(News::Lost { because: Because::Declines, again_at: None });
            let later = text(lost());
            assert!(later.contains("2027") && !at_once.contains("2027"), "{later}");
            assert!(!later.contains(['[', '{']), "{later}");
        }
        let later = compose_waiting(Language::English, lost()).unwrap().text;
        assert!(later.contains("join again from: Wednesday, 3 February 2027, 09:00"), "{later}");
        assert!(!later.contains("You can join again."), "{later}");
    }

    #[test]
    fn whoever_booked_otherwise_is_not_told_that_they_were_drawn() {
        let because = not_drawn::Because::OtherAppointment(at("2027-01-05T10:00:00+01:00"));
        let mail = compose_result(Language::German, because).unwrap();
        assert!(mail.text.contains("Sie haben einen anderen Termin dieser Art gebucht."));
        assert!(mail.text.contains("Dienstag, 5. Januar 2027"), "{}", mail.text);
        assert!(!mail.text.contains("gezogen"));
        for language in Language::SHIPPED {
            let text = compose_result(*language, because).unwrap().text;
            assert!(!text.contains(['[', '{']), "{text}");
        }
    }

    #[test]
    fn no_message_has_a_hole() {
        for page in pages().unwrap() {
            assert!(!page.content.contains(['[', '{']) || page.name.ends_with(".html"), "{page:?}");
            assert!(!page.content.contains("[missing"), "{page:?}");
        }
    }
}
