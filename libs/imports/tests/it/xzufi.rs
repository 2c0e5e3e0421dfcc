//! XZuFi.

use imports::{ImportError, Imported, read_xzufi};
use vocabulary::Language;

use crate::{today, told};

fn module(code: &str, texts: &[(&str, &str)], more: &str) -> String {
    let texts: String = texts
        .iter()
        .map(|(language, text)| {
            format!(r#"<x:inhalt languageCode="{language}"><![CDATA[{text}]]></x:inhalt>"#)
        })
        .collect();
    format!(
        "<x:modulText><x:leikaTextmodul><code>{code}</code></x:leikaTextmodul>{texts}{more}</x:modulText>"
    )
}

fn message(parts: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<x:transfer xmlns:x="http://xoev.de/schemata/xzufi/2_2_0"><x:nachrichtenkopf/><x:schreibe><x:leistung>
<x:id schemeAgencyID="L100039">10001</x:id>
<x:referenzLeiKa><code>99115005104000</code></x:referenzLeiKa>{parts}
<x:versionsinformation><x:geaendertDatumZeit>2026-09-30T12:00:00</x:geaendertDatumZeit></x:versionsinformation>
</x:leistung></x:schreibe><x:schreibe><x:onlinedienst><x:id>7</x:id></x:onlinedienst></x:schreibe></x:transfer>"#
    )
}

fn sample() -> String {
    let link = "<x:weiterfuehrenderLink><x:uri>https://amt.neustadt.de/f.pdf</x:uri><x:titel languageCode=\"de\">Anmeldung</x:titel></x:weiterfuehrenderLink>";
    let page = "<x:weiterfuehrenderLink><x:uri>https://amt.neustadt.de/anmelden</x:uri></x:weiterfuehrenderLink>";
    message(&[
        module("02", &[("de", "Anmeldung Entgegennahme")], ""),
        module("03", &[("de", "Wohnung anmelden"), ("en", "Register a home"), ("fr", "Domicile"), ("tlh", "juH")], ""),
        module("08", &[("de", "<ul><li>Ausweis</li><li>Vollmacht</li></ul>"), ("en", "<li>ID</li><li>Authority</li>")], ""),
        module("09", &[("de", "<p>Sie sind umgezogen.</p>")], ""),
        module("14", &[("de", "Formulare")], link),
        module("24", &[("de", "Nach einem Umzug.")], page),
        r#"<x:modulKosten><x:kosten><x:beschreibung languageCode="de">Es fallen keine Kosten an.</x:beschreibung></x:kosten></x:modulKosten>"#.to_owned(),
        r#"<x:modulBegriffImKontext><x:begriffImKontext><x:begriff languageCode="de">Ummeldung</x:begriff></x:begriffImKontext></x:modulBegriffImKontext>"#.to_owned(),
    ].concat())
}

fn import(text: &str) -> Result<Imported, ImportError> {
    read_xzufi(&[("leistung.xml", text)], None, today())
}

#[test]
fn names_documents_conditions_fees_and_synonyms_are_read_by_their_codes() {
    let imported = import(&sample()).unwrap();
    let one = &imported.offer.services["10001"];
    assert_eq!(one.leika.as_deref(), Some("99115005104000"));
    assert_eq!(
        (&*one.name[&Language::German], &*one.name[&Language::English]),
        ("Wohnung anmelden", "Register a home")
    );
    assert_eq!(one.id, "wohnung-anmelden");
    let documents: Vec<_> = one
        .documents
        .iter()
        .map(|text| (&*text[&Language::German], &*text[&Language::English]))
        .collect();
    assert_eq!(documents, [("Ausweis", "ID"), ("Vollmacht", "Authority")]);
    assert_eq!(one.prerequisites[0][&Language::German], "Sie sind umgezogen.");
    assert_eq!(one.description.as_ref().unwrap()[&Language::German], "Nach einem Umzug.");
    assert_eq!(one.fee.as_ref().unwrap()[&Language::German], "Es fallen keine Kosten an.");
    assert_eq!(one.forms[0].url, "https://amt.neustadt.de/f.pdf");
    let page = one.page.as_ref().unwrap();
    assert_eq!((&*page.url, &*page.as_of), ("https://amt.neustadt.de/anmelden", "2026-09-30"));
    assert_eq!(one.keywords[&Language::German], ["Ummeldung"]);
    // A language that we do not ship is carried over: the catalogue has texts in it.
    assert_eq!(one.name[&"fr".parse::<Language>().unwrap()], "Domicile");
    assert!(told(&imported, "texts in `tlh`", "leistung.xml: leistung 10001"));
    assert!(told(&imported, "an online service", "leistung.xml: onlinedienst in line"));
}

#[test]
fn a_fact_without_a_page_is_left_out_unless_the_admin_names_one() {
    let parts = module("03", &[("de", "Wohnung anmelden")], "")
        + r#"<x:modulKosten><x:beschreibung languageCode="de">5 Euro</x:beschreibung></x:modulKosten>"#;
    let text = message(&parts);
    let imported = import(&text).unwrap();
    assert_eq!(imported.offer.services["10001"].fee, None);
    assert!(told(&imported, "without a page", "modulKosten"));
    let imported =
        read_xzufi(&[("a.xml", &*text)], Some("https://amt.neustadt.de/"), today()).unwrap();
    assert!(imported.offer.services["10001"].fee.is_some());
}

#[test]
fn document_types_depth_and_other_files_are_refused() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>"#;
    let error = import(bomb).unwrap_err();
    assert!(error.to_string().contains("a document type is refused"), "{error}");
    let error = import("<x><leistung>").unwrap_err();
    assert!(!error.to_string().contains("document type"), "{error}");
    let outside = r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"#;
    assert!(matches!(import(outside).unwrap_err(), ImportError::NotXml { .. }));
    let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
    let error = import(&deep).unwrap_err();
    assert!(error.to_string().contains("within each other"), "{error}");
    assert!(matches!(import("{}").unwrap_err(), ImportError::NotXml { .. }));
    assert!(matches!(import("<x/>").unwrap_err(), ImportError::Nothing { .. }));
}

#[test]
fn another_version_and_a_missing_day_are_told() {
    let text = sample().replace("2_2_0", "2_3_0").replace("geaendertDatumZeit", "x:y");
    let text = text.replace("x:x:y", "x:y");
    let imported = import(&text).unwrap();
    assert!(told(&imported, "XZuFi 2.3.0, read as 2.2", "leistung.xml"));
    assert!(told(&imported, "`asOf` is the day of the import", "10001"));
    assert!(!told(&import(&sample()).unwrap(), "read as 2.2", ""));
}
