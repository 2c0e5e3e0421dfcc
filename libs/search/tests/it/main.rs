//! Searching a small catalogue, as its users do.

use proptest::prelude::*;
use search::{Document, Field, Found, Index, find};
use vocabulary::Language;

const SERVICES: [(&str, &str, &str); 5] = [
    ("Personalausweis beantragen", "Apply for an identity card", "Perso|Ausweis verloren|ID-Karte"),
    ("Reisepass beantragen", "Apply for a passport", "Pass|Reisepass verlängern"),
    ("Wohnung anmelden", "Register a home", "ummelden|Umzug|ikamet"),
    ("Wohnung abmelden", "Deregister a home", "Wegzug"),
    ("Fahrzeug umschreiben", "Transfer a vehicle to a new keeper", "Auto ummelden|Halterwechsel"),
];

fn index() -> Index {
    let document = |(german, english, keywords): &(&str, &str, &str)| {
        let mut document = Document::default();
        document.add(Field::Name, Some(Language::German), german);
        document.add(Field::Name, Some(Language::English), english);
        for keyword in keywords.split('|') {
            document.add(Field::Keyword, Some(Language::German), keyword);
        }
        document
    };
    Index::new(SERVICES.iter().map(document))
}

fn found(query: &str) -> Found {
    find(&[&index()], query, Language::German)
}

#[track_caller]
fn first(query: &str) -> usize {
    found(query).hits.first().unwrap_or_else(|| panic!("nothing for {query}")).document
}

#[test]
fn people_find_what_they_mean_however_they_write_it() {
    for (query, service) in [
        ("Personalausweis", 0),
        ("perso", 0),
        ("ausweis", 0),
        ("AUSWEISS verlohren", 0),
        ("Personalausw", 0),
        ("identity card", 0),
        ("Reisepassverlängerung", 1),
        ("passport", 1),
        ("ich möchte meine Wohnung anmelden", 2),
        ("wohnungsanmeldung", 2),
        ("İKAMET", 2),
        ("abmelden", 3),
        ("auto ummelden", 4),
    ] {
        assert_eq!(first(query), service, "{query}");
        assert!(found(query).is_sure, "{query}");
    }
}

#[test]
fn a_name_beats_a_keyword_and_a_whole_word_a_part() {
    let mut name = Document::default();
    name.add(Field::Name, Some(Language::German), "Beglaubigung");
    let mut keyword = Document::default();
    keyword.add(Field::Keyword, Some(Language::German), "Beglaubigung");
    let mut part = Document::default();
    part.add(Field::Name, Some(Language::German), "Kopiebeglaubigung");
    let index = Index::new([part, keyword, name]);
    let found = find(&[&index], "beglaubigung", Language::German);
    let order: Vec<usize> = found.hits.iter().map(|hit| hit.document).collect();
    assert_eq!(order, [2, 1, 0]);
}

#[test]
fn several_indexes_are_searched_as_one() {
    let (first, second) = (index(), index());
    let found = find(&[&first, &second], "reisepass", Language::German);
    let places: Vec<(usize, usize)> =
        found.hits.iter().map(|hit| (hit.index, hit.document)).collect();
    assert_eq!(places, [(0, 1), (1, 1)], "equal scores keep their order");
}

#[test]
fn what_nobody_offers_is_not_sure_and_what_looks_alike_is_shown() {
    for query in ["Hundesteuer", "qqqq", "...", ""] {
        assert!(!found(query).is_sure, "{query}");
    }
    assert!(!found("Passbild").hits.is_empty());
}

/// Fault: what no authority offers was presented as found.
#[test]
fn what_fits_by_a_part_of_it_only_is_not_sure() {
    let nearest = found("auto abmelden");
    assert!(!nearest.is_sure && !nearest.hits.is_empty());
    let mut papers = Document::default();
    papers.add(Field::Name, Some(Language::German), "Verlorene Fahrzeugpapiere ersetzen");
    papers.add(Field::Keyword, Some(Language::German), "Kfz-Schein");
    papers.add(Field::Keyword, Some(Language::English), "lost vehicle licence");
    papers.add(Field::Keyword, Some(Language::Arabic), "رخصة سيارة");
    let index = Index::new([papers]);
    for query in ["Führerschein", "driving licence", "رخصة قيادة"] {
        let found = find(&[&index], query, Language::German);
        assert!(!found.is_sure && !found.hits.is_empty(), "{query}");
    }
    for query in ["Kfz Schein", "vehicle licence", "رخصة سيارة"] {
        assert!(find(&[&index], query, Language::German).is_sure, "{query}");
    }
}

#[test]
fn a_catalogue_without_services_finds_nothing() {
    assert_eq!(find(&[], "pass", Language::German), Found::default());
    assert_eq!(find(&[&Index::default()], "pass", Language::German), Found::default());
}

proptest! {
    #[test]
    fn any_text_is_answered_the_same_twice_with_scores_from_0_to_1(query in ".{0,200}") {
        let found = found(&query);
        prop_assert_eq!(&found, &self::found(&query));
        for hit in &found.hits {
            prop_assert!((0.0..=1.000_001).contains(&hit.score), "{:?}", hit);
            prop_assert!(hit.document < SERVICES.len());
        }
    }
}
