//! Is this somebody we know?

use auth::Level;
use ids::PersonId;

/// What the store knows that could concern a log-in.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Who logged in with this very account or card before.
    pub key: Option<KnownKey>,
    /// Persons with the same full fingerprint.
    pub same: Vec<Claim>,
    /// Persons with whom one side's full fingerprint is among the other's weaker ones.
    pub similar: Vec<Claim>,
}

/// An account or card that logged in before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownKey {
    /// Whose it is.
    pub person: PersonId,
    /// Whether it lost its person to a log-in that proved who they are.
    pub suspended: bool,
}

/// A person's claim on a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// Whose.
    pub person: PersonId,
    /// How it was proven.
    pub level: Level,
    /// Whether this person proved any name, this or another.
    pub person_is_proven: bool,
}

/// What becomes of a log-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// This person, who logged in this way before. Names may have changed.
    Known(PersonId),
    /// This person, in a new way: the account or card is theirs from now on.
    Same(PersonId),
    /// This person, who until now only said who they are. It is proven now, and what was only
    /// said before no longer counts.
    Proven(PersonId),
    /// Somebody new.
    New,
    /// Perhaps one of these: a person must look.
    Unclear(Unclear),
}

/// Why nobody can tell without looking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// A self-declared log-in claims a name that somebody proved: log in with the card.
    NeedsProof,
    /// Too little is known to tell two humans apart: staff looks at the document.
    NeedsDocument,
}

/// Decides about a log-in at `level`; `complete` as in
/// [`Fingerprints`](super::fingerprint::Fingerprints).
#[must_use]
pub fn decide(known: &Known, level: Level, complete: bool) -> Decision {
    let proven = level > Level::Basic;
    if let Some(key) = known.key {
        return match key.suspended && !proven {
            true => Decision::Unclear(Unclear::NeedsProof),
            false => with_known_key(key.person, known, proven),
        };
    }
    let same = strongest(&known.same);
    match same[..] {
        [] if known.similar.is_empty() => Decision::New,
        // A name that was only said never stands in the way of one that is proven.
        [] if proven && known.similar.iter().all(|claim| claim.level == Level::Basic) => {
            Decision::New
        }
        _ if !proven => Decision::Unclear(Unclear::NeedsProof),
        // Whoever proved another name only pretended to have this one.
        [claim] if claim.level == Level::Basic && claim.person_is_proven => Decision::New,
        [claim] if claim.level == Level::Basic => Decision::Proven(claim.person),
        [claim] if complete => Decision::Same(claim.person),
        _ => Decision::Unclear(Unclear::NeedsDocument),
    }
}

fn with_known_key(person: PersonId, known: &Known, proven: bool) -> Decision {
    let proven_by_others = |claim: &Claim| claim.person != person && claim.level > Level::Basic;
    if known.same.iter().any(proven_by_others)
        && !known.same.iter().any(|claim| claim.person == person)
    {
        // The account now carries a name that is somebody else's.
        let need = if proven { Unclear::NeedsDocument } else { Unclear::NeedsProof };
        return Decision::Unclear(need);
    }
    Decision::Known(person)
}

/// The proven claims if there are any, else the others.
fn strongest(claims: &[Claim]) -> Vec<Claim> {
    let proven: Vec<_> =
        claims.iter().copied().filter(|claim| claim.level > Level::Basic).collect();
    if proven.is_empty() { claims.to_vec() } else { proven }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: PersonId = PersonId::from_bits(1);
    const BERT: PersonId = PersonId::from_bits(2);

    fn claim(person: PersonId, level: Level) -> Claim {
        Claim { person, level, person_is_proven: level > Level::Basic }
    }

    #[test]
    fn a_log_in_is_matched_as_the_readme_says() {
        let key = |person, suspended| Some(KnownKey { person, suspended });
        let (high, basic) = (claim(ANNA, Level::High), claim(ANNA, Level::Basic));
        let nobody = Known::default();
        let cases = [
            ("nobody like this", nobody.clone(), Level::High, true, Decision::New),
            (
                "a known card",
                Known { key: key(ANNA, false), ..nobody.clone() },
                Level::High,
                true,
                Decision::Known(ANNA),
            ),
            (
                "the same human with another card",
                Known { same: vec![high], ..nobody.clone() },
                Level::High,
                true,
                Decision::Same(ANNA),
            ),
            (
                "born on 1 January like somebody else",
                Known { same: vec![high], ..nobody.clone() },
                Level::High,
                false,
                Decision::Unclear(Unclear::NeedsDocument),
            ),
            (
                "two who were split by staff",
                Known { same: vec![high, claim(BERT, Level::High)], ..nobody.clone() },
                Level::High,
                true,
                Decision::Unclear(Unclear::NeedsDocument),
            ),
            (
                "a password account with a proven name",
                Known { same: vec![high], ..nobody.clone() },
                Level::Basic,
                true,
                Decision::Unclear(Unclear::NeedsProof),
            ),
            (
                "proof for a name only said before",
                Known { same: vec![basic], ..nobody.clone() },
                Level::High,
                true,
                Decision::Proven(ANNA),
            ),
            (
                "proof for a name that somebody proven pretended to have",
                Known { same: vec![Claim { person_is_proven: true, ..basic }], ..nobody.clone() },
                Level::High,
                true,
                Decision::New,
            ),
            (
                "two password accounts with one name",
                Known { same: vec![basic], ..nobody.clone() },
                Level::Basic,
                true,
                Decision::Unclear(Unclear::NeedsProof),
            ),
            (
                "less is known of one",
                Known { similar: vec![high], ..nobody.clone() },
                Level::High,
                true,
                Decision::Unclear(Unclear::NeedsDocument),
            ),
            (
                "proof beside a similar name only said",
                Known { similar: vec![basic], ..nobody.clone() },
                Level::High,
                true,
                Decision::New,
            ),
            (
                "a password account that lost its name",
                Known { key: key(ANNA, true), same: vec![high], ..nobody.clone() },
                Level::Basic,
                true,
                Decision::Unclear(Unclear::NeedsProof),
            ),
            (
                "a password account renamed to a proven name",
                Known { key: key(BERT, false), same: vec![high], ..nobody.clone() },
                Level::Basic,
                true,
                Decision::Unclear(Unclear::NeedsProof),
            ),
            (
                "a card renamed to somebody's name",
                Known { key: key(BERT, false), same: vec![high], ..nobody.clone() },
                Level::High,
                true,
                Decision::Unclear(Unclear::NeedsDocument),
            ),
            (
                "one of two split persons with their own card",
                Known {
                    key: key(BERT, false),
                    same: vec![high, claim(BERT, Level::High)],
                    ..nobody.clone()
                },
                Level::High,
                false,
                Decision::Known(BERT),
            ),
        ];
        for (what, known, level, complete, expected) in cases {
            assert_eq!(decide(&known, level, complete), expected, "{what}");
        }
    }
}
