//! The promises, and what must be possible for them to mean anything.

use booking::state::BookingStatus;
use stateright::Property;

use super::{
    holds::Mark,
    world::{PEOPLE, SEATS, System, World},
};

pub fn all() -> Vec<Property<System>> {
    vec![
        Property::always("never two bookings on one seat", |_, world: &World| {
            (0..SEATS).all(|seat| world.active().filter(|(_, b)| b.seat == seat).count() <= 1)
        }),
        Property::always("never two active bookings of one person", |_, world: &World| {
            (0..PEOPLE).all(|person| {
                let bookings = world.active().filter(|(_, b)| b.person == person);
                bookings.map(|(id, _)| 1 + usize::from(world.twins[id])).sum::<usize>() <= 1
            })
        }),
        Property::always("who moves keeps a booking throughout", |_, world: &World| {
            world.bookings.iter().flatten().all(|booking| {
                booking.status != BookingStatus::Rebooked
                    || world.bookings.iter().zip(&world.tokens).any(|(new, token)| {
                        new.is_some()
                            && token.is_some_and(|token| {
                                token.person == booking.person && token.replaces.is_some()
                            })
                    })
            })
        }),
        Property::always(
            "once all messages arrived the marks are what the database says",
            |_, world: &World| !is_settled(world) || seats_are_right(world),
        ),
        Property::always(
            "without accidents everybody is bound by what they have",
            |_, world: &World| {
                let calm = world.losses == 0 && world.dead_workers == 0;
                !calm || !is_settled(world) || people_are_right(world)
            },
        ),
        Property::always("reconcile leaves the day as the database has it", |_, world: &World| {
            !world.reconciled || !world.news.is_empty() || seats_are_right(world)
        }),
        Property::sometimes("somebody moves", |_, world: &World| {
            world.bookings.iter().flatten().any(|b| b.status == BookingStatus::Rebooked)
        }),
        Property::sometimes("a seat is booked again after a cancellation", |_, world: &World| {
            world.active().any(|(_, active)| {
                world
                    .bookings
                    .iter()
                    .flatten()
                    .any(|b| b.seat == active.seat && b.status == BookingStatus::Cancelled)
            })
        }),
        Property::sometimes(
            "a confirm comes too late and still wins its seat",
            |_, world: &World| {
                world.active().any(|(id, _)| world.tokens[id].is_some_and(|token| token.expired))
            },
        ),
        Property::sometimes("everybody is served", |system: &System, world: &World| {
            world.active().count() == system.bounds.seats
        }),
    ]
}

/// Whether the property of this name is a promise (and not something that must be possible).
pub fn is_promise(name: &str) -> bool {
    all().iter().any(|property| {
        property.name == name && property.expectation == stateright::Expectation::Always
    })
}

/// No message is on its way, and nobody knows of damage.
fn is_settled(world: &World) -> bool {
    world.holds.loaded && world.news.is_empty() && !world.wanted
}

/// No booked seat looks free, and no seat is lost.
fn seats_are_right(world: &World) -> bool {
    let mut seats = world.holds.marks.iter().zip(world.claims());
    seats.all(|(mark, claim)| (*mark == Mark::Booked) == claim.is_some())
}

/// Everybody is bound by their active booking and by nothing else.
fn people_are_right(world: &World) -> bool {
    (0..PEOPLE).all(|person| world.holds.booked[person] == world.active_of(person))
}
