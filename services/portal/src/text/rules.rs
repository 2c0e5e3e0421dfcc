//! What booking rules say to citizens. The sentences are part of each rule (`libs/booking`); here
//! they become Fluent messages like those of `problems.ftl`.

use std::sync::LazyLock;

use booking::rules::{self, CitizenText};
use texts::Language;

static SOURCES: LazyLock<Vec<String>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| write(*language)).collect());

/// The messages of all rules in one language, as a Fluent source.
pub(super) fn source(language: Language) -> &'static str {
    &SOURCES[language as usize]
}

fn write(language: Language) -> String {
    let message = |problem: &&rules::RuleProblem| {
        let CitizenText { title, what, advice } = problem.texts.in_language(language);
        format!("problem-{} = {title}\n    .what = {what}\n    .do = {advice}\n", problem.code)
    };
    rules::PROBLEMS.iter().map(message).collect()
}
