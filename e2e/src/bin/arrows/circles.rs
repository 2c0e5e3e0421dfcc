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
