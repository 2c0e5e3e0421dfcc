//! What an authority decides.

/// How seats are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allocation {
    /// First come, first served; what is given back is free at once.
    FirstCome,
    /// A draw each Monday for the week after, with seniority; what is given back goes down the line.
    Draw,
}

/// What an authority decides.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// As it stands in the table.
    pub name: &'static str,
    /// How seats are given.
    pub allocation: Allocation,
    /// Whether people are reminded.
    pub reminders: bool,
    /// Whether people can stand by for seats of the day.
    pub stand_by: bool,
    /// Whether sites take as many bookings more as the no-shows of the last weeks allow.
    pub overbooking: bool,
}

impl Policy {
    /// Those that are compared, today's first.
    pub const ALL: [Self; 6] = [
        Self::of("today", Allocation::FirstCome),
        Self { reminders: true, ..Self::of("today, with reminders", Allocation::FirstCome) },
        Self::of("draw and waiting list", Allocation::Draw),
        Self { reminders: true, ..Self::of("… with reminders", Allocation::Draw) },
        Self { reminders: true, stand_by: true, ..Self::of("… and stand-by", Allocation::Draw) },
        Self {
            reminders: true,
            stand_by: true,
            overbooking: true,
            ..Self::of("… and measured overbooking", Allocation::Draw)
        },
    ];

    const fn of(name: &'static str, allocation: Allocation) -> Self {
        Self { name, allocation, reminders: false, stand_by: false, overbooking: false }
    }
}
