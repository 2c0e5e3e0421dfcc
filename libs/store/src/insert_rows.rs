//! Many rows by a statement that is the same for any number of them.
//!
//! A statement with a parameter for each cell has another text for each number of rows, so
//! PostgreSQL parses and plans it anew, and its 65,535 parameters bound how many rows fit. With one
//! array for each column (`unnest`) the text is always the same: it is prepared once.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, DbBackend, EntityName, EntityTrait, IdenStatic, Iterable,
    Statement, Value,
};

/// An `INSERT` of `rows` with `then` behind it, for example `ON CONFLICT DO NOTHING RETURNING id`.
///
/// Each column is one array. PostgreSQL plans one statement instead of one for each number of rows, and
/// neither side counts a parameter for every cell. The rows are inserted in their order.
///
/// `None` if they cannot be written so, and the caller writes them cell by cell: on SQLite; without
/// rows; with columns of other types than texts, whole numbers and bytes; with a `NULL` that is no text, or
/// an empty text in a column that may be `NULL`, since that is how a `NULL` is sent.
#[must_use]
pub fn insert_rows<A: ActiveModelTrait>(
    backend: DbBackend,
    rows: &[A],
    then: &str,
) -> Option<Statement> {
    if backend != DbBackend::Postgres || rows.is_empty() {
        return None;
    }
    let (mut names, mut cells, mut arrays, mut values) = (vec![], vec![], vec![], vec![]);
    for column in <<A::Entity as EntityTrait>::Column as Iterable>::iter() {
        let set: Vec<Value> =
            rows.iter().filter_map(|row| A::get(row, column).into_value()).collect();
        if set.is_empty() {
            // The database gives it.
            continue;
        }
        if set.len() != rows.len() {
            return None;
        }
        let may_be_null = ColumnTrait::def(&column).is_null();
        let (kind, array) = array(set, may_be_null)?;
        let name = format!("\"{}\"", IdenStatic::as_str(&column));
        let is_text = kind == "text[]";
        cells.push(if may_be_null && is_text {
            format!("NULLIF({name}, '')")
        } else {
            name.clone()
        });
        names.push(name);
        values.push(array);
        arrays.push(format!("${}::{kind}", values.len()));
    }
    let entity = <A::Entity as Default>::default();
    let sql = format!(
        "INSERT INTO \"{}\" ({names}) SELECT {} FROM unnest({}) AS new_rows ({names}) {then}",
        EntityName::table_name(&entity),
        cells.join(", "),
        arrays.join(", "),
        names = names.join(", "),
    );
    Some(Statement::from_sql_and_values(backend, sql, values))
}

/// The cells of a column as one value, and what PostgreSQL calls it.
///
/// `None` if the type of the column cannot be sent as an array, or a cell is of another kind than
/// the first.
fn array(cells: Vec<Value>, may_be_null: bool) -> Option<(&'static str, Value)> {
    // The cells, if all are of this type and none is `NULL`.
    macro_rules! full {
        ($kind:ident) => {
            all(cells, |cell| match cell {
                Value::$kind(cell) => cell,
                _ => None,
            })?
            .into()
        };
    }
    Some(match cells.first()? {
        Value::String(_) => {
            let text = |cell: Value| match cell {
                Value::String(Some(text)) if !(may_be_null && text.is_empty()) => Some(text),
                Value::String(None) if may_be_null => Some(String::new()),
                _ => None,
            };
            ("text[]", all(cells, text)?.into())
        }
        Value::Bytes(_) => ("bytea[]", full!(Bytes)),
        Value::BigInt(_) => ("bigint[]", full!(BigInt)),
        Value::Int(_) => ("integer[]", full!(Int)),
        Value::SmallInt(_) => ("smallint[]", full!(SmallInt)),
        _ => return None,
    })
}

/// `None` if one is none.
fn all<T>(cells: Vec<Value>, of: impl Fn(Value) -> Option<T>) -> Option<Vec<T>> {
    cells.into_iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use sea_orm::{
        ActiveValue::{NotSet, Set},
        ConnectionTrait as _,
    };

    use super::*;
    use crate::Database;

    mod thing {
        use sea_orm::entity::prelude::*;

        #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
        #[sea_orm(table_name = "things")]
        pub struct Model {
            #[sea_orm(primary_key)]
            pub position: i64,
            pub name: String,
            pub note: Option<String>,
            pub data: Vec<u8>,
            pub at: i64,
            pub desk: i32,
            pub lane: i16,
        }

        #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
        pub enum Relation {}

        impl ActiveModelBehavior for ActiveModel {}
    }

    fn thing(name: &str, note: Option<&str>) -> thing::ActiveModel {
        thing::ActiveModel {
            position: NotSet,
            name: Set(name.to_owned()),
            note: Set(note.map(str::to_owned)),
            data: Set(vec![0, 1, 255]),
            at: Set(i64::MAX),
            desk: Set(3),
            lane: Set(-1),
        }
    }

    #[test]
    fn the_statement_is_the_same_for_any_number_of_rows() {
        let statement = |rows: &[thing::ActiveModel]| {
            insert_rows(DbBackend::Postgres, rows, "ON CONFLICT DO NOTHING").unwrap()
        };
        let one = statement(&[thing("a", None)]);
        let two = statement(&[thing("a", None), thing("b", Some("c"))]);
        assert_eq!(one.sql, two.sql);
        assert_eq!(
            one.sql,
            "INSERT INTO \"things\" (\"name\", \"note\", \"data\", \"at\", \"desk\", \"lane\") \
             SELECT \"name\", NULLIF(\"note\", ''), \"data\", \"at\", \"desk\", \"lane\" \
             FROM unnest($1::text[], $2::text[], $3::bytea[], $4::bigint[], $5::integer[], \
             $6::smallint[]) AS new_rows (\"name\", \"note\", \"data\", \"at\", \"desk\", \"lane\") \
             ON CONFLICT DO NOTHING"
        );
    }

    #[test]
    fn what_cannot_be_written_so_is_left_to_the_caller() {
        let rows = [thing("a", None)];
        assert!(insert_rows(DbBackend::Sqlite, &rows, "").is_none());
        assert!(insert_rows::<thing::ActiveModel>(DbBackend::Postgres, &[], "").is_none());
        let empty = [thing("a", Some(""))];
        assert!(insert_rows(DbBackend::Postgres, &empty, "").is_none());
        let numbered = thing::ActiveModel { position: Set(7), ..thing("a", None) };
        let some = [numbered, thing("b", None)];
        assert!(insert_rows(DbBackend::Postgres, &some, "").is_none());
    }

    #[tokio::test]
    async fn rows_are_read_as_they_were_written() {
        let Some(url) = testkit::postgres_url().await else { return };
        let database = Database::connect(&url).await.unwrap();
        let db = database.connection();
        let table = "CREATE TABLE things (position BIGSERIAL PRIMARY KEY, name TEXT NOT NULL, \
             note TEXT, data BYTEA NOT NULL, at BIGINT NOT NULL, desk INTEGER NOT NULL, \
             lane SMALLINT NOT NULL)";
        db.execute_unprepared(table).await.unwrap();
        let rows =
            [thing("", Some("{\"a\", NULL}")), thing("NULL", None), thing("ä'\\", Some(" "))];
        let insert = insert_rows(DbBackend::Postgres, &rows, "RETURNING position").unwrap();
        assert_eq!(db.query_all_raw(insert).await.unwrap().len(), 3);
        let read = thing::Entity::find().all(db).await.unwrap();
        let texts: Vec<_> =
            read.iter().map(|it| (it.position, &*it.name, it.note.as_deref())).collect();
        assert_eq!(
            texts,
            [(1, "", Some("{\"a\", NULL}")), (2, "NULL", None), (3, "ä'\\", Some(" "))]
        );
        let rest = |it: &thing::Model| (it.data.clone(), it.at, it.desk, it.lane);
        assert!(read.iter().all(|it| rest(it) == (vec![0, 1, 255], i64::MAX, 3, -1)));
    }
}
