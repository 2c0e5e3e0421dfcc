//! Identity cases for the desk.

use ids::{AuthorityId, CaseCode, PersonId};
use jiff::Timestamp;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::Expr,
};
use serde::{Deserialize, Serialize};
use vocabulary::TrustLevel;

use super::{StoreResult, corrupt, parse, persons::LoginKey, time};
use crate::person::{case::CaseState, fingerprint::Fingerprints};

/// The states in which nothing is decided yet.
const UNSETTLED: [&str; 2] = ["open", "proposed"];

/// An identity question for staff to resolve.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// What the citizen reads aloud.
    pub(crate) code: CaseCode,
    pub(crate) opened_at: Timestamp,
    pub(crate) kind: CaseKind,
    pub(crate) state: CaseState,
    /// The data to compare with the document, sealed for this case.
    pub(crate) sealed_attributes: Vec<u8>,
    /// The authority that resolves it; none yet if it comes from a log-in.
    pub(crate) authority: Option<AuthorityId>,
    /// The provisional person of the log-in, until the case is settled; none if it comes from the
    /// desk.
    pub(crate) provisional: Option<PersonId>,
}

/// What the case is about.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseKind {
    /// Evidence that may be a known person's.
    #[serde(rename = "sighting")]
    Evidence(EvidenceRecord),
    /// Two persons that may be one human.
    Merge,
}

/// Identity evidence, without names.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct EvidenceRecord {
    key: Option<(String, String)>,
    pub(crate) level: TrustLevel,
    prints: Box<Fingerprints>,
    /// The persons that match.
    pub(crate) candidates: Vec<PersonId>,
}

impl EvidenceRecord {
    pub(crate) fn new(
        key: Option<&LoginKey>,
        level: TrustLevel,
        prints: &Fingerprints,
        candidates: Vec<PersonId>,
    ) -> Self {
        Self {
            key: key.map(|key| (key.provider.to_string(), key.hash.clone())),
            level,
            prints: Box::new(prints.clone()),
            candidates,
        }
    }

    /// The account or card, if it was a log-in.
    pub(crate) fn key(&self) -> StoreResult<Option<LoginKey>> {
        let Some((provider, hash)) = &self.key else { return Ok(None) };
        let provider = parse("cases.matter", provider)?;
        Ok(Some(LoginKey { provider, hash: hash.clone() }))
    }

    pub(crate) fn prints(&self) -> &Fingerprints {
        &self.prints
    }

    /// The same log-in with the same data is the same case.
    fn subject(&self) -> String {
        let full = self.prints.full.as_str();
        self.key
            .as_ref()
            .map_or_else(|| full.to_owned(), |(provider, hash)| format!("{provider}/{hash}/{full}"))
    }
}

impl CaseKind {
    fn subject(&self) -> String {
        match self {
            Self::Evidence(record) => record.subject(),
            Self::Merge => String::new(),
        }
    }
}

pub(crate) async fn insert(db: &impl ConnectionTrait, case: &Case) -> StoreResult<()> {
    let row = row::ActiveModel {
        code: Set(case.code.to_string()),
        subject: Set(case.kind.subject()),
        opened_at: Set(case.opened_at.as_millisecond()),
        matter: Set(json("cases.matter", &case.kind)?),
        status: Set(case.state.name().to_owned()),
        state: Set(json("cases.state", &case.state)?),
        sealed_attributes: Set(case.sealed_attributes.clone()),
        authority: Set(case.authority.as_ref().map(ToString::to_string)),
        provisional: Set(case.provisional.map(|person| person.to_string())),
    };
    row::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub(crate) async fn find(db: &impl ConnectionTrait, code: CaseCode) -> StoreResult<Option<Case>> {
    let row = row::Entity::find_by_id(code.to_string()).one(db).await?;
    row.map(Case::try_from).transpose()
}

/// Assigns a case without an authority. `false` if it has one.
pub(crate) async fn adopt(
    db: &impl ConnectionTrait,
    code: CaseCode,
    authority: &AuthorityId,
) -> StoreResult<bool> {
    let adopted = row::Entity::update_many()
        .col_expr(row::Column::Authority, Expr::value(authority.as_str()))
        .filter(row::Column::Code.eq(code.to_string()))
        .filter(row::Column::Authority.is_null())
        .exec(db)
        .await?;
    Ok(adopted.rows_affected == 1)
}

/// The unsettled case that this log-in opened before.
pub(crate) async fn waiting(
    db: &impl ConnectionTrait,
    record: &EvidenceRecord,
) -> StoreResult<Option<Case>> {
    let row = row::Entity::find()
        .filter(row::Column::Subject.eq(record.subject()))
        .filter(row::Column::Status.is_in(UNSETTLED))
        .one(db)
        .await?;
    row.map(Case::try_from).transpose()
}

/// The unsettled case of a provisional person.
pub(crate) async fn of_provisional(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> StoreResult<Option<CaseCode>> {
    let row = row::Entity::find()
        .filter(row::Column::Provisional.eq(person.to_string()))
        .filter(row::Column::Status.is_in(UNSETTLED))
        .one(db)
        .await?;
    row.map(|row| parse("cases.code", &row.code)).transpose()
}

/// Moves a case from the state in which it was read to `next`. `false` if a concurrent request moved
/// it meanwhile.
pub(crate) async fn advance(
    db: &impl ConnectionTrait,
    case: &Case,
    next: &CaseState,
) -> StoreResult<bool> {
    let moved = row::Entity::update_many()
        .col_expr(row::Column::Status, Expr::value(next.name()))
        .col_expr(row::Column::State, Expr::value(json("cases.state", next)?))
        .filter(row::Column::Code.eq(case.code.to_string()))
        .filter(row::Column::State.eq(json("cases.state", &case.state)?))
        .exec(db)
        .await?;
    Ok(moved.rows_affected == 1)
}

fn json<T: Serialize>(column: &'static str, value: &T) -> StoreResult<String> {
    serde_json::to_string(value).map_err(|_| corrupt(column))
}

impl TryFrom<row::Model> for Case {
    type Error = ::store::StoreError;

    fn try_from(row: row::Model) -> StoreResult<Self> {
        Ok(Self {
            code: parse("cases.code", &row.code)?,
            opened_at: time("cases.opened_at", row.opened_at)?,
            kind: serde_json::from_str(&row.matter).map_err(|_| corrupt("cases.matter"))?,
            state: serde_json::from_str(&row.state).map_err(|_| corrupt("cases.state"))?,
            sealed_attributes: row.sealed_attributes,
            authority: row.authority.map(|id| parse("cases.authority", &id)).transpose()?,
            provisional: row.provisional.map(|id| parse("cases.provisional", &id)).transpose()?,
        })
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "cases")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub code: String,
        pub subject: String,
        pub opened_at: i64,
        pub matter: String,
        pub status: String,
        pub state: String,
        pub sealed_attributes: Vec<u8>,
        pub authority: Option<String>,
        pub provisional: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
