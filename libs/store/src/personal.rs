//! What a service keeps about one person, table by table: for the answer to a person who asks, and for the
//! test that no column is forgotten.
//!
//! A service lists its [`Table`]s; whatever is read stays as it is stored, but for times. What is sealed
//! comes as bytes, which the service opens.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use crate::StoreError;

/// Rows of one table that are read, at most: more than anybody has.
const MOST: u32 = 5_000;

/// A table that holds something about persons.
///
/// A person who asks for their data (GDPR, article 15) gets the rows that `whose` selects. A new
/// table or column fails the test that calls [`differences`] until it is listed, with its form or
/// with the reason why it is left out.
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

/// How a column is read, the same from PostgreSQL and SQLite.
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
    ///
    /// For what says nothing about the person, such as the number of a version, or what would tell
    /// about another person. The reason stands in the list for a reviewer.
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

    /// The cell at a place of the row. An instant that is out of range stays a number.
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

/// For a test of a service: where its lists and the schema of a SQLite database differ, one line each. A table
/// stands in `tables` with every column, or in `others`, which hold nothing about a person.
///
/// # Errors
/// A statement fails.
pub async fn differences(
    db: &impl ConnectionTrait,
    tables: &[Table],
    others: &[(&str, &str)],
) -> Result<Vec<String>, StoreError> {
    let all = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let known = tables.iter().map(|table| table.name).chain(others.iter().map(|(name, _)| *name));
    let mut left: BTreeSet<String> = known.map(str::to_owned).collect();
    let mut found = Vec::new();
    for name in names(db, all).await? {
        if !left.remove(&name) {
            found.push(format!("the table {name} is not listed"));
        }
        let Some(table) = tables.iter().find(|table| table.name == name) else { continue };
        let columns = names(db, &format!("SELECT name FROM pragma_table_info('{name}')")).await?;
        let listed: BTreeSet<_> = table.columns.iter().map(|it| it.name.to_owned()).collect();
        let differing = columns.symmetric_difference(&listed);
        found.extend(differing.map(|column| format!("{name}.{column} is only in one of both")));
    }
    found.extend(left.iter().map(|name| format!("the table {name} is gone")));
    Ok(found)
}

/// The first column of each row, as texts.
async fn names(db: &impl ConnectionTrait, sql: &str) -> Result<BTreeSet<String>, StoreError> {
    let statement = Statement::from_string(db.get_database_backend(), sql);
    let rows = db.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index::<String>(0)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Database;

    const ALL: &[Column] = &[Column::text("name"), Column::left_out("born", "for the test")];
    const OTHER: &[Column] = &[Column::text("name"), Column::text("street")];

    #[tokio::test]
    async fn what_is_missing_and_what_is_gone_is_named() {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let db = database.connection();
        for sql in ["CREATE TABLE people (name TEXT, born TEXT)", "CREATE TABLE days (day TEXT)"] {
            let statement = Statement::from_string(db.get_database_backend(), sql);
            db.execute_raw(statement).await.unwrap();
        }
        let table = |columns| Table { name: "people", kind: "people", whose: "name = $1", columns };
        assert!(differences(db, &[table(ALL)], &[("days", "days")]).await.unwrap().is_empty());
        assert_eq!(
            differences(db, &[table(OTHER)], &[("nights", "nights")]).await.unwrap(),
            [
                "the table days is not listed",
                "people.born is only in one of both",
                "people.street is only in one of both",
                "the table nights is gone",
            ]
        );
    }
}
