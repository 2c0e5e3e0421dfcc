//! Runbooks: one for each alert, and what they look for in a log is what a service says there.

use super::sources::{self, crates};

const ALERTS: &str = "charts/fairtermin/templates/_alerts.tpl";
const RUNBOOKS: &str = "charts/fairtermin/runbooks";

#[test]
fn each_alert_has_one_runbook_and_each_runbook_of_an_alert_has_one() {
    let text = sources::text(ALERTS);
    let names = text.lines().filter_map(|line| line.strip_suffix(':'));
    let mut alerts: Vec<&str> = names.filter(|name| name.starts_with("Fairtermin")).collect();
    let pages = sources::written(RUNBOOKS, "md");
    let titles = pages.iter().filter_map(|page| page.strip_prefix("# ")?.split(':').next());
    let mut titles: Vec<&str> = titles.filter(|title| title.starts_with("Fairtermin")).collect();
    alerts.sort_unstable();
    titles.sort_unstable();
    assert!(alerts.len() >= 15, "{alerts:?}");
    assert_eq!(titles, alerts);
}

/// An operator who finds nothing in a log believes that nothing is wrong there.
#[test]
fn what_a_runbook_looks_for_in_a_log_is_said_there() {
    let folders = crates("services", &["fairtermin"]).into_iter().chain(crates("libs", &[]));
    let said: Vec<String> = folders.flat_map(|folder| sources::texts(&folder)).collect();
    let mut sought = 0;
    for page in sources::written(RUNBOOKS, "md") {
        for words in sought_in(&page) {
            let is_said = said.iter().any(|text| text.contains(words));
            let title = page.lines().next().unwrap_or_default();
            assert!(is_said, "{title} looks for `{words}`, and no service says so");
            sought += 1;
        }
    }
    assert!(sought >= 10, "{sought}");
}

/// What stands in `grep 'a|b'`, each of the two.
fn sought_in(page: &str) -> impl Iterator<Item = &str> {
    let commands = page.split("grep ").skip(1);
    let quoted = commands.filter_map(|command| {
        let (before, rest) = command.split_once('\'')?;
        let is_option = before.is_empty() || before == "-E ";
        is_option.then(|| rest.split('\'').next()).flatten()
    });
    quoted.flat_map(|words| words.split('|'))
}
