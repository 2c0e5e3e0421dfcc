//! Act 5: an office gives a date to an application on file; its person accepts it, and enters the draw of
//! earlier ones.

use std::time::Duration;

use client::{
    AssignedDate, Booking, ClientError, DateAcceptance, Draw, DrawEntry, EntitlementClaim,
    EntryRequest, EntryStatus, Preference, SlotApi,
};
use tokio::time::{Instant, sleep};

use super::{
    GivenDate, Stage,
    log_in::{self, Citizen},
    mailbox,
    report::{Proof, Report, StepError, proof, refused},
};

/// How long a witness may take until it has cosigned the newest checkpoint.
const WITNESS_TIMEOUT: Duration = Duration::from_secs(20);
/// What each signature under a checkpoint begins with (C2SP `signed-note`).
const SIGNED: &str = "\u{2014} ";

/// The person at the office.
struct Applicant<'a> {
    given: &'a GivenDate,
    office: SlotApi,
    person: Citizen,
}

pub async fn act(stage: &Stage, report: &mut Report) -> Option<()> {
    let Some(given) = &stage.target.given else { return Some(()) };
    let office = SlotApi::new(stage.api.clone(), given.slot.clone());
    let logged_in = log_in::with_card(stage, given.citizen).await;
    let person = report.step("log in for an application on file at another office", logged_in)?;
    let applicant = Applicant { given, office, person };
    report.step("the number in the office's letter", applicant.claim().await)?;
    let date = report.step("the date that the office gave", applicant.date().await)?;
    let draw = report.step("a draw of earlier appointments", applicant.draw(stage).await)?;
    let without = applicant.enter(&draw, "tour-enters-without").await;
    report.step(
        "entering it without an appointment",
        refused(without, 409, "later-appointment-needed"),
    );
    let booking = report.step("accept the date", applicant.accept(&date).await)?;
    report.step("accept it again", applicant.accept_again(&date, &booking).await);
    report.step("the e-mail about the date", mailbox::confirmation(stage, &booking).await);
    report.step("enter the draw of earlier ones", applicant.entered(&draw, &booking).await);
    report.step("the log in which the draw stands", witnessed(stage, given).await);
    Some(())
}

/// Without the steps that show that nothing else is possible. Nothing is left to do if the person has accepted.
pub async fn just_accept(stage: &Stage) -> Result<(), StepError> {
    let Some(given) = &stage.target.given else { return Ok(()) };
    let office = SlotApi::new(stage.api.clone(), given.slot.clone());
    let person = log_in::with_card(stage, given.citizen).await?.into_value();
    let applicant = Applicant { given, office, person };
    applicant.claim().await?;
    for date in applicant.office.assigned_dates(&applicant.person.token).await? {
        applicant.accept(&date).await?;
    }
    Ok(())
}

impl Applicant<'_> {
    async fn claim(&self) -> Result<Proof<()>, StepError> {
        let claim = EntitlementClaim {
            service: self.given.service.clone(),
            reference: self.given.reference.clone(),
            attendee: self.person.attendee.clone(),
        };
        self.office.claim_entitlement(&self.person.token, &claim).await?;
        proof((), format!("{} belongs to the person", self.given.reference))
    }

    async fn date(&self) -> Result<Proof<AssignedDate>, StepError> {
        let dates = self.office.assigned_dates(&self.person.token).await?;
        let date = dates.into_iter().find(|date| date.service == self.given.service);
        let date = date.ok_or_else(|| StepError::new("no date waits for an answer"))?;
        let day = date.start.to_zoned_datetime(ambient::berlin()).date();
        let shown = format!("{day} at place {}", date.location);
        proof(date, shown)
    }

    async fn draw(&self, stage: &Stage) -> Result<Proof<Draw>, StepError> {
        let mut draws = self.office.draws().await?;
        draws.retain(|draw| draw.needs_appointment && draw.is_open(stage.now()));
        let draw = draws.into_iter().find(|draw| draw.service == self.given.service);
        let draw = draw.ok_or_else(|| StepError::new("no draw can be entered"))?;
        let shown = format!("{} slots of the week from {}", draw.slots, draw.week);
        proof(draw, shown)
    }

    async fn accept(&self, date: &AssignedDate) -> Result<Proof<Booking>, StepError> {
        let booking = self.office.accept_date(&self.person.token, date.id, &self.accepts()).await?;
        if booking.start != date.start || booking.location != date.location {
            return Err(StepError::new("the booking is for another date"));
        }
        let shown = format!("booking {}", booking.code);
        proof(booking, shown)
    }

    async fn accept_again(
        &self,
        date: &AssignedDate,
        booking: &Booking,
    ) -> Result<Proof<()>, StepError> {
        let again = self.office.accept_date(&self.person.token, date.id, &self.accepts()).await?;
        if again.id != booking.id {
            return Err(StepError::new("a repeat made another booking"));
        }
        proof((), "the same booking")
    }

    fn accepts(&self) -> DateAcceptance {
        DateAcceptance { attendee: self.person.attendee.clone(), language: "de".to_owned() }
    }

    async fn enter(&self, draw: &Draw, key: &str) -> Result<DrawEntry, ClientError> {
        let request = EntryRequest {
            wishes: vec![Preference::default()],
            people: 1,
            attendee: self.person.attendee.clone(),
            language: "de".to_owned(),
            phone: None,
            // The authority gives the tickets itself.
            ticket: None,
        };
        self.office.enter_draw(&self.person.token, draw.id, key, &request).await
    }

    /// The person has both: the appointment, and the chance of an earlier one.
    async fn entered(&self, draw: &Draw, booking: &Booking) -> Result<Proof<()>, StepError> {
        let entry = self.enter(draw, "tour-enters").await?;
        if entry.status != Some(EntryStatus::Entered) || entry.receipt.is_empty() {
            return Err(StepError::new(format!("the entry is {:?}", entry.status)));
        }
        let kept = self.office.booking(&self.person.token, booking.id).await?;
        if !kept.is_open() {
            return Err(StepError::new(format!("the appointment is {:?}", kept.status)));
        }
        proof((), "with a receipt; the appointment stays until an earlier one is won")
    }
}

/// Other authorities have cosigned the newest checkpoint, in which the announcement stands.
async fn witnessed(stage: &Stage, given: &GivenDate) -> Result<Proof<()>, StepError> {
    let until = Instant::now() + WITNESS_TIMEOUT;
    let url = given.slot.join("v1/log/checkpoint")?;
    loop {
        let note = stage.http.get(url.clone()).send().await?.text().await?;
        let signed = note.lines().filter_map(|line| line.strip_prefix(SIGNED));
        let names: Vec<_> = signed.filter_map(|line| line.split(' ').next()).collect();
        if let [log, witnesses @ ..] = names.as_slice()
            && !witnesses.is_empty()
        {
            return proof((), format!("{log}, cosigned by {}", witnesses.join(" and ")));
        }
        if Instant::now() > until {
            return Err(StepError::new("no other authority has cosigned the checkpoint"));
        }
        sleep(Duration::from_millis(100)).await;
    }
}
