//! What booking rules say to citizens. The sentences are part of each rule (`libs/booking`); here
//! they become Fluent messages like those of `problems.ftl`.

use std::{collections::BTreeMap, sync::LazyLock};

use booking::rules::{self, CitizenText};
use texts::Language;

static SOURCES: LazyLock<BTreeMap<Language, String>> = LazyLock::new(|| {
    Language::SHIPPED.iter().map(|language| (*language, write(*language))).collect()
});

/// The messages of all rules in one language that we ship, as a Fluent source.
pub(super) fn source(language: Language) -> &'static str {
    SOURCES.get(&language).map_or("", String::as_str)
}

fn write(language: Language) -> String {
    let message = |problem: &&rules::RuleProblem| {
        let CitizenText { title, what, advice } = problem.texts.in_language(language);
        format!("problem-{} = {title}\n    .what = {what}\n    .do = {advice}\n", problem.code)
    };
    rules::PROBLEMS.iter().map(message).collect()
}
