//! The promises, and what must be possible for them to mean anything.

use booking::state::BookingStatus;
use stateright::Property;

use super::{
    database::{Booking, pairs},
    holds::Mark,
    news::News,
    steps::Step,
    world::{CLOSURE, Flaw, GROUPS, MINUTES, PEOPLE, System, Token, World, Wrong},
};

pub fn all() -> Vec<Property<System>> {
    promises().into_iter().chain(possibilities()).collect()
}

fn promises() -> Vec<Property<System>> {
    vec![
        Property::always("never two bookings that overlap", |_, world: &World| {
            let active = world.database.active().collect::<Vec<_>>();
            pairs(&active).all(|[(_, a), (_, b)]| !a.seat.overlaps(b.seat))
        }),
        Property::always(
            "never two active bookings of one person in a group",
            |_, world: &World| {
                let who = |person, service| {
                    (world.database.present(person), world.database.group_of(service))
                };
                let active = world.database.active().map(|(_, b)| who(b.person, b.service));
                let active = active.collect::<Vec<_>>();
                !world.has_twin && pairs(&active).all(|[a, b]| a != b)
            },
        ),
        Property::always("who moves keeps a booking throughout", |_, world: &World| {
            let mut moved = world.database.bookings.iter().enumerate().filter(|(_, booking)| {
                booking.is_some_and(|booking| booking.status == BookingStatus::Rebooked)
            });
            moved.all(|(old, _)| {
                let mut new = world.database.bookings.iter().zip(&world.tokens);
                new.any(|(row, token)| {
                    row.is_some() && token.is_some_and(|token| token.replaces == Some(old))
                })
            })
        }),
        Property::always("closing wins", |_, world: &World| {
            !world.database.is_closed || world.database.active().count() == 0
        }),
        Property::always(
            "nobody keeps a booking who turned out to be somebody else",
            |_, world: &World| {
                let gone = |person: usize| world.database.dissolved_into[person].is_some();
                world.database.active().all(|(_, booking)| !gone(booking.person))
            },
        ),
        Property::always("only the job frees a seat that was given up", |_, world: &World| {
            world.wrong != Some(Wrong::FreedByNobody)
        }),
        Property::always("nobody loses a hold to a late message", |_, world: &World| {
            world.wrong != Some(Wrong::HoldRobbed)
        }),
        Property::always("a hold that was given up never becomes a booking", |_, world: &World| {
            world.wrong != Some(Wrong::GivenUpHoldBooked)
        }),
        Property::always("nothing is booked that has begun", |_, world: &World| {
            world.wrong != Some(Wrong::BookedInThePast)
        }),
        Property::always("reconcile leaves the day as the database has it", |_, world: &World| {
            world.wrong != Some(Wrong::ReconciledWrongly)
        }),
        Property::always(
            "a rebuild leaves nothing wrong that nobody knows of",
            |_, world: &World| world.wrong != Some(Wrong::RebuiltWrongly),
        ),
        Property::always(
            "without accidents nothing is wrong that nobody knows of",
            |_, world: &World| !world.is_calm() || !is_wrong_unnoticed(world),
        ),
        Property::always("the sweep heals the day without being asked", heals),
        Property::always("nobody stays locked out", nobody_is_locked_out),
    ]
}

/// What must happen in some order of events, or the promises prove nothing.
pub fn possibilities() -> impl Iterator<Item = Property<System>> {
    [
        Property::sometimes("somebody moves", |_, world: &World| {
            let mut rows = world.database.bookings.iter().flatten();
            rows.any(|row| row.status == BookingStatus::Rebooked)
        }),
        Property::sometimes("everybody is served", |_, world: &World| {
            world.database.active().count() == 2
        }),
        Property::sometimes("a seat is booked again that was given up", |_, world: &World| {
            let mut rows = world.database.bookings.iter().flatten();
            rows.any(|row| {
                let again = |(_, active): (usize, Booking)| active.seat == row.seat;
                row.status == BookingStatus::Cancelled && world.database.active().any(again)
            })
        }),
        Property::sometimes("a seat is held again that was given up", |_, world: &World| {
            let tokens = || world.tokens.iter().enumerate().filter_map(|(id, it)| it.zip(Some(id)));
            tokens().any(|(given_up, _)| {
                let held = |(it, id): (Token, usize)| {
                    it.seat == given_up.seat && world.stores[0].is(it.seat, Mark::Held(id))
                };
                given_up.is_given_up && tokens().any(held)
            })
        }),
        Property::sometimes("a confirm comes late and still wins its seat", |_, world: &World| {
            let is_late = |id: usize| world.tokens[id].is_some_and(|token| token.is_expired);
            world.database.active().any(|(id, _)| is_late(id))
        }),
        Property::sometimes("a hold is extended and booked", |_, world: &World| {
            let is_extended = |id: usize| world.tokens[id].is_some_and(|it| it.is_extended);
            world.database.active().any(|(id, _)| is_extended(id))
        }),
        Property::sometimes("a seat is kept for the desk", |_, world: &World| {
            world.stores[0].marks.iter().any(|mark| matches!(mark, Mark::ForDesk(_)))
        }),
        Property::sometimes("a confirm is on its way when the day closes", |_, world: &World| {
            world.database.is_closed && world.confirms.iter().flatten().next().is_some()
        }),
        Property::sometimes("a day returns that was closed", |_, world: &World| {
            world.database.returning[CLOSURE].is_some()
        }),
        Property::sometimes("a booking changes its group", |_, world: &World| {
            let moved = |(id, row): (usize, Booking)| {
                world.tokens[id].is_some_and(|token| token.group != row.group)
            };
            world.database.active().any(moved)
        }),
        Property::sometimes("a change of groups is refused", |system: &System, world: &World| {
            let mut database = world.database;
            let asked = system.bounds.regroups && !database.is_regrouped;
            asked && database.regroup(Flaw::None).is_none()
        }),
        Property::sometimes("a token books for who the person is by now", |_, world: &World| {
            let other = |(id, row): (usize, Booking)| {
                world.tokens[id].is_some_and(|token| token.person != row.person)
            };
            world.database.active().any(other)
        }),
        Property::sometimes("a store that is older than it was is in use", |_, world: &World| {
            let store = &world.stores[0];
            store.is_foreign && store.is_loaded && !seats_are_right(world)
        }),
        Property::sometimes("two processes believe in different epochs", |_, world: &World| {
            let [one, other] = &world.stores;
            world.is_split && one.is_loaded && one.epoch != other.epoch
        }),
        Property::sometimes("the token alone decides", |_, world: &World| {
            !world.stores[0].is_loaded && world.confirms.iter().flatten().next().is_some()
        }),
        Property::sometimes("a booking was lost that the store knows", |_, world: &World| {
            world.accidents.undone > 0 && !seats_are_right(world)
        }),
    ]
    .into_iter()
}

/// Whether the property of this name is a promise (and not something that must be possible).
pub fn is_promise(name: &str) -> bool {
    promises().iter().any(|property| property.name == name)
}

/// Once all messages have arrived, whatever happened before: a store that is lost or was found to
/// be older than it was is rebuilt, the sweep goes over the day, and all is as the database says.
fn heals(system: &System, world: &World) -> bool {
    if !world.news.is_empty() || world.is_split || world.wrong.is_some() {
        return true;
    }
    let mut world = World { rebuilds: [None; 2], sweeps: [None; 2], ..*world };
    if world.begin_rebuild(0, system.flaw).is_some() {
        world.finish_rebuild(0, system.flaw);
    }
    if system.flaw != Flaw::NoFencingNoSweep || world.is_asked {
        world.begin_sweep(0);
        world.finish_sweep(0, system.flaw);
    }
    seats_are_right(&world) && people_are_right(&world)
}

/// The messages have arrived, and the marks are wrong, and nothing says so.
pub fn is_wrong_unnoticed(world: &World) -> bool {
    let is_settled = world.news.is_empty() && !world.is_asked && !world.is_split;
    is_settled && world.stores[0].is_loaded && !seats_are_right(world)
}

/// No seat looks free that the database keeps, and no seat is kept that the database does not keep.
pub fn seats_are_right(world: &World) -> bool {
    let claims = world.database.claims();
    (0..MINUTES).all(|minute| {
        let mark = world.stores[0].marks[minute];
        mark == claims.marks[minute] || claims.marks[minute] == Mark::Free && !mark.is_durable()
    })
}

/// Everybody is bound by their active booking.
fn people_are_right(world: &World) -> bool {
    world.stores[0].booked.covers(world.database.claims().booked)
}

/// A person without a booking and a hold in a group may hold: what the store says otherwise is
/// cleared, since the caller asks the database whether it is so.
fn nobody_is_locked_out(system: &System, world: &World) -> bool {
    let keys = world.stores[0].booked;
    let theirs = world.database.claims().booked;
    (0..PEOPLE).all(|person| {
        (0..GROUPS).all(|group| {
            let Some(booked) = keys.get(person, group) else { return true };
            let is_free = theirs.get(person, group).is_none();
            !is_free || world.database.is_over(booked, person, group, system.flaw)
        })
    })
}

/// What the step did to the marks that it must not do.
pub fn wrong_in(before: &World, after: &World, step: Step) -> Option<Wrong> {
    let is_accident = matches!(
        step,
        Step::LoseStore
            | Step::RestoreStore
            | Step::Split
            | Step::Rejoin
            | Step::BeginRebuild(_)
            | Step::FinishRebuild(_)
    );
    if is_accident {
        return None;
    }
    let stores = before.stores.iter().zip(&after.stores);
    let minutes = stores.flat_map(|(before, after)| before.marks.iter().zip(after.marks));
    minutes.filter(|(was, is)| **was != *is).find_map(|(was, is)| match (step, *was) {
        (Step::FreeEnded(_), _) => None,
        // The job decided in the database, and notifies the store.
        (Step::FinishSweep(_) | Step::Arrive { news: News::Remove(_), .. }, _)
            if after.database.has_forgotten(*was) || after.accidents.undone > 0 =>
        {
            None
        }
        _ if is == Mark::Free => Some(Wrong::FreedByNobody),
        (Step::FinishSweep(_), _) => None,
        (_, Mark::Held(hold)) if !ends(step, hold) => Some(Wrong::HoldRobbed),
        _ => None,
    })
}

/// Whether this step is meant to end the hold.
fn ends(step: Step, hold: usize) -> bool {
    match step {
        Step::GiveUp(id) | Step::EndExpired(id) => id == hold,
        Step::Arrive { news: News::Confirm(id), .. } => id == hold,
        _ => false,
    }
}
