//! Decides whether a log-in belongs to a known person.

use ids::PersonId;

/// What the store knows that could concern a log-in. Claims on names are proven ones: what was
/// only claimed has no owner.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The person with this account or card.
    pub key: Option<KnownKey>,
    /// Persons who proved the same full fingerprint.
    pub same: Vec<PersonId>,
    /// Persons with whom one side's full fingerprint is among the other's weaker ones.
    pub similar: Vec<PersonId>,
}

/// An account or card that logged in before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownKey {
    /// The owner.
    pub person: PersonId,
    /// Whether this person ever proved their identity, in any way.
    pub is_proven: bool,
    /// Whether what this log-in states fits what the person proved: the same names, or at least the
    /// same first given name and date of birth. Family names change, these stay.
    pub fits: bool,
}

/// What becomes of a log-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// This person, who logged in this way before. Names may have changed.
    Known(PersonId),
    /// This person, in a new way: the account or card is theirs from now on.
    Same(PersonId),
    /// A new person.
    New,
    /// Possibly a known person: staff look at the document.
    Unclear,
}

/// Decides about a log-in; `complete` as in [`Fingerprints`](super::fingerprint::Fingerprints).
///
/// A log-in without proof (`is_proof` is false) is known by its account alone, and its name is not
/// compared: so it reveals nothing about others, and passes nothing on to the person who proves that
/// name. This holds for its own account too: once its holder proves their identity, they are the
/// person who proved it.
#[must_use]
pub fn decide(known: &Known, is_proof: bool, complete: bool) -> Decision {
    match (known.key, is_proof) {
        (Some(key), false) => Decision::Known(key.person),
        (None, false) => Decision::New,
        (Some(key), true) if key.is_proven => with_known_key(key, known),
        (_, true) => match known.same[..] {
            [] if known.similar.is_empty() => Decision::New,
            [person] if complete => Decision::Same(person),
            _ => Decision::Unclear,
        },
    }
}

/// A card may be linked anew, and an account sold: the human behind it must be the same.
fn with_known_key(key: KnownKey, known: &Known) -> Decision {
    let is_others = !known.same.is_empty() && !known.same.contains(&key.person);
    if key.fits && !is_others { Decision::Known(key.person) } else { Decision::Unclear }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId::from_bits(1);
    const BERT: PersonId = PersonId::from_bits(2);

    fn key(person: PersonId, is_proven: bool, fits: bool) -> Known {
        let key = KnownKey { person, is_proven, fits };
        Known { key: Some(key), ..Known::default() }
    }

    fn same(persons: &[PersonId]) -> Known {
        Known { same: persons.to_vec(), ..Known::default() }
    }

    #[test]
    fn a_proof_is_matched_as_the_readme_says() {
        let cases = [
            ("nobody like this", Known::default(), true, Decision::New),
            ("a known card", key(ANNA, true, true), true, Decision::Known(ANNA)),
            ("another card of the same human", same(&[ANNA]), true, Decision::Same(ANNA)),
            ("born on 1 January like another", same(&[ANNA]), false, Decision::Unclear),
            ("two whom staff split", same(&[ANNA, BERT]), true, Decision::Unclear),
            (
                "less is known of one",
                Known { similar: vec![ANNA], ..Known::default() },
                true,
                Decision::Unclear,
            ),
            ("a known card, another human", key(ANNA, true, false), true, Decision::Unclear),
            (
                "a known card with somebody else's name",
                Known { same: vec![ANNA], ..key(BERT, true, true) },
                true,
                Decision::Unclear,
            ),
            (
                "one of two split persons with their own card",
                Known { same: vec![ANNA, BERT], ..key(BERT, true, true) },
                false,
                Decision::Known(BERT),
            ),
            ("an account that only said who it is", key(ANNA, false, false), true, Decision::New),
            (
                "the same, by somebody known",
                Known { same: vec![BERT], ..key(ANNA, false, false) },
                true,
                Decision::Same(BERT),
            ),
        ];
        for (what, known, complete, expected) in cases {
            assert_eq!(decide(&known, true, complete), expected, "{what}");
        }
    }

    #[test]
    fn what_is_only_said_is_compared_with_nobody() {
        let everybody = Known { same: vec![ANNA], similar: vec![BERT], ..Known::default() };
        assert_eq!(decide(&everybody, false, true), Decision::New);
        for (is_proven, fits) in [(true, false), (true, true), (false, false)] {
            let known = Known { same: vec![ANNA], ..key(BERT, is_proven, fits) };
            assert_eq!(decide(&known, false, true), Decision::Known(BERT));
        }
    }
}
