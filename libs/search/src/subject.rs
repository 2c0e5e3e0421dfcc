//! Whether people ask for a service, or for an appointment that they have.
//!
//! "Termin absagen" shares no word with any service, and what shares a word with "cancel appointment" is another
//! matter. So these words are known here, in German, English, Turkish, Ukrainian and Arabic.

use std::{collections::HashSet, sync::LazyLock};

use crate::{fold::words, stop_words::is_stop_word};

/// What a query is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Something to come for.
    Services,
    /// An appointment that the person has, and nothing else.
    OwnAppointment,
    /// Perhaps the one, perhaps the other: "Termin Reisepass verschieben".
    Either,
}

/// What an appointment is called.
const APPOINTMENT: [&str; 5] = [
    "termin termine terminen termins buchung buchungen reservierung",
    "appointment appointments booking bookings reservation",
    "randevu randevum randevumu randevular randevularım randevularımı rezervasyon",
    "запис запису записи записів бронювання термін терміни",
    "موعد موعدي موعدا الموعد مواعيد مواعيدي المواعيد حجز الحجز حجزي",
];

/// What is done with one that a person has, or whose it is.
const DEED: [&str; 5] = [
    "absagen absage abzusagen stornieren storno verschieben verlegen umbuchen ändern löschen verwalten ansehen \
     anschauen anzeigen sehen finden mein meine meinen meiner meines gebucht gebuchte gebuchten",
    "cancel cancelling canceling reschedule move moving change postpone manage delete view see show find check my",
    "iptal ertele ertelemek erteleme değiştir değiştirmek değiştirme taşımak görmek göster görüntüle etmek",
    "скасувати скасування відмінити перенести перенесення змінити переглянути побачити мій мої",
    "إلغاء ألغي تأجيل تغيير تعديل نقل عرض رؤية",
];

/// What says both in one word.
const BOTH: [&str; 5] = [
    "absagen stornieren umbuchen umbuchung terminabsage terminverschiebung terminänderung",
    "reschedule",
    "randevum randevumu randevularım randevularımı",
    "",
    "موعدي مواعيدي حجزي",
];

static APPOINTMENT_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&APPOINTMENT));
static DEED_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&DEED));
static BOTH_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| folded(&BOTH));

/// How many letters of a query are read.
const LONGEST_QUERY: usize = 120;

fn folded(texts: &[&str]) -> HashSet<String> {
    texts.iter().flat_map(|text| words(text)).collect()
}

/// What `query` is about, whatever is offered.
#[must_use]
pub fn subject(query: &str) -> Subject {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let typed = words(&query);
    let has = |known: &HashSet<String>| typed.iter().any(|word| known.contains(word));
    let is_own = has(&BOTH_WORDS) || (has(&APPOINTMENT_WORDS) && has(&DEED_WORDS));
    match (is_own, typed.iter().all(|word| is_of_it(word) || is_stop_word(word))) {
        (false, _) => Subject::Services,
        (true, true) => Subject::OwnAppointment,
        (true, false) => Subject::Either,
    }
}

/// The words of `query` that are not about an appointment that the person has.
#[must_use]
pub fn without_appointment(query: &str) -> String {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let typed = words(&query).into_iter().filter(|word| !is_of_it(word));
    typed.collect::<Vec<_>>().join(" ")
}

fn is_of_it(word: &str) -> bool {
    [&APPOINTMENT_WORDS, &DEED_WORDS, &BOTH_WORDS].iter().any(|known| known.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_an_appointment_is_told_from_who_needs_one() {
        for query in [
            "Termin absagen",
            "meine Termine",
            "Wie kann ich meinen Termin verschieben?",
            "stornieren",
            "cancel appointment",
            "I want to move my appointment",
            "randevu iptal",
            "RANDEVULARIM",
            "скасувати запис",
            "мої записи",
            "إلغاء الموعد",
            "مواعيدي",
        ] {
            assert_eq!(subject(query), Subject::OwnAppointment, "{query}");
        }
        for query in ["Termin Reisepass verschieben", "cancel passport appointment"] {
            assert_eq!(subject(query), Subject::Either, "{query}");
        }
        assert_eq!(without_appointment("Termin Reisepass verschieben"), "reisepass");
        for query in
            ["", "Termin", "Termin buchen", "Reisepass", "Adresse ändern", "I moved to Berlin"]
        {
            assert_eq!(subject(query), Subject::Services, "{query}");
        }
    }
}
