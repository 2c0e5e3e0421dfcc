//! What an e-mail says, once for text and HTML.

use askama::Template;

use crate::{
    address_code::StatedAddress,
    appointment::{Appointment, Names},
    former_address::FormerAddress,
    not_drawn::{Because, NotDrawn},
    notice::Notice,
    paused_webhook::PausedWebhook,
    text::Texts,
};

mod cancelled;
mod date_ended;
mod notes;
mod waiting;

/// The content of an e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) language: &'static str,
    pub(crate) direction: &'static str,
    pub(crate) subject: String,
    pub(crate) heading: String,
    pub(crate) greeting: String,
    pub(crate) intro: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) action: Option<Action>,
    pub(crate) notes: Vec<String>,
    pub(crate) closing: String,
    pub(crate) signature: String,
    pub(crate) footer: String,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fact {
    pub(crate) label: String,
    pub(crate) lines: Vec<String>,
    /// What is no longer so.
    pub(crate) struck: bool,
}

/// The one thing that a person may want to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) label: String,
    pub(crate) url: String,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    letter: &'a Letter,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Text<'a> {
    letter: &'a Letter,
}

impl Letter {
    /// News of an appointment. The person's `name` is empty if it is not known.
    pub(crate) fn of(notice: &Notice, name: &str) -> Self {
        match notice {
            Notice::Confirmed(appointment) => {
                Writer::new(appointment, name).upcoming("confirmed", "calendar", &[])
            }
            Notice::Reminder(appointment) => {
                Writer::new(appointment, name).upcoming("reminder", "calendar", &[])
            }
            Notice::Rebooked { now, before } => {
                let writer = Writer::new(now, name);
                let texts = writer.texts;
                let lines = vec![texts.date(*before), texts.time(*before)];
                let before = Fact { label: texts.text("previous"), lines, struck: true };
                writer.upcoming("rebooked", "calendar-moves", &[before])
            }
            Notice::Changed(appointment) => {
                Writer::new(appointment, name).upcoming("changed", "calendar-moves", &[])
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

    /// The code that proves the address it goes to.
    pub(crate) fn with_code(stated: &StatedAddress) -> Self {
        let texts = Texts::of(stated.language);
        // In two groups, so that eyes and screen readers do not lose count.
        let (first, second) = stated.code.split_at_checked(3).unwrap_or((&stated.code, ""));
        let lines = vec![format!("{first} {second}")];
        let until = texts.time(stated.expires_at);
        Self {
            language: stated.language.html_tag(),
            direction: stated.language.direction(),
            subject: texts.text("email-code-subject"),
            heading: texts.text("email-code-heading"),
            greeting: texts.text("greeting"),
            intro: texts.text("email-code-intro"),
            facts: vec![Fact { label: texts.text("email-code-label"), lines, struck: false }],
            action: None,
            notes: vec![
                texts.fill("email-code-until", &[("time", &until)]),
                texts.text("email-code-not-you"),
            ],
            closing: texts.text("closing"),
            signature: texts.text("email-code-signature"),
            footer: texts.text("email-code-footer"),
        }
    }

    /// That messages go elsewhere now. It does not say where.
    pub(crate) fn to_former(former: &FormerAddress) -> Self {
        let texts = Texts::of(former.language);
        Self {
            language: former.language.html_tag(),
            direction: former.language.direction(),
            subject: texts.text("email-replaced-subject"),
            heading: texts.text("email-replaced-heading"),
            greeting: texts.text("greeting"),
            intro: texts.text("email-replaced-intro"),
            facts: Vec::new(),
            action: None,
            notes: vec![texts.text("email-replaced-not-you")],
            closing: texts.text("closing"),
            signature: texts.text("email-code-signature"),
            footer: texts.text("email-replaced-footer"),
        }
    }

    /// That an agency's endpoint gets no events any more. It names the server and no more of its address,
    /// in which agencies may have secrets.
    pub(crate) fn paused(paused: &PausedWebhook) -> Self {
        let texts = Texts::of(paused.language);
        let (authority, webhook) = (paused.authority.as_str(), paused.webhook.to_string());
        let say = |id: &str| texts.fill(id, &[("authority", authority)]);
        let resume = format!("POST /v1/{authority}/webhooks/{webhook}/resume");
        let fact = |label: &str, line: String| Fact {
            label: texts.text(label),
            lines: vec![line],
            struck: false,
        };
        let since = format!("{}, {}", texts.date(paused.since), texts.time(paused.since));
        let mut facts = vec![
            fact("webhook-paused-webhook", webhook),
            fact("webhook-paused-server", paused.server.clone()),
            fact("webhook-paused-since", since),
        ];
        let failure = paused.failure.map(|failure| match failure.status() {
            Some(code) => texts.fill("webhook-paused-status", &[("status", &code.to_string())]),
            None => texts.text(&format!("webhook-paused-{}", failure.class())),
        });
        facts.extend(failure.map(|failure| fact("webhook-paused-failure", failure)));
        facts.push(fact("webhook-paused-waiting", paused.waiting.to_string()));
        Self {
            language: texts.language().html_tag(),
            direction: texts.language().direction(),
            subject: say("webhook-paused-subject"),
            heading: texts.text("webhook-paused-heading"),
            greeting: texts.text("greeting"),
            intro: say("webhook-paused-intro"),
            facts,
            action: None,
            notes: vec![
                texts.text("webhook-paused-kept"),
                texts.text("webhook-paused-resume"),
                resume,
            ],
            closing: texts.text("closing"),
            signature: texts.text("email-code-signature"),
            footer: texts.text("webhook-paused-footer"),
        }
    }

    /// The result of a draw for a person who got nothing.
    pub(crate) fn not_drawn(told: &NotDrawn, name: &str) -> Self {
        let texts = Texts::of(told.language);
        let authority = told.authority.get(told.language);
        let fact = |label: &str, line: &str| Fact {
            label: texts.text(label),
            lines: vec![line.to_owned()],
            struck: false,
        };
        let kind = told.kind();
        let mut facts = vec![
            fact("what", told.service.get(told.language)),
            fact("not-drawn-week", &texts.date(told.week)),
        ];
        let mut notes: Vec<_> = told.notes().iter().map(|note| texts.text(note)).collect();
        if let Because::NotConfirmed(Some(until)) | Because::DeclinedByPhone(Some(until)) =
            told.because
        {
            notes.push(notes::at(texts, "not-drawn-wait", until));
        }
        let mut url = told.manage_url.clone();
        if let Because::OtherAppointment(booked_at) = told.because {
            facts.push(fact("not-drawn-booked-at", &texts.date(booked_at)));
            url = None;
        }
        Self {
            language: told.language.html_tag(),
            direction: told.language.direction(),
            subject: texts.text(&format!("{kind}-subject")),
            heading: texts.text(&format!("{kind}-heading")),
            greeting: texts.greeting(name),
            intro: texts.text(told.because.text()),
            facts,
            action: url.map(|url| Action { label: texts.text(told.action()), url }),
            notes,
            closing: texts.text("closing"),
            signature: authority.to_owned(),
            footer: texts.fill("footer", &[("authority", authority)]),
        }
    }

    /// The HTML part.
    pub(crate) fn html(&self) -> Result<String, askama::Error> {
        Html { letter: self }.render()
    }

    /// The text part, for mail programs without HTML.
    pub(crate) fn text(&self) -> Result<String, askama::Error> {
        Text { letter: self }.render()
    }
}

/// Writes about one appointment in its person's language.
struct Writer<'a> {
    appointment: &'a Appointment,
    name: &'a str,
    texts: Texts,
}

impl<'a> Writer<'a> {
    fn new(appointment: &'a Appointment, name: &'a str) -> Self {
        Self { appointment, name, texts: Texts::of(appointment.language) }
    }

    fn upcoming(&self, kind: &str, calendar: &str, more: &[Fact]) -> Letter {
        let mut facts = vec![self.when(), self.place(), self.matter(), self.code()];
        // The old time belongs right below the new one.
        facts.splice(1..1, more.iter().cloned());
        let mut notes: Vec<String> = self.documents().into_iter().collect();
        notes.extend(self.appointment.identity_check.then(|| self.texts.text("identity-check")));
        notes.extend(["bring", "give-back", calendar].map(|id| self.texts.text(id)));
        self.letter(kind, facts, "manage", notes)
    }

    fn letter(&self, kind: &str, facts: Vec<Fact>, action: &str, notes: Vec<String>) -> Letter {
        let appointment = self.appointment;
        let authority = appointment.authority.get(appointment.language);
        let (date, time) =
            (self.texts.date(appointment.starts_at), self.texts.time(appointment.starts_at));
        let say = |part: &str| {
            let values = [("date", date.as_str()), ("time", &time), ("authority", authority)];
            self.texts.fill(&format!("{kind}-{part}"), &values)
        };
        Letter {
            language: appointment.language.html_tag(),
            direction: appointment.language.direction(),
            subject: say("subject"),
            heading: say("heading"),
            greeting: self.texts.greeting(self.name),
            intro: say("intro"),
            facts,
            action: appointment
                .manage_url
                .clone()
                .map(|url| Action { label: self.texts.text(action), url }),
            notes,
            closing: self.texts.text("closing"),
            signature: authority.to_owned(),
            footer: self.texts.fill("footer", &[("authority", authority)]),
        }
    }

    fn when(&self) -> Fact {
        let Appointment { starts_at, ends_at, .. } = *self.appointment;
        let lines = vec![self.texts.date(starts_at), self.texts.span(starts_at, ends_at)];
        self.fact("when", lines)
    }

    fn place(&self) -> Fact {
        let place = self.appointment.place.get(self.appointment.language).to_owned();
        self.fact("where", vec![place, self.appointment.address.clone()])
    }

    fn matter(&self) -> Fact {
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

    fn fact(&self, label: &str, lines: Vec<String>) -> Fact {
        Fact { label: self.texts.text(label), lines, struck: false }
    }
}
