//! What an e-mail says of an appointment that a person has or had.

use jiff::Timestamp;

use super::{
    Action, Fact, Letter,
    sender::{Body, Sender},
};
use crate::{
    appointment::{Appointment, Names},
    notice::Notice,
    text::Texts,
};

/// The text of the way to another appointment, which is not for everybody to choose: some are given or drawn.
pub(super) const AGAIN: &str = "new-appointment";

/// The text of a calendar file that enters the appointment.
const ADDS: Option<&str> = Some("calendar");
/// The text of a calendar file that moves its entry.
const MOVES: Option<&str> = Some("calendar-moves");

impl Letter {
    /// News of an appointment. The person's `name` is empty if it is not known.
    pub(crate) fn of(notice: &Notice, name: &str) -> Self {
        match notice {
            Notice::Confirmed(appointment) => {
                Writer::new(appointment, name).upcoming("confirmed", ADDS, &[])
            }
            Notice::Reminder(appointment) => {
                Writer::new(appointment, name).upcoming("reminder", None, &[])
            }
            Notice::Present(appointment) => {
                Writer::new(appointment, name).upcoming("present", ADDS, &[])
            }
            Notice::Rebooked { now, before } => {
                Writer::new(now, name).instead_of(*before, "rebooked")
            }
            Notice::WonEarlier { now, before } => {
                Writer::new(now, name).instead_of(*before, "won-earlier")
            }
            Notice::Changed(appointment) => {
                Writer::new(appointment, name).upcoming("changed", MOVES, &[])
            }
            Notice::Cancelled(appointment) => {
                Writer::new(appointment, name).cancelled("cancelled", &Names::default())
            }
            Notice::CancelledByOffice { appointment, reason } => {
                Writer::new(appointment, name).cancelled("cancelled-office", reason)
            }
            Notice::CancelledAsSecond { appointment, kept } => {
                Writer::new(appointment, name).cancelled_as_second(*kept)
            }
        }
    }
}

/// Writes about one appointment in its person's language.
pub(super) struct Writer<'a> {
    pub(super) appointment: &'a Appointment,
    name: &'a str,
    pub(super) texts: Texts,
}

impl<'a> Writer<'a> {
    fn new(appointment: &'a Appointment, name: &'a str) -> Self {
        Self { appointment, name, texts: Texts::of(appointment.language) }
    }

    /// It stands in the place of one that would have begun `before`.
    fn instead_of(&self, before: Timestamp, kind: &str) -> Letter {
        let lines = vec![self.texts.date(before), self.texts.time(before)];
        let before = Fact { label: self.texts.text("previous"), lines, struck: true };
        self.upcoming(kind, MOVES, &[before])
    }

    /// `calendar` is the text that says what the attached file does; a reminder changes nothing and has none.
    fn upcoming(&self, kind: &str, calendar: Option<&str>, more: &[Fact]) -> Letter {
        let mut facts = vec![self.when(), self.place(), self.matter()];
        facts.extend(Fact::of_people(self.texts, self.appointment.people));
        facts.push(self.code());
        // The old time belongs right below the new one.
        facts.splice(1..1, more.iter().cloned());
        let mut notes: Vec<String> = self.documents().into_iter().collect();
        notes.extend(self.appointment.identity_check.then(|| self.texts.text("identity-check")));
        let last = ["bring", "give-back"].into_iter().chain(calendar);
        notes.extend(last.map(|id| self.texts.text(id)));
        self.letter(kind, facts, "manage", notes)
    }

    pub(super) fn letter(
        &self,
        kind: &str,
        facts: Vec<Fact>,
        action: &str,
        notes: Vec<String>,
    ) -> Letter {
        let appointment = self.appointment;
        let url = match action {
            AGAIN => appointment.again_url.clone(),
            _ => appointment.manage_url.clone(),
        };
        let authority = appointment.authority.get(appointment.language);
        let (date, time) =
            (self.texts.date(appointment.starts_at), self.texts.time(appointment.starts_at));
        let say = |part: &str| {
            let values = [("date", date.as_str()), ("time", &time), ("authority", authority)];
            self.texts.fill(&format!("{kind}-{part}"), &values)
        };
        let body = Body {
            subject: say("subject"),
            heading: say("heading"),
            intro: say("intro"),
            facts,
            action: url.map(|url| Action { label: self.texts.text(action), url }),
            notes,
        };
        Letter::signed(&Sender::Authority { authority, name: self.name }, self.texts, body)
    }

    pub(super) fn when(&self) -> Fact {
        let Appointment { starts_at, ends_at, .. } = *self.appointment;
        let lines = vec![self.texts.date(starts_at), self.texts.span(starts_at, ends_at)];
        self.fact("when", lines)
    }

    pub(super) fn place(&self) -> Fact {
        let place = self.appointment.place.get(self.appointment.language).to_owned();
        self.fact("where", vec![place, self.appointment.address.clone()])
    }

    pub(super) fn matter(&self) -> Fact {
        let language = self.appointment.language;
        let services = self.appointment.services.iter();
        self.fact("what", services.map(|service| service.name.get(language).to_owned()).collect())
    }

    fn code(&self) -> Fact {
        self.fact("code", vec![self.appointment.code.clone()])
    }

    /// What to bring, for all matters together, below its heading.
    fn documents(&self) -> Option<String> {
        let language = self.appointment.language;
        let notes = self.appointment.services.iter().map(|service| service.note.get(language));
        let mut lines: Vec<&str> = Vec::new();
        for line in notes.flat_map(str::lines) {
            if !line.trim().is_empty() && !lines.contains(&line) {
                lines.push(line);
            }
        }
        let heading = self.texts.text("documents");
        (!lines.is_empty()).then(|| format!("{heading}\n{}", lines.join("\n")))
    }

    pub(super) fn fact(&self, label: &str, lines: Vec<String>) -> Fact {
        Fact { label: self.texts.text(label), lines, struck: false }
    }
}
