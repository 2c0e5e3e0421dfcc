//! Each setting is read by somebody.

use std::collections::BTreeSet;

use super::sources::{self, Source, Token, crates};

/// Settings that nothing reads until an issue builds it: `Struct.field` and issue.
const UNBUILT: &[(&str, &str)] = &[];

/// What an operator or an authority's admin writes is read elsewhere than where it is declared.
/// Told apart by name: a field counts as read if some code of a crate that can see it says `.field`.
#[test]
fn each_setting_is_read() {
    let mut unread = Vec::new();
    for folder in crates("services", &[]).into_iter().chain(crates("libs", &["draw"])) {
        let readers = readers(&folder);
        let readers: Vec<_> = readers.iter().map(String::as_str).collect();
        let sources = sources::read(&readers);
        let read: BTreeSet<_> = sources.iter().flat_map(reads).collect();
        // Bodies of requests are no settings.
        let settings = sources
            .iter()
            .filter(|source| source.file.starts_with(&folder) && !source.file.contains("/http/"));
        for declared in settings.flat_map(|source| &source.strict) {
            let fields = declared.fields.iter().filter(|field| !read.contains(field.as_str()));
            unread.extend(fields.map(|field| format!("{}.{field}", declared.name)));
        }
    }
    let unbuilt: Vec<_> = UNBUILT.iter().map(|(name, _)| *name).collect();
    assert_eq!(unread, unbuilt, "read it, delete it, or name its issue in UNBUILT");
}

/// The crates that can see what `folder` declares.
fn readers(folder: &str) -> Vec<String> {
    if folder.starts_with("libs/") {
        return crates("services", &[]).into_iter().chain(crates("libs", &[])).collect();
    }
    let program = "services/fairtermin/src".to_owned();
    BTreeSet::from([folder.to_owned(), program]).into_iter().collect()
}

/// The fields that a source reads: `.field` without a call.
fn reads(source: &Source) -> Vec<&str> {
    let tokens = &source.tokens;
    let read = |place: usize| {
        let field = tokens[place].word()?;
        let is_field = place > 0
            && tokens[place - 1] == Token::Mark('.')
            && !(place > 1 && tokens[place - 2] == Token::Mark('.'))
            && tokens.get(place + 1) != Some(&Token::Open('('));
        is_field.then_some(field)
    };
    (0..tokens.len()).filter_map(read).collect()
}
