//! Places of birth, as far as they decide whether two people are the same.

use super::{Attributes, attributes::Folded, respelling::Hearing};

/// Each once, in their order.
pub(super) fn distinct<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut some = Vec::new();
    for one in all {
        if !some.contains(&one) {
            some.push(one);
        }
    }
    some
}

/// What a place of birth may be called. `None` is no place.
pub(super) struct Places {
    /// All that was said.
    pub(super) whole: Vec<Option<Vec<String>>>,
    /// Less.
    pub(super) less: Vec<Option<Vec<String>>>,
}

impl Places {
    pub(super) fn plain(person: &Attributes, folded: &Folded) -> Self {
        let cores = person.place_without_additions().into_iter().map(|(core, _)| Some(core));
        Self { whole: vec![folded.place.clone()], less: cores.collect() }
    }

    /// By all readings. An addition may be abbreviated, so its last initial stands for it.
    pub(super) fn heard(person: &Attributes, folded: &Folded) -> Self {
        let Some(place) = &folded.place else {
            return Self { whole: vec![None], less: Vec::new() };
        };
        let by_all =
            |words: &[String]| Hearing::all().map(|one| one.sound(words)).collect::<Vec<_>>();
        let mut whole: Vec<_> = by_all(place).into_iter().map(|sound| Some(vec![sound])).collect();
        let mut less = Vec::new();
        for (core, initial) in person.place_without_additions() {
            for sound in by_all(&core) {
                less.push(Some(vec![sound.clone()]));
                whole.extend(initial.map(|initial| Some(vec![sound, initial.to_string()])));
            }
        }
        Self { whole: distinct(whole), less: distinct(less) }
    }
}
