//! The rows of a MySQL dump, as `mysqldump` writes them: `CREATE TABLE` for the columns, `INSERT` for
//! the rows. Everything else is skipped.
//!
//! A dump that was cut off is refused: what is missing would be sold a second time.

use std::collections::BTreeMap;

use serde_json::Value;

/// The most rows of one table. Berlin's appointments of half a year are fewer.
const MOST_ROWS: usize = 5_000_000;

/// A row by column. Numbers are text, as JSON of ZMS has them; `NULL` is left out.
pub(super) type Row = BTreeMap<String, String>;

/// The rows of the tables that are asked for.
///
/// # Errors
/// A statement has no end, or a row of these tables is not what a row is; the text says which.
pub(super) fn rows(text: &str, tables: &[&str]) -> Result<BTreeMap<String, Vec<Row>>, String> {
    let mut columns = BTreeMap::<String, Vec<String>>::new();
    let mut rows = BTreeMap::<String, Vec<Row>>::new();
    let mut rest = text;
    while let Some((statement, after)) = next_statement(rest)? {
        rest = after;
        let (table, body) = statement;
        if !tables.contains(&table.as_str()) {
            continue;
        }
        match body {
            Body::Create(body) => {
                columns.insert(table, created(body));
            }
            Body::Insert(body) => {
                let read = inserted(body, columns.get(&table));
                let read = read.map_err(|problem| format!("table `{table}`: {problem}"))?;
                let known = rows.entry(table).or_default();
                known.extend(read);
                if known.len() > MOST_ROWS {
                    return Err(format!("a table of more than {MOST_ROWS} rows"));
                }
            }
        }
    }
    let last = rest.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let is_whole =
        |line: &str| line.ends_with(';') || line.ends_with("*/") || line.starts_with("--");
    match last {
        Some(line) if !is_whole(line) => Err("its last statement has no end".to_owned()),
        _ => Ok(rows),
    }
}

/// The rows of an `INSERT` by column, which it names itself or has from its table.
fn inserted(body: &str, columns: Option<&Vec<String>>) -> Result<Vec<Row>, String> {
    let (own, values) = named(body).ok_or("an INSERT without VALUES")?;
    let names = own.as_ref().or(columns).ok_or("its CREATE TABLE is missing before its rows")?;
    let mut rows = Vec::new();
    let mut rest = values.trim_start();
    while !rest.is_empty() {
        let (row, after) = row(rest).ok_or_else(|| format!("row {} is broken", rows.len() + 1))?;
        if row.len() != names.len() {
            let (values, columns) = (row.len(), names.len());
            return Err(format!("a row of {values} values for {columns} columns"));
        }
        rows.push(names.iter().cloned().zip(row).filter_map(filled).collect());
        rest = after;
    }
    Ok(rows)
}

fn filled((name, value): (String, Option<String>)) -> Option<(String, String)> {
    Some((name, value?))
}

enum Body<'a> {
    Create(&'a str),
    Insert(&'a str),
}

/// A table with what stands after its name.
type Statement<'a> = (String, Body<'a>);

/// The next statement that makes a table or fills it, and what follows.
///
/// # Errors
/// It has no end.
fn next_statement(text: &str) -> Result<Option<(Statement<'_>, &str)>, String> {
    const CREATE: &str = "CREATE TABLE ";
    const INSERT: &str = "INSERT INTO ";
    let mut at = 0;
    loop {
        let line = &text[at..];
        let is_create = line.starts_with(CREATE);
        if is_create || line.starts_with(INSERT) {
            let body = &line[if is_create { CREATE.len() } else { INSERT.len() }..];
            let body = body.trim_start().trim_start_matches("IF NOT EXISTS ");
            let (name, _) = body.split_at(name_length(body));
            let name = name.trim_matches(['`', ' ', '"']).to_owned();
            let Some(end) = end_of_statement(body) else {
                return Err(format!("the statement for table `{name}` has no end"));
            };
            // A name that goes beyond the statement has no body.
            let inner = body[..end].get(name_length(body)..).unwrap_or_default();
            let kind = if is_create { Body::Create(inner) } else { Body::Insert(inner) };
            return Ok(Some(((name, kind), &body[end + 1..])));
        }
        match line.find('\n') {
            Some(end) => at += end + 1,
            None => return Ok(None),
        }
    }
}

/// Up to the blank or parenthesis after a name.
fn name_length(text: &str) -> usize {
    text.find([' ', '(', '\n']).unwrap_or(text.len())
}

/// The place of the semicolon that is in no text.
fn end_of_statement(text: &str) -> Option<usize> {
    unquoted(text).find(|(_, byte)| *byte == b';').map(|(at, _)| at)
}

/// The bytes outside of quotes, with their places.
fn unquoted(text: &str) -> impl Iterator<Item = (usize, u8)> {
    let (mut quote, mut escaped) = (None, false);
    text.bytes().enumerate().filter(move |&(_, byte)| {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(b'\''), b'\\') => escaped = true,
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'`' | b'"') => quote = Some(byte),
            (None, _) => return true,
        }
        false
    })
}

/// The columns of a `CREATE TABLE`: parts of its parenthesis that begin with a name in backticks.
fn created(body: &str) -> Vec<String> {
    let name = |part: &str| Some(part.trim().strip_prefix('`')?.split_once('`')?.0.to_owned());
    let inner = body.split_once('(').map_or("", |(_, inner)| inner);
    parts(inner).into_iter().filter_map(name).collect()
}

/// What stands between commas, up to the parenthesis that closes. Commas in texts and in inner
/// parentheses separate nothing.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, byte) in unquoted(text) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => {
                parts.push(&text[begin..at]);
                return parts;
            }
            b')' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&text[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    parts
}

/// The columns that an `INSERT` names, if it does, and its values.
fn named(body: &str) -> Option<(Option<Vec<String>>, &str)> {
    let (before, values) = body.split_once("VALUES")?;
    let names = before.trim().strip_prefix('(').and_then(|names| names.strip_suffix(')'));
    let names = names.map(|names| {
        names.split(',').map(|name| name.trim().trim_matches('`').to_owned()).collect()
    });
    Some((names, values))
}

/// The values of one row, and what follows behind its comma.
fn row(text: &str) -> Option<(Vec<Option<String>>, &str)> {
    let mut rest = text.strip_prefix('(')?;
    let mut row = Vec::new();
    loop {
        let (value, after) = value(rest.trim_start())?;
        row.push(value);
        let after = after.trim_start();
        if let Some(behind) = after.strip_prefix(')') {
            let behind = behind.trim_start();
            let next = behind.strip_prefix(',').map(str::trim_start);
            // Behind a comma stands another row.
            return match next {
                Some("") => None,
                Some(next) => Some((row, next)),
                None if behind.is_empty() => Some((row, behind)),
                None => None,
            };
        }
        rest = after.strip_prefix(',')?;
    }
}

/// One value and what follows it.
fn value(text: &str) -> Option<(Option<String>, &str)> {
    let text = text.strip_prefix("_binary ").unwrap_or(text);
    let Some(quoted) = text.strip_prefix('\'') else {
        let end = text.find([',', ')'])?;
        let (word, after) = text.split_at_checked(end)?;
        let word = word.trim();
        return Some(((word != "NULL").then(|| word.to_owned()), after));
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => value.push(match letters.next()?.1 {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => ' ',
                other => other,
            }),
            '\'' if letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                letters.next();
                value.push('\'');
            }
            '\'' => return Some((Some(value), quoted.get(at + 1..)?)),
            _ => value.push(letter),
        }
    }
    None
}

/// A text that is JSON, as the column `data` has it.
pub(super) fn json(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok().filter(Value::is_object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_the_columns_of_their_table_or_of_their_insert() {
        let dump = "-- MySQL dump\nCREATE TABLE `a` (\n  `id` int(5) NOT NULL,\n  `name` text,\n  PRIMARY KEY (`id`)\n);\n\
            INSERT INTO `a` VALUES (1,'O\\'Neill; (x)'),(2,NULL),(3,'it''s');\n\
            INSERT INTO `b` (`y`, `x`) VALUES (1,'z');\nINSERT INTO `c` VALUES (1);\n";
        let rows = rows(dump, &["a", "b"]).unwrap();
        let names: Vec<Option<&str>> =
            rows["a"].iter().map(|row| row.get("name").map(String::as_str)).collect();
        assert_eq!(names, [Some("O'Neill; (x)"), None, Some("it's")]);
        assert_eq!(rows["b"][0]["x"], "z");
        assert!(!rows.contains_key("c"));
    }

    #[test]
    fn columns_are_found_on_one_line_as_well() {
        let dump = "CREATE TABLE `a` (`id` int(5) DEFAULT '1,2', `b` decimal(5,2), PRIMARY KEY (`id`,`b`), KEY `x` (`b`)) ENGINE=InnoDB;\n\
            INSERT INTO `a` VALUES (1,2.5);\n";
        assert_eq!(rows(dump, &["a"]).unwrap()["a"][0]["b"], "2.5");
    }

    #[test]
    fn what_is_no_whole_statement_or_no_row_is_refused() {
        let table = "CREATE TABLE `a` (\n  `id` int,\n  `b` text\n);\n";
        for (broken, told) in [
            ("INSERT INTO `a` VALUES (1,'x'),(2,'y", "`a` has no end"),
            ("INSERT INTO `z` VALUES (1", "`z` has no end"),
            ("INSERT INTO `a` VALUES (1,'x'),(2);", "1 values for 2 columns"),
            ("INSERT INTO `a` VALUES (1,'x'),;", "row 1 is broken"),
            ("INSERT INTO `b` VALUES (1);", "CREATE TABLE is missing"),
            ("INSERT IN", "last statement has no end"),
        ] {
            let error = rows(&format!("{table}{broken}"), &["a", "b"]).unwrap_err();
            assert!(error.contains(told), "{broken}: {error}");
        }
    }
}
