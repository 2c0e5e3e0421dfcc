//! The row of an entitlement.

use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::COLUMNS;
use crate::{domain::Entitlement, store::Corrupt};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entitlements")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub service: String,
    pub proof: Vec<u8>,
    pub key_id: Option<String>,
    pub bound_to: String,
    pub valid_from: i64,
    pub valid_until: i64,
    pub uses: i32,
    pub posted_by: String,
    pub person: Option<String>,
    pub withdrawn_at: Option<i64>,
    pub created_at: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl From<&Entitlement> for ActiveModel {
    fn from(it: &Entitlement) -> Self {
        Self {
            id: Set(it.id.to_string()),
            service: Set(it.service.to_string()),
            proof: Set(it.reference.clone()),
            key_id: Set(it.key_id.clone()),
            bound_to: Set(it.bound_to.as_str().to_owned()),
            valid_from: Set(it.valid_from.as_millisecond()),
            valid_until: Set(it.valid_until.as_millisecond()),
            uses: Set(it.uses.into()),
            posted_by: Set(it.posted_by.to_string()),
            person: Set(it.person.map(|person| person.to_string())),
            withdrawn_at: Set(it.withdrawn_at.map(|at| at.as_millisecond())),
            created_at: Set(it.created_at.as_millisecond()),
        }
    }
}

impl TryFrom<Model> for Entitlement {
    type Error = Corrupt;

    fn try_from(row: Model) -> Result<Self, Corrupt> {
        let person = row.person.map(|person| COLUMNS.parse("person", &person));
        let withdrawn_at = row.withdrawn_at.map(|at| COLUMNS.time("withdrawn_at", at));
        Ok(Self {
            id: COLUMNS.parse("id", &row.id)?,
            service: COLUMNS.parse("service", &row.service)?,
            reference: row.proof,
            key_id: row.key_id,
            bound_to: COLUMNS.parse("bound_to", &row.bound_to)?,
            valid_from: COLUMNS.time("valid_from", row.valid_from)?,
            valid_until: COLUMNS.time("valid_until", row.valid_until)?,
            uses: COLUMNS.number("uses", row.uses)?,
            posted_by: COLUMNS.parse("posted_by", &row.posted_by)?,
            person: person.transpose()?,
            withdrawn_at: withdrawn_at.transpose()?,
            created_at: COLUMNS.time("created_at", row.created_at)?,
        })
    }
}
