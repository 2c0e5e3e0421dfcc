//! What a service keeps about one person, table by table: for the answer to a person who asks, and for the
//! test that no column is forgotten.
//!
//! A service lists its [`Table`]s; whatever is read stays as it is stored, but for times. What is sealed
//! comes as bytes, which the service opens.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use crate::StoreError;

/// Rows of one table that are read, at most: more than anybody has.
const MOST: u32 = 5_000;

/// A table that holds something about persons.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// How programs and pages call what is in it.
    pub kind: &'static str,
    /// The rows of one person: an SQL condition with `$1` in the place of the person.
    pub whose: &'static str,
    /// Every column.
    pub columns: &'static [Column],
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    form: Form,
}

#[derive(Debug, Clone, Copy)]
enum Form {
    Text,
    Number,
    Instant,
    Flag,
    Bytes,
    LeftOut(&'static str),
}

/// What stands in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
    /// An instant.
    Instant(Timestamp),
    /// Yes or no.
    Flag(bool),
    /// Sealed, or a hash.
    Bytes(Vec<u8>),
}

/// A row, without the columns that are left out.
pub type Row = BTreeMap<&'static str, Value>;

impl Column {
    /// A text.
    #[must_use]
    pub const fn text(name: &'static str) -> Self {
        Self { name, form: Form::Text }
    }

    /// A number.
    #[must_use]
    pub const fn number(name: &'static str) -> Self {
        Self { name, form: Form::Number }
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn instant(name: &'static str) -> Self {
        Self { name, form: Form::Instant }
    }

    /// Yes or no.
    #[must_use]
    pub const fn flag(name: &'static str) -> Self {
        Self { name, form: Form::Flag }
    }

    /// Sealed bytes, which the service opens.
    #[must_use]
    pub const fn bytes(name: &'static str) -> Self {
        Self { name, form: Form::Bytes }
    }

    /// Not told, and why.
    #[must_use]
    pub const fn left_out(name: &'static str, why: &'static str) -> Self {
        Self { name, form: Form::LeftOut(why) }
    }

    /// Why it is not told, if it is not.
    #[must_use]
    pub const fn why_left_out(&self) -> Option<&'static str> {
        match self.form {
            Form::LeftOut(why) => Some(why),
            _ => None,
        }
    }

    /// Numbers are read as the same type from both databases.
    fn expression(&self) -> Option<String> {
        let name = self.name;
        match self.form {
            Form::Text | Form::Bytes => Some(format!("\"{name}\"")),
            Form::Number | Form::Instant => Some(format!("CAST(\"{name}\" AS BIGINT)")),
            Form::Flag => Some(format!("CAST(CASE WHEN \"{name}\" THEN 1 ELSE 0 END AS BIGINT)")),
            Form::LeftOut(_) => None,
        }
    }

    fn value(&self, row: &QueryResult, place: usize) -> Result<Value, StoreError> {
        let value = match self.form {
            Form::Text => row.try_get_by_index::<Option<String>>(place)?.map(Value::Text),
            Form::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(place)?.map(Value::Bytes),
            Form::Number => row.try_get_by_index::<Option<i64>>(place)?.map(Value::Number),
            Form::Flag => {
                row.try_get_by_index::<Option<i64>>(place)?.map(|flag| Value::Flag(flag != 0))
            }
            Form::Instant => row.try_get_by_index::<Option<i64>>(place)?.map(|at| {
                Timestamp::from_millisecond(at).map_or(Value::Number(at), Value::Instant)
            }),
            Form::LeftOut(_) => None,
        };
        Ok(value.unwrap_or(Value::Nothing))
    }
}

impl Table {
    /// What is kept about `person`.
    ///
    /// # Errors
    /// The statement fails.
    pub async fn read(
        &self,
        db: &impl ConnectionTrait,
        person: &str,
    ) -> Result<Vec<Row>, StoreError> {
        let told = self.columns.iter().filter(|column| column.why_left_out().is_none());
        let told: Vec<_> = told.collect();
        let expressions: Vec<_> = told.iter().filter_map(|column| column.expression()).collect();
        let (name, whose) = (self.name, self.whose);
        let sql =
            format!("SELECT {} FROM {name} WHERE {whose} LIMIT {MOST}", expressions.join(", "));
        let backend = db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [person.into()]);
        let rows = db.query_all_raw(statement).await?;
        let read = |row: &QueryResult| {
            let values = told.iter().enumerate();
            values.map(|(place, column)| Ok((column.name, column.value(row, place)?))).collect()
        };
        rows.iter().map(read).collect()
    }
}
