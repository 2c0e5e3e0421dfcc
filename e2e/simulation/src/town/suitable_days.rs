//! Which days suit people.

use draw::Wish;

use crate::Chance;

/// Which days suit people: a few patterns, since a draw of the whole town has many of each.
#[derive(Debug)]
pub struct Patterns(Vec<Vec<Wish>>);

/// A position in [`Patterns`].
pub type Pattern = u8;

impl Patterns {
    /// Any day; two days rather than others; three days and no others.
    pub fn new() -> Self {
        let on = |weekdays: &[u8]| Wish { weekdays: weekdays.to_vec(), ..Wish::default() };
        let rather = |weekdays: &[u8]| vec![on(weekdays), Wish::default()];
        Self(vec![
            vec![Wish::default()],
            rather(&[1, 2]),
            rather(&[3, 4]),
            vec![on(&[1, 2, 3])],
            vec![on(&[3, 4, 5])],
        ])
    }

    /// Of a new person: any for three of five, rather for one, only for one.
    pub fn pick(&self, chance: &Chance) -> Pattern {
        const PATTERNS: [Pattern; 10] = [0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
        PATTERNS[chance.below(PATTERNS.len())]
    }

    /// As a draw reads it.
    pub fn list(&self, pattern: Pattern) -> &[Wish] {
        &self.0[usize::from(pattern)]
    }

    /// Whether a weekday suits, 1 for Monday.
    pub fn suits(&self, pattern: Pattern, weekday: u8) -> bool {
        let list = self.list(pattern);
        list.iter().any(|one| one.weekdays.is_empty() || one.weekdays.contains(&weekday))
    }
}
