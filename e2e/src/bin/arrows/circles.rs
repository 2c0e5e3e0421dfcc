//! Circles among the top-level modules of a crate.

use std::collections::{BTreeMap, BTreeSet};

use crate::modules::{Crate, Named};

/// A top-level module names another one: the first line that does.
type Arrows<'a> = BTreeMap<(&'a str, &'a str), &'a Named>;

/// Modules that name each other, directly or by way of others. One text per circle.
pub fn complaints(found: &Crate) -> Vec<String> {
    let arrows = arrows(found);
    let modules: BTreeSet<&str> = arrows.keys().flat_map(|(from, to)| [*from, *to]).collect();
    let reachable: BTreeMap<&str, BTreeSet<&str>> =
        modules.iter().map(|from| (*from, reachable(&arrows, from))).collect();
    let mut circles: BTreeSet<Vec<&str>> = BTreeSet::new();
    for module in &modules {
        let back = |other: &&&str| {
            reachable[*module].contains(**other) && reachable[**other].contains(*module)
        };
        let circle: Vec<&str> = modules.iter().filter(back).copied().collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.iter().map(|circle| complaint(found, &arrows, circle)).collect()
}

fn arrows(found: &Crate) -> Arrows<'_> {
    let mut arrows = Arrows::new();
    for named in &found.paths {
        let to = target(found, named);
        if let (Some(from), Some(to)) = (named.from.first(), to)
            && from != to
        {
            arrows.entry((from, to)).or_insert(named);
        }
    }
    arrows
}

/// The top-level module that is named. What the root only passes on is of the module that it is
/// from.
fn target<'a>(found: &'a Crate, named: &'a Named) -> Option<&'a str> {
    let first = named.to.first()?;
    if found.modules.contains(first) {
        return Some(first);
    }
    let origin = found.exports.get(first)?.first()?;
    found.modules.contains(origin).then_some(origin)
}

fn reachable<'a>(arrows: &Arrows<'a>, from: &'a str) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        let named = arrows.keys().filter(|(from, _)| *from == module).map(|(_, to)| *to);
        next.extend(named.filter(|to| found.insert(*to)));
    }
    found
}

fn complaint(found: &Crate, arrows: &Arrows<'_>, circle: &[&str]) -> String {
    let inside =
        arrows.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
    let lines: Vec<_> = inside
        .map(|((from, to), named)| {
            format!("\n    {from} -> {to}: {}:{}: `{}`", named.file, named.line, named.text)
        })
        .collect();
    format!(
        "{}: a circle of modules: {}. Move what both need into a module below them, or turn one \
         arrow round.{}",
        found.folder,
        circle.join(", "),
        lines.concat()
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{modules, rules};

    fn sample(folder: &str) -> Crate {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/arrows/sample");
        let crates = modules::read(&root).unwrap();
        crates.into_iter().find(|found| found.folder == folder).unwrap()
    }

    #[test]
    fn a_circle_is_found_however_its_modules_name_each_other() {
        let found = complaints(&sample("services/wrong"));
        let [circle] = found.as_slice() else { panic!("{found:?}") };
        assert!(circle.contains("a circle of modules: app, bus, store."), "{circle}");
        for arrow in [
            "app -> bus: services/wrong/src/app.rs:2: `crate::bus::self`",
            "bus -> store: services/wrong/src/bus.rs:2: `super::store::ROW`",
            "store -> app: services/wrong/src/store.rs:4: `crate::Visit`",
        ] {
            assert!(circle.contains(arrow), "{arrow} in {circle}");
        }
        assert!(!circle.contains("zone") && !circle.contains("http"), "{circle}");

        let found = complaints(&sample("libs/wrong"));
        let [circle] = found.as_slice() else { panic!("{found:?}") };
        assert!(circle.contains("a circle of modules: day, hour."), "{circle}");
    }

    #[test]
    fn what_only_looks_like_a_circle_is_none() {
        let right = sample("services/right");
        assert_eq!(complaints(&right), [""; 0]);
        assert_eq!(rules::handlers(&right), [""; 0]);
        let arrows: Vec<_> = arrows(&right).into_keys().collect();
        assert_eq!(arrows, [("app", "store"), ("http", "app")]);
    }

    #[test]
    fn each_way_in_which_a_handler_names_the_store_is_found() {
        let found = rules::handlers(&sample("services/wrong"));
        let places: Vec<_> =
            found.iter().map(|line| line.split(" names").next().unwrap()).collect();
        let http = "services/wrong/src/http";
        assert_eq!(
            places,
            [
                format!("{http}/mod.rs:2: `crate::store::ROW`"),
                format!("{http}/problem.rs:1: `store::StoreError`"),
                format!("{http}/problem.rs:4: `super::super::store`"),
                format!("{http}/problem.rs:5: `store::ROW`"),
            ]
        );
    }
}
