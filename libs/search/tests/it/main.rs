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
fn what_nobody_offers_finds_nothing_and_not_what_looks_alike() {
    for query in ["Hundesteuer", "qqqq", "asdfgh", "Passbild", "...", ""] {
        assert_eq!(found(query), Found::default(), "{query}");
    }
}

/// Fault: what no authority offers was presented as found.
#[test]
fn what_fits_by_a_part_of_it_only_is_not_shown() {
    assert_eq!(found("auto abmelden"), Found::default());
    let mut papers = Document::default();
    papers.add(Field::Name, Some(Language::German), "Verlorene Fahrzeugpapiere ersetzen");
    papers.add(Field::Keyword, Some(Language::German), "Kfz-Schein");
    papers.add(Field::Keyword, Some(Language::English), "lost vehicle licence");
    papers.add(Field::Keyword, Some(Language::Arabic), "رخصة سيارة");
    let index = Index::new([papers]);
    for query in ["Führerschein", "driving licence", "رخصة قيادة"] {
        let found = find(&[&index], query, Language::German);
        assert_eq!(found, Found::default(), "{query}");
    }
    for query in ["Kfz Schein", "vehicle licence", "رخصة سيارة"] {
        assert!(find(&[&index], query, Language::German).is_sure, "{query}");
    }
}

#[test]
fn most_of_a_query_is_near_though_a_word_of_another_service_is_in_it() {
    let near = found("wohnung anmelden wegzug");
    assert!(!near.is_sure, "{near:?}");
    assert_eq!(near.hits[0].document, 2, "{near:?}");
}

/// Fault: "perso" listed whatever else began with it.
#[test]
fn a_whole_word_is_not_the_beginning_of_another() {
    let mut card = Document::default();
    card.add(Field::Keyword, Some(Language::German), "Perso");
    let mut plate = Document::default();
    plate.add(Field::Keyword, Some(Language::English), "personalised plate");
    let index = Index::new([card, plate]);
    let hits = |query: &str| find(&[&index], query, Language::German).hits;
    assert_eq!(hits("perso").iter().map(|hit| hit.document).collect::<Vec<_>>(), [0]);
    assert_eq!(hits("personalis").len(), 1, "still being typed");
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
