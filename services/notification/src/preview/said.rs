//! Tests of what every kind of message says in every language.

use super::*;
use crate::text::Texts;

/// Fault: a reminder said that the attached file adds the appointment to the calendar, and had none.
#[test]
fn a_message_speaks_of_an_attached_file_if_it_has_one_and_only_then() {
    let pages = pages().unwrap();
    for language in Language::SHIPPED {
        let words = match language {
            Language::German => "Datei im Anhang",
            Language::EasyGerman => "An dieser E-Mail hängt eine Datei",
            Language::English => "attached file",
            Language::Turkish => "Ekteki dosya",
            Language::Ukrainian => "Доданий файл",
            Language::Arabic => "الملف المرفق",
            Language::Further(_) => continue,
        };
        let ending = format!(".{}.txt", language.tag());
        let (mut with, mut without) = (0, 0);
        for page in pages.iter().filter(|page| page.name.ends_with(&ending)) {
            let file = page.name.replace(".txt", ".ics");
            let has_file = pages.iter().any(|page| page.name == file);
            assert_eq!(page.content.contains(words), has_file, "{}", page.name);
            if has_file { with += 1 } else { without += 1 }
        }
        assert!(with >= 8 && without >= 1, "{language}: {with} with a file, {without} without");
    }
}

/// Fault: a party of six read of six on the page only, and in no message.
#[test]
fn a_message_says_how_many_come_where_more_than_one_does() {
    let says = |text: &str, language: Language| {
        text.contains(&format!("{}\n  6\n", Texts::of(language).text("people")))
    };
    for language in Language::SHIPPED {
        for (name, notice) in samples().iter().filter(|(_, notice)| notice.is_of_present()) {
            let mut notice = in_language(notice, *language);
            assert!(!says(&compose(&notice).unwrap().text, *language), "{name} {language}");
            appointment_of(&mut notice).people = 6;
            let text = compose(&notice).unwrap().text;
            assert!(says(&text, *language), "{name} {language}: {text}");
        }
        for by in [OfferedBy::WaitingList, OfferedBy::Office, OfferedBy::Draw(NotTaken::Counts)] {
            let mut news = offered(by);
            if let News::Offered { people, .. } = &mut news {
                *people = 6;
            }
            let text = compose_waiting(*language, news).unwrap().text;
            assert!(says(&text, *language), "{by:?} {language}: {text}");
        }
    }
}
