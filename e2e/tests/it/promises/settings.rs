//! Each setting is read by somebody.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{self, Source, Token, crates};

/// Settings that nothing reads until an issue builds it: `Struct.field` and issue.
const UNBUILT: &[(&str, &str)] = &[];

/// What an operator or an authority's admin writes is read elsewhere than where it is declared.
/// Told apart by name: a field counts as read if some code or page of a crate that can see it says
/// `.field`.
#[test]
fn each_setting_is_read() {
    let crates: Vec<_> = crates("services", &[]).into_iter().chain(crates("libs", &[])).collect();
    let sources: BTreeMap<_, _> =
        crates.iter().map(|folder| (folder.as_str(), sources::read(&[folder]))).collect();
    let read: BTreeMap<_, _> =
        sources.iter().map(|(folder, of)| (*folder, reads(folder, of))).collect();
    let mut unread = Vec::new();
    for (folder, of) in &sources {
        let readers: Vec<_> = read.iter().filter(|(reader, _)| can_see(reader, folder)).collect();
        // Bodies of requests and the documents of draws are no settings.
        let settings = of.iter().filter(|source| {
            !source.file.contains("/http/") && !source.file.starts_with("libs/draw/")
        });
        for declared in settings.flat_map(|source| &source.strict) {
            let is_read = |field: &String| readers.iter().any(|(_, read)| read.contains(field));
            let fields = declared.fields.iter().filter(|field| !is_read(field));
            unread.extend(fields.map(|field| format!("{}.{field}", declared.name)));
        }
    }
    let unbuilt: Vec<_> = UNBUILT.iter().map(|(name, _)| *name).collect();
    assert_eq!(unread, unbuilt, "read it, delete it, or name its issue in UNBUILT");
}

/// Whether a crate is, or directly depends on, another one.
fn can_see(reader: &str, folder: &str) -> bool {
    let name = folder.split('/').nth(1).expect("side/name/src");
    let manifest = sources::text(&reader.replace("/src", "/Cargo.toml"));
    let depends =
        |line: &str| line.split(['.', ' ', '=']).next() == Some(name) && line.contains("workspace");
    reader == folder || manifest.lines().any(depends)
}

/// The fields that a crate reads: `.field` without a call, in code and in pages.
fn reads(folder: &str, sources: &[Source]) -> BTreeSet<String> {
    let in_code = sources.iter().flat_map(fields).map(str::to_owned);
    let pages = sources::pages(&folder.replace("/src", "/templates"));
    let in_pages = pages.iter().flat_map(|page| {
        page.split('.').skip(1).map(|after| {
            after.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>()
        })
    });
    in_code.chain(in_pages).collect()
}

fn fields(source: &Source) -> Vec<&str> {
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
