//! Log-ins that succeeded.

use ids::{CaseCode, ClientId, PersonId, SessionId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select, sea_query::Expr,
};
use vocabulary::TrustLevel;

use serde::{Deserialize, Serialize};

use super::{StoreResult, corrupt, parse, time};
use crate::settings::{Grant, ProviderId};

/// The subject of a session.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    Person(PersonId),
    Staff(StaffMember),
}

/// A member of staff, for the time of a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct StaffMember {
    /// The keyed hash of the provider's name for the account.
    pub(crate) account: String,
    /// The groups at the provider that granted something.
    #[serde(default)]
    pub(crate) groups: Vec<String>,
    /// What they granted at log-in.
    pub(crate) grants: Vec<Grant>,
}

/// The case that keeps open who a person is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OpenCase {
    /// What the person says at the desk.
    pub(crate) code: CaseCode,
    /// The doubt that it is about, named by one of the persons whom it concerns.
    pub(crate) doubt: PersonId,
}

/// The sessions that a provider's log-out ends.
#[derive(Debug, Clone)]
pub(crate) enum AtProvider {
    Subject(String),
    Session(String),
}

/// One log-in of a person in one program.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) who: Who,
    pub(crate) client: ClientId,
    pub(crate) provider: ProviderId,
    /// The keyed hashes of the provider's names for the account and for this log-in.
    pub(crate) provider_subject: String,
    pub(crate) provider_session: Option<String>,
    pub(crate) level: TrustLevel,
    /// When the person proved who they are, as the provider says.
    pub(crate) auth_time: Timestamp,
    pub(crate) language: String,
    pub(crate) expires_at: Timestamp,
    /// Set if the person is a provisional one.
    pub(crate) open_case: Option<OpenCase>,
}

pub(crate) async fn insert(db: &impl ConnectionTrait, session: &Session) -> StoreResult<()> {
    let (person, staff) = match &session.who {
        Who::Person(person) => (Some(person.to_string()), None),
        Who::Staff(staff) => {
            (None, Some(serde_json::to_string(staff).map_err(|_| corrupt("sessions.staff"))?))
        }
    };
    let row = row::ActiveModel {
        id: Set(session.id.to_string()),
        person: Set(person),
        staff: Set(staff),
        provider_subject: Set(session.provider_subject.clone()),
        provider_session: Set(session.provider_session.clone()),
        client: Set(session.client.to_string()),
        provider: Set(session.provider.to_string()),
        level: Set(session.level.as_str().to_owned()),
        auth_time: Set(session.auth_time.as_millisecond()),
        language: Set(session.language.clone()),
        expires_at: Set(session.expires_at.as_millisecond()),
        ended_at: Set(None),
        case_code: Set(session.open_case.map(|case| case.code.to_string())),
        doubt: Set(session.open_case.map(|case| case.doubt.to_string())),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A session that has not ended.
pub(crate) async fn find_live(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> StoreResult<Option<Session>> {
    let row = row::Entity::find_by_id(id.to_string())
        .filter(row::Column::EndedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
        .one(db)
        .await?;
    row.map(Session::try_from).transpose()
}

/// A session that has ended before its time since then.
pub(crate) async fn find_ended(
    db: &impl ConnectionTrait,
    id: SessionId,
    since: Timestamp,
) -> StoreResult<Option<Session>> {
    let row = row::Entity::find_by_id(id.to_string())
        .filter(row::Column::EndedAt.gt(since.as_millisecond()))
        .one(db)
        .await?;
    row.map(Session::try_from).transpose()
}

/// The sessions that a provider means, of those that have not ended.
pub(crate) async fn at_provider(
    db: &impl ConnectionTrait,
    provider: &ProviderId,
    which: &AtProvider,
) -> StoreResult<Vec<SessionId>> {
    let meant = match which {
        AtProvider::Subject(subject) => row::Column::ProviderSubject.eq(subject),
        AtProvider::Session(session) => row::Column::ProviderSession.eq(session),
    };
    let rows = row::Entity::find()
        .filter(row::Column::Provider.eq(provider.as_str()))
        .filter(row::Column::EndedAt.is_null())
        .filter(meant)
        .all(db)
        .await?;
    rows.iter().map(|row| parse("sessions.id", &row.id)).collect()
}

/// The sessions of `person` that have not ended.
pub(crate) async fn of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Vec<SessionId>> {
    let rows = row::Entity::find()
        .filter(row::Column::Person.eq(person.to_string()))
        .filter(row::Column::EndedAt.is_null())
        .all(db)
        .await?;
    rows.iter().map(|row| parse("sessions.id", &row.id)).collect()
}

/// Up to `most` sessions of staff that have not ended, by id, from the one behind `after` on.
pub(crate) async fn of_staff(
    db: &impl ConnectionTrait,
    after: Option<SessionId>,
    most: u64,
    now: Timestamp,
) -> StoreResult<Vec<Session>> {
    let mut wanted = live_of_staff(now);
    if let Some(after) = after {
        wanted = wanted.filter(row::Column::Id.gt(after.to_string()));
    }
    let rows = wanted.order_by_asc(row::Column::Id).limit(most).all(db).await?;
    rows.into_iter().map(Session::try_from).collect()
}

/// The sessions of a staff account that have not ended; `subject` is its [`Session::provider_subject`].
pub(crate) async fn of_staff_account(
    db: &impl ConnectionTrait,
    provider: &ProviderId,
    subject: &str,
    now: Timestamp,
) -> StoreResult<Vec<Session>> {
    let rows = live_of_staff(now)
        .filter(row::Column::Provider.eq(provider.as_str()))
        .filter(row::Column::ProviderSubject.eq(subject))
        .order_by_asc(row::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(Session::try_from).collect()
}

fn live_of_staff(now: Timestamp) -> Select<row::Entity> {
    row::Entity::find()
        .filter(row::Column::Staff.is_not_null())
        .filter(row::Column::EndedAt.is_null())
        .filter(row::Column::ExpiresAt.gt(now.as_millisecond()))
}

/// Ends a session. `false` if it had ended before or never was.
pub(crate) async fn end(
    db: &impl ConnectionTrait,
    id: SessionId,
    now: Timestamp,
) -> StoreResult<bool> {
    let ended = row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::value(now.as_millisecond()))
        .filter(row::Column::Id.eq(id.to_string()))
        .filter(row::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    Ok(ended.rows_affected == 1)
}

/// The sessions that ended before their time since then, and when.
pub(crate) async fn ended_since(
    db: &impl ConnectionTrait,
    since: Timestamp,
) -> StoreResult<Vec<(SessionId, Timestamp)>> {
    let late = row::Column::EndedAt.gte(since.as_millisecond());
    let columns = [row::Column::Id, row::Column::EndedAt];
    let rows: Vec<(String, i64)> = row::Entity::find()
        .select_only()
        .columns(columns)
        .filter(late)
        .into_tuple()
        .all(db)
        .await?;
    let read =
        |(id, at): (String, i64)| Ok((parse("sessions.id", &id)?, time("sessions.ended_at", at)?));
    rows.into_iter().map(read).collect()
}

/// Deletes expired sessions.
pub(crate) async fn delete_expired(db: &impl ConnectionTrait, now: Timestamp) -> StoreResult<u64> {
    ::store::delete_expired::<row::Entity>(db, row::Column::ExpiresAt, now).await
}

impl TryFrom<row::Model> for Session {
    type Error = ::store::StoreError;

    fn try_from(row: row::Model) -> StoreResult<Self> {
        let who = match (&row.person, &row.staff) {
            (Some(person), None) => Who::Person(parse("sessions.person", person)?),
            (None, Some(staff)) => {
                Who::Staff(serde_json::from_str(staff).map_err(|_| corrupt("sessions.staff"))?)
            }
            _ => return Err(corrupt("sessions.person")),
        };
        let open_case = match (&row.case_code, &row.doubt) {
            (Some(code), Some(doubt)) => Some(OpenCase {
                code: parse("sessions.case_code", code)?,
                doubt: parse("sessions.doubt", doubt)?,
            }),
            _ => None,
        };
        Ok(Self {
            id: parse("sessions.id", &row.id)?,
            who,
            open_case,
            provider_subject: row.provider_subject,
            provider_session: row.provider_session,
            client: parse("sessions.client", &row.client)?,
            provider: parse("sessions.provider", &row.provider)?,
            level: parse("sessions.level", &row.level)?,
            auth_time: time("sessions.auth_time", row.auth_time)?,
            language: row.language,
            expires_at: time("sessions.expires_at", row.expires_at)?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: String,
        pub person: Option<String>,
        pub staff: Option<String>,
        pub provider_subject: String,
        pub provider_session: Option<String>,
        pub client: String,
        pub provider: String,
        pub level: String,
        pub auth_time: i64,
        pub language: String,
        pub expires_at: i64,
        pub ended_at: Option<i64>,
        pub case_code: Option<String>,
        pub doubt: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
