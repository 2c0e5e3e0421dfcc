//! What a member of staff may do alone, and what takes a second one.
//!
//! A member of staff may do what could be sold only so often a day alone; the authority's values
//! set the number (`alonePerDay`). Above it, the answer names a case; a colleague reads and
//! approves it, and the same request sent again is done. With another reason, place or name it is
//! another proposal. Two are two humans: the pseudonym of staff is their account's, whichever role
//! they act in.

use ids::{CaseCode, HoldId, LocationId, ServiceId, StaffId};
use jiff::Timestamp;
use messaging::UnitOfWork;
use serde_json::{Value, json};

use super::{
    AppError, DeskRefusal, DeskStaff, Engine, phone_calls::note_reading, proposal::Proposal,
};
use crate::{
    domain::{Actor, ApprovalRefused, CountedAct, DeskCase, DeskCaseState, DeskReason},
    store::{desk_cases, staff_counts},
};

/// What a member of staff wants to do.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) staff: StaffId,
    pub(super) act: CountedAct,
    /// To what: a hold and its person, a booking and who came with a document (`booking/person`), a person, an entry
    /// or a queue ticket, by its id.
    pub(super) subject: String,
    pub(super) location: LocationId,
    pub(super) services: Vec<ServiceId>,
    /// Of the appointment, if it is about one.
    pub(super) start: Option<Timestamp>,
    pub(super) reason: Option<DeskReason>,
    /// What the colleague compares and reads, and the hold that it is encrypted for.
    pub(super) attendee: Option<(Proposal, HoldId)>,
}

/// That it may be done. Give it back if it was not done after all.
#[derive(Debug)]
#[must_use = "what was counted and not done is given back"]
pub(super) enum Permit {
    /// It counts as one of the day's.
    Alone { staff: StaffId, act: CountedAct, date: jiff::civil::Date },
    /// A colleague agreed.
    ByTwo(Box<DeskCase>),
}

impl Wanted {
    /// Whether `case` proposes exactly this. A hold or a queue ticket fixes what its id does not say: the
    /// number of people, for one.
    fn is(&self, case: &DeskCase, attendee: Option<&(Proposal, HoldId)>) -> bool {
        case.location == self.location
            && case.services == self.services
            && case.start == self.start
            && case.reason == self.reason
            && attendee == self.attendee.as_ref()
    }
}

/// Counts it as one of the day's, or finds the colleague's approval of exactly this.
///
/// # Errors
/// It takes a second member of staff, who has not agreed yet.
pub(super) async fn permit(engine: &Engine, wanted: Wanted) -> Result<Permit, AppError> {
    let most = wanted.act.alone(&engine.catalogue().authority.alone_per_day);
    permit_of(engine, wanted, most).await
}

/// The same for what nobody does alone, whatever the number of the day is.
///
/// # Errors
/// As [`permit`].
pub(super) async fn permit_by_two(engine: &Engine, wanted: Wanted) -> Result<Permit, AppError> {
    permit_of(engine, wanted, Some(0)).await
}

/// A member of staff does at most so many of a day alone; `None`: as many as they like.
async fn permit_of(engine: &Engine, wanted: Wanted, most: Option<u16>) -> Result<Permit, AppError> {
    let db = engine.database.connection();
    let Wanted { staff, act, .. } = wanted;
    let (mut same, mut other) = (None, None);
    if let Some((case, sealed)) = desk_cases::find_open(db, act, &wanted.subject, staff).await? {
        // A sealed proposal that cannot be opened counts as another one.
        let open = |hold| {
            let sealed = sealed.as_deref()?;
            Some((engine.person_data.open_as::<Proposal>(sealed, hold).ok()?, hold))
        };
        match wanted.is(&case, case.hold.and_then(open).as_ref()) {
            true => same = Some(case),
            false => other = Some(case.code),
        }
    }
    if let Some(case) = &same
        && let DeskCaseState::Approved { .. } = case.state
    {
        return Ok(Permit::ByTwo(Box::new(case.clone())));
    }
    let date = engine.local_date(engine.now());
    if staff_counts::take(db, staff, date, act, most).await? {
        return Ok(Permit::Alone { staff, act, date });
    }
    match same {
        Some(case) => Err(DeskRefusal::SecondPerson(case.code).into()),
        None => Err(DeskRefusal::SecondPerson(propose(engine, wanted, other).await?).into()),
    }
}

/// Opens a case. It takes the place of `other`, which proposed something else about the same and
/// may have been approved: this is not approved yet.
async fn propose(
    engine: &Engine,
    wanted: Wanted,
    other: Option<CaseCode>,
) -> Result<CaseCode, AppError> {
    let hold = wanted.attendee.as_ref().map(|(_, hold)| *hold);
    let attendee =
        wanted.attendee.map(|(who, hold)| engine.person_data.seal(&who, hold, &*engine.entropy));
    let case = DeskCase {
        code: CaseCode::mint(&*engine.entropy),
        act: wanted.act,
        subject: wanted.subject,
        location: wanted.location,
        services: wanted.services,
        start: wanted.start,
        hold,
        reason: wanted.reason,
        proposed_by: wanted.staff,
        state: DeskCaseState::Proposed,
        opened_at: engine.now(),
    };
    let mut unit = engine.begin().await?;
    if let Some(other) = other {
        desk_cases::withdraw(unit.transaction(), other).await?;
    }
    desk_cases::insert(unit.transaction(), &case, attendee).await?;
    // The same request at the same moment may have been first.
    let db = unit.transaction();
    let code = desk_cases::find_open(db, case.act, &case.subject, case.proposed_by).await?;
    let code = code.map_or(case.code, |(first, _)| first.code);
    if code == case.code {
        let details = json!({ "act": case.act, "subject": case.subject, "instead_of": other });
        let actor = Actor::Staff(case.proposed_by);
        engine.record(&mut unit, &actor, "desk-case.proposed", code, details).await?;
    }
    unit.commit().await?;
    Ok(code)
}

impl Permit {
    /// It was done: within the transaction that does it, or after it.
    ///
    /// # Errors
    /// The same approval was used at the same moment, or the database does not answer.
    pub(super) async fn used(
        &self,
        engine: &Engine,
        unit: &mut UnitOfWork<'_>,
    ) -> Result<(), AppError> {
        let Self::ByTwo(case) = self else { return Ok(()) };
        let by = case.state.approved_by().ok_or(DeskRefusal::SecondPerson(case.code))?;
        let done = DeskCaseState::Done { by };
        if !desk_cases::advance(unit.transaction(), case, done).await? {
            return Err(DeskRefusal::CaseState.into());
        }
        let (staff, date) = (case.proposed_by, engine.local_date(engine.now()));
        staff_counts::take(unit.transaction(), staff, date, CountedAct::DidByTwo, None).await?;
        Ok(())
    }

    /// It was refused, so it was not done after all. If the outcome is unknown (the database fell
    /// silent), it counts: else a clerk could do more by breaking off.
    pub(super) async fn refused(self, engine: &Engine, refusal: &AppError) {
        if !matches!(refusal, AppError::Unavailable(_) | AppError::Internal(_)) {
            self.give_back(engine).await;
        }
    }

    /// It was not done after all.
    pub(super) async fn give_back(self, engine: &Engine) {
        let Self::Alone { staff, act, date } = self else { return };
        let db = engine.database.connection();
        if let Err(error) = staff_counts::give_back(db, staff, date, act).await {
            tracing::warn!(%error, %act, "cannot give back one of a member of staff's day; it counts although nothing was done");
        }
    }

    /// For the audit log: the colleague who agreed, and the case.
    pub(super) fn details(&self) -> Value {
        match self {
            Self::Alone { .. } => json!({}),
            Self::ByTwo(case) => {
                json!({ "case": case.code, "approved_by": case.state.approved_by() })
            }
        }
    }
}

/// What the audit log calls it when a colleague reads a case.
const READ: &str = "desk-case.read";
/// And when they agree to it.
const AGREED: &str = "desk-case.agreed";

/// What a case is about, each as the audit log names it: a case is deleted within days, and what was done with the
/// data of a person must be found without it. A hold is left out beside its person: once it is a booking they would
/// read everything twice.
fn subjects(case: &DeskCase) -> impl Iterator<Item = &str> {
    let beside = case.hold.and_then(|hold| case.subject.strip_prefix(&format!("{hold}/")));
    beside.unwrap_or(&case.subject).split('/')
}

/// A case as a colleague reads it, with the name to compare with the document and the wishes. The audit log says who
/// read it, under the person or what is theirs.
///
/// # Errors
/// There is none at their locations.
pub async fn read_case(
    engine: &Engine,
    colleague: &DeskStaff,
    code: CaseCode,
) -> Result<(DeskCase, Option<Proposal>), AppError> {
    let found = desk_cases::find(engine.database.connection(), code).await?;
    let own = found.filter(|(case, _)| colleague.reach.covers(&case.location));
    let (case, sealed) = own.ok_or(DeskRefusal::CaseNotFound)?;
    for subject in subjects(&case) {
        note_reading(engine, colleague, READ, subject.to_owned()).await?;
    }
    let (Some(sealed), Some(hold)) = (sealed, case.hold) else { return Ok((case, None)) };
    let proposal = engine.person_data.open_as(&sealed, hold);
    let proposal = proposal.map_err(|error| AppError::Internal(error.into()))?;
    Ok((case, Some(proposal)))
}

/// Agrees to what a colleague proposed. They do it by sending their request again.
///
/// # Errors
/// It is one's own, it was approved before, or there is no such case at these locations.
pub async fn approve_case(
    engine: &Engine,
    colleague: &DeskStaff,
    code: CaseCode,
) -> Result<DeskCase, AppError> {
    let (case, _) = read_case(engine, colleague, code).await?;
    let next = case.approve(colleague.id).map_err(|refused| match refused {
        ApprovalRefused::SamePerson => DeskRefusal::SecondPerson(code),
        ApprovalRefused::NotProposed => DeskRefusal::CaseState,
    })?;
    let mut unit = engine.begin().await?;
    if !desk_cases::advance(unit.transaction(), &case, next).await? {
        return Err(DeskRefusal::CaseState.into());
    }
    let date = engine.local_date(engine.now());
    staff_counts::take(unit.transaction(), colleague.id, date, CountedAct::Agreed, None).await?;
    let details =
        json!({ "act": case.act, "subject": case.subject, "proposed_by": case.proposed_by });
    let actor = Actor::Staff(colleague.id);
    engine.record(&mut unit, &actor, "desk-case.approved", code, details).await?;
    for subject in subjects(&case) {
        engine.record(&mut unit, &actor, AGREED, subject, json!({ "case": code })).await?;
    }
    unit.commit().await?;
    Ok(DeskCase { state: next, ..case })
}
