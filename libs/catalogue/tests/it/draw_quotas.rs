//! Quotas of a draw without possible members, or that leave nothing for everybody, are refused.

use catalogue::Catalogue;

use crate::{office, office_text};

/// `selten` is drawn, and says this of its draws besides.
fn drawn(more: &str) -> String {
    format!(
        "group: pass, allocation: draw, rules: {{entitlement: {{}}}}, \
         draw: {{opensOn: monday, opensAt: \"10:00\", desks: 3, {more}}}}}"
    )
}

fn refusal(text: &str) -> String {
    let text = office_text(&[("group: pass, slots: 2}", text)]);
    Catalogue::parse("amt.yaml", &text).unwrap_err().to_string()
}

#[test]
fn a_quota_says_for_whom_and_leaves_a_desk_for_everybody() {
    let quota = |more: &str| format!("quotas: [{{name: {{de: Titel läuft ab}}, {more}}}]");
    for (more, path) in [
        (quota("desks: 1"), "draw.quotas[0]"),
        (quota("desks: 0, channel: desk"), "draw.quotas[0].desks"),
        (quota("desks: 3, channel: desk"), "draw.quotas"),
        (
            quota("desks: 1, entitlementEndsWithinDays: 0"),
            "draw.quotas[0].entitlementEndsWithinDays",
        ),
        (quota("desks: 1, channel: fax"), "draw.quotas[0].channel"),
        ("cohorts: 21".to_owned(), "draw.cohorts"),
        ("keepDays: 7".to_owned(), "draw.keepDays"),
    ] {
        let message = refusal(&drawn(&more));
        assert!(message.contains(&format!("selten.{path}: ")), "{more}\n{message}");
    }
    let unproven = drawn(&quota("desks: 1, entitlementEndsWithinDays: 42"));
    let unproven = unproven.replace("rules: {entitlement: {}}, ", "");
    assert!(refusal(&unproven).contains("the service asks for no entitlement"));

    let right = quota("desks: 2, entitlementEndsWithinDays: 42") + ", cohorts: 3, keepDays: 60";
    let catalogue = office(&[("group: pass, slots: 2}", &drawn(&right))]);
    let service = catalogue.service(&"selten".parse().unwrap()).unwrap();
    let schedule = service.draw.as_ref().unwrap();
    assert_eq!((schedule.cohorts, schedule.keep_days), (3, 60));
    assert_eq!(schedule.quotas[0].entitlement_ends_within_days, Some(42));
}
