//! The rows of a MySQL dump, as `mysqldump` writes them: `CREATE TABLE` for the columns, `INSERT` for
//! the rows. Everything else is skipped.

use std::collections::BTreeMap;

use serde_json::Value;

/// The most rows of one table. Berlin's appointments of half a year are fewer.
const MOST_ROWS: usize = 5_000_000;

/// A row by column. Numbers are text, as JSON of ZMS has them; `NULL` is left out.
pub(super) type Row = BTreeMap<String, String>;

/// The rows of the tables that are asked for.
pub(super) fn rows(text: &str, tables: &[&str]) -> BTreeMap<String, Vec<Row>> {
    let mut columns = BTreeMap::<String, Vec<String>>::new();
    let mut rows = BTreeMap::<String, Vec<Row>>::new();
    let mut rest = text;
    while let Some((statement, after)) = next_statement(rest) {
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
                let (own, values) = named(body);
                let names = own.or_else(|| columns.get(&table).cloned()).unwrap_or_default();
                let known = rows.entry(table).or_default();
                for row in Values(values).take(MOST_ROWS.saturating_sub(known.len())) {
                    known.push(names.iter().cloned().zip(row).filter_map(filled).collect());
                }
            }
        }
    }
    rows
}

fn filled((name, value): (String, Option<String>)) -> Option<(String, String)> {
    Some((name, value?))
}

enum Body<'a> {
    Create(&'a str),
    Insert(&'a str),
}

/// The next statement that makes a table or fills it, with what stands after the table's name.
fn next_statement(text: &str) -> Option<((String, Body<'_>), &str)> {
    const CREATE: &str = "CREATE TABLE ";
    const INSERT: &str = "INSERT INTO ";
    let mut at = 0;
    loop {
        let line = text.get(at..)?;
        let is_create = line.starts_with(CREATE);
        if is_create || line.starts_with(INSERT) {
            let body = line.get(CREATE.len().min(INSERT.len())..)?;
            let body = body.trim_start().trim_start_matches("IF NOT EXISTS ");
            let end = end_of_statement(body);
            let (name, inner) = body.get(..end)?.split_at_checked(name_length(body))?;
            let name = name.trim_matches(['`', ' ', '"']).to_owned();
            let body_kind = if is_create { Body::Create(inner) } else { Body::Insert(inner) };
            return Some(((name, body_kind), body.get(end..)?));
        }
        at += line.find('\n')? + 1;
    }
}

/// Up to the blank or parenthesis after a name.
fn name_length(text: &str) -> usize {
    text.find([' ', '(', '\n']).unwrap_or(text.len())
}

/// Up to the semicolon that is in no text.
fn end_of_statement(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            _ if escaped => escaped = false,
            (Some(b'\''), b'\\') => escaped = true,
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'\'' | b'`' | b'"') => quote = Some(byte),
            (None, b';') => return at,
            (None, _) => {}
        }
    }
    text.len()
}

/// The columns of a `CREATE TABLE`: lines that begin with a name in backticks.
fn created(body: &str) -> Vec<String> {
    let name = |line: &str| Some(line.trim().strip_prefix('`')?.split_once('`')?.0.to_owned());
    body.lines().skip(1).filter_map(name).collect()
}

/// The columns that an `INSERT` names, if it does, and its values.
fn named(body: &str) -> (Option<Vec<String>>, &str) {
    let Some((before, values)) = body.split_once("VALUES") else { return (None, "") };
    let names = before.trim().strip_prefix('(').and_then(|names| names.strip_suffix(')'));
    let names = names.map(|names| {
        names.split(',').map(|name| name.trim().trim_matches('`').to_owned()).collect()
    });
    (names, values)
}

/// The rows after `VALUES`.
struct Values<'a>(&'a str);

impl Iterator for Values<'_> {
    type Item = Vec<Option<String>>;

    fn next(&mut self) -> Option<Self::Item> {
        let (_, mut rest) = self.0.split_once('(')?;
        let mut row = Vec::new();
        loop {
            let (value, after) = value(rest.trim_start())?;
            row.push(value);
            let after = after.trim_start();
            rest = after.get(1..)?;
            match after.as_bytes().first() {
                Some(b',') => {}
                Some(b')') => break,
                _ => return None,
            }
        }
        self.0 = rest;
        Some(row)
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
        let rows = rows(dump, &["a", "b"]);
        let names: Vec<Option<&str>> =
            rows["a"].iter().map(|row| row.get("name").map(String::as_str)).collect();
        assert_eq!(names, [Some("O'Neill; (x)"), None, Some("it's")]);
        assert_eq!(rows["b"][0]["x"], "z");
        assert!(!rows.contains_key("c"));
    }
}
