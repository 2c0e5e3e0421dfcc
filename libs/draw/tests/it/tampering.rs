//! Every field of a proof, altered one at a time.

use draw::{Proof, canonical, rehearsal::alterations};

use crate::invented::{exact, small_with, wrong_for_strangers};

/// Which checks may name an altered field, by where it stands.
fn expected(path: &str) -> &'static [&'static str] {
    match path.split('/').nth(1).unwrap() {
        "announcement" => &["announcement", "list", "seed", "order", "tickets"],
        "entries" => &["list"],
        "freeze" => &["list", "log"],
        "log" => &["log"],
        "result" => &["order", "seats", "classes", "log"],
        "reveal" => &["seed", "beacon"],
        "tickets" => &["tickets"],
        "version" => &["document"],
        other => panic!("a document without a check: {other}"),
    }
}

#[test]
fn a_stranger_sees_every_altered_field_and_is_told_where() {
    let half_days = small_with(0, |draw| draw.announcement.detail == draw::Detail::HalfDay);
    for draw in [exact(0), half_days] {
        let (honest, _) = draw.settle();
        assert!(wrong_for_strangers(&honest).is_empty());
        let alterations = alterations(&honest);
        assert!(alterations.len() > 80);
        for altered in alterations {
            let named = |check: &String| {
                check == "document" || expected(&altered.path).contains(&check.as_str())
            };
            assert!(altered.wrong.iter().any(named), "{altered:?}");
        }
    }
}

#[test]
fn the_same_content_in_another_form_is_refused() {
    let (honest, _) = exact(0).settle();
    let text = String::from_utf8(canonical::write(&honest)).unwrap();
    let read = |text: &str| canonical::read::<Proof>(text.as_bytes());
    assert_eq!(read(&text).unwrap(), honest);
    assert_eq!(read(&format!("{text}\n")).unwrap(), honest);
    let beacon = if text.contains("{\"drand\":{") { "{\"drand\":{" } else { "{\"auditor\":{" };
    for other in [
        format!(" {text}"),
        format!("{text}\n\n"),
        text.replacen("\"entries\":", "\"entries\" :", 1),
        text.replacen("Bürgeramt", "B\\u00fcrgeramt", 1),
        text.replacen("\"cohort\":0", "\"cohort\":0.0", 1),
        text.replacen("\"cohort\":0", "\"cohort\":-0", 1),
        text.replacen("\"cohort\":0", "\"cohort\":0,\"cohort\":0", 1),
        text.replacen("\"cohort\":0", "\"cohort\":0,\"more\":0", 1),
        text.replacen(beacon, &format!("{beacon}\"a\":0,"), 1),
        text[..text.len() - 1].to_owned(),
    ] {
        assert_ne!(other, text);
        assert!(read(&other).is_err(), "{}", &other[..80]);
    }
}
