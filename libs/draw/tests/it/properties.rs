//! What holds of every draw.

use std::collections::{BTreeMap, HashSet};

use ambient::SeededEntropy;
use draw::{
    DrawResult, Wish, Wishes,
    rehearsal::{Rehearsal, Size},
    settle,
};
use proptest::prelude::*;

use crate::{greedy, invented::SMALL};

fn draws() -> impl Strategy<Value = Rehearsal> {
    (any::<u64>(), 0usize..60, 1u16..4, 1u8..8, 1u16..3, 1u16..20, 1u64..6).prop_map(
        |(seed, entries, places, days, desks, slots, wishes)| {
            let size = Size { entries, places, days, desks, slots, wishes, logged: false };
            Rehearsal::invent(&size, &SeededEntropy::new(seed))
        },
    )
}

fn given(draw: &Rehearsal, wishes: &[Wishes]) -> Vec<Option<draw::Seat>> {
    let own = |at: usize| Some(wishes[at].wishes.as_slice());
    let order = draw.order();
    let given = settle(&draw.announcement, &draw.entries, &order, own, |_| None);
    given.into_iter().map(|given| given.map(|given| given.seat)).collect()
}

proptest! {
    #[test]
    fn the_order_is_a_permutation_with_higher_cohorts_first(draw in draws()) {
        let order = draw.order();
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..u32::try_from(draw.entries.len()).unwrap()).collect::<Vec<_>>());
        let cohorts: Vec<_> = order.iter().map(|at| draw.entries[*at as usize].cohort).collect();
        prop_assert!(cohorts.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn everybody_gets_what_the_plainest_recomputation_gives(draw in draws()) {
        let plain =
            greedy::settle(&draw.announcement, &draw.entries, &draw.order(), &draw.wishes);
        prop_assert_eq!(given(&draw, &draw.wishes), plain);
    }

    #[test]
    fn no_slot_goes_twice_and_kept_seats_go_to_those_they_are_kept_for(draw in draws()) {
        let mut taken = HashSet::new();
        for (at, seat) in draw.order().iter().zip(given(&draw, &draw.wishes)) {
            let (Some(seat), entry) = (seat, &draw.entries[*at as usize]) else { continue };
            let row = &draw.announcement.rows[seat.row as usize];
            prop_assert!(row.quota.is_none_or(|quota| entry.quotas.contains(&quota)));
            for slot in seat.slot..seat.slot + draw.announcement.slots(entry.companions) {
                prop_assert!(slot < row.slots);
                prop_assert!(taken.insert((seat.row, slot)));
            }
        }
    }

    #[test]
    fn a_changed_wish_changes_nobodys_place_in_the_order(mut draw in draws(), who: usize) {
        let before = draw.order();
        if let Some(at) = who.checked_rem(draw.entries.len()) {
            draw.wishes[at].wishes = vec![Wish::default()];
            draw.entries[at].wishes = draw.wishes[at].commitment();
            prop_assert_eq!(before, draw.order());
        }
    }

    #[test]
    fn an_entry_taken_away_leaves_the_others_in_their_order(mut draw in draws(), who: usize) {
        let serials = |draw: &Rehearsal| -> Vec<_> {
            draw.order().iter().map(|at| draw.entries[*at as usize].serial).collect()
        };
        if let Some(at) = who.checked_rem(draw.entries.len()) {
            let mut before = serials(&draw);
            let gone = draw.entries.remove(at).serial;
            before.retain(|serial| *serial != gone);
            prop_assert_eq!(before, serials(&draw));
        }
    }

    #[test]
    fn other_wishes_never_bring_anything_that_is_wished_more(
        draw in draws(), who: usize, lie in any::<u64>(),
    ) {
        let Some(at) = who.checked_rem(draw.entries.len()) else { return Ok(()) };
        let turn = draw.order().iter().position(|entry| *entry as usize == at).unwrap();
        let honest = given(&draw, &draw.wishes)[turn];
        let mut wishes = draw.wishes.clone();
        let other = Rehearsal::invent(&SMALL, &SeededEntropy::new(lie));
        wishes[at].wishes = other.wishes[0].wishes.clone();
        wishes[at].wishes.iter_mut().for_each(|wish| wish.places.clear());
        let rank = |seat: Option<draw::Seat>| {
            let Some(seat) = seat else { return usize::MAX };
            let row = &draw.announcement.rows[seat.row as usize];
            let slots = draw.announcement.slots(draw.entries[at].companions);
            let (start, end) = (row.start(seat.slot), row.start(seat.slot + slots));
            let wishes = &draw.wishes[at].wishes;
            let wanted = wishes.iter().position(|wish| {
                wish.wants_day(row.day) && wish.wants_place(row.place) && wish.wants_time(start, end)
            });
            wanted.unwrap_or(usize::MAX)
        };
        prop_assert!(rank(honest) <= rank(given(&draw, &wishes)[turn]));
    }

    #[test]
    fn the_cutoffs_are_those_of_a_plain_count(draw in draws()) {
        let (result, given) = DrawResult::settle(
            &draw.announcement, &draw.entries, draw.order(), &draw.wishes, draw::Bytes([0; 16]),
        );
        let mut turns: BTreeMap<_, Vec<(u32, bool)>> = BTreeMap::new();
        for ((at, given), turn) in draw.order().iter().zip(&given).zip(1..) {
            let entry = &draw.entries[*at as usize];
            let class = (entry.cohort, entry.quotas.clone(), entry.companions + 1);
            turns.entry(class).or_default().push((turn, given.is_some()));
        }
        prop_assert_eq!(result.classes.len(), turns.len());
        for (class, ((cohort, quotas, slots), turns)) in result.classes.iter().zip(&turns) {
            let served = || turns.iter().filter(|(_, served)| *served).map(|(turn, _)| *turn);
            prop_assert_eq!((class.cohort, &class.quotas, class.slots), (*cohort, quotas, u16::from(*slots)));
            prop_assert_eq!((class.entered as usize, class.served as usize), (turns.len(), served().count()));
            prop_assert_eq!(class.last_served, served().max());
            let without = turns.iter().filter(|(_, served)| !served).map(|(turn, _)| *turn);
            prop_assert_eq!(class.first_without, without.min());
        }
    }
}

/// Chi-square with nine degrees of freedom stays below 27.88 with a chance of 99.9 %; the numbers
/// are always the same, so that the test is too.
#[test]
fn everybody_is_first_equally_often() {
    let size =
        Size { entries: 10, places: 1, days: 1, desks: 1, slots: 1, wishes: 1, logged: false };
    let draw = Rehearsal::invent(&size, &SeededEntropy::new(1));
    let entries: Vec<_> =
        draw.entries.iter().map(|entry| draw::Entry { cohort: 0, ..entry.clone() }).collect();
    let mut firsts = [0u32; 10];
    for seed in 0u32..20_000 {
        let seed = draw::Bytes(tlog::Hash::of(&[&seed.to_be_bytes()]).0);
        let key = draw::OrderKey::new(&seed, &draw.announcement.digest(), &draw::Bytes([7; 32]));
        firsts[key.order(&entries)[0] as usize] += 1;
    }
    let expected = 2_000.0;
    let chi: f64 =
        firsts.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    assert!(chi < 27.88, "chi-square {chi}: {firsts:?}");
}
