//! What can be asked below `/fhir`: one table, of which both the routes and the CapabilityStatement are made.

/// A kind of resource.
pub(super) struct Interface {
    /// For example `Slot`.
    pub(super) resource: &'static str,
    /// What it is searched by, besides [`RESULT`].
    pub(super) search: &'static [Parameter],
    pub(super) operations: &'static [Operation],
}

/// A search parameter of FHIR R4.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    /// `token`, `reference`, `date` or `number` (section 3.1.1.4.4).
    pub(super) kind: &'static str,
    pub(super) documentation: &'static str,
}

/// An operation on the type.
pub(super) struct Operation {
    /// Without the `$`.
    pub(super) name: &'static str,
    /// Where IHE defines it.
    pub(super) definition: &'static str,
}

/// How the result is written, of every search.
pub(super) const RESULT: [&str; 3] = ["_count", "_format", "_page"];

const ID: Parameter = Parameter { name: "_id", kind: "token", documentation: "Of the resource." };

pub(super) const SCHEDULE: Interface = Interface {
    resource: "Schedule",
    search: &[
        ID,
        Parameter {
            name: "service-type",
            kind: "token",
            documentation: "A service that is done there.",
        },
        Parameter { name: "active", kind: "token", documentation: "All of them are." },
    ],
    operations: &[],
};

pub(super) const SLOT: Interface = Interface {
    resource: "Slot",
    search: &[
        ID,
        Parameter {
            name: "schedule",
            kind: "reference",
            documentation: "The location. Needed, unless `_id` is given.",
        },
        Parameter {
            name: "service-type",
            kind: "token",
            documentation: "What is to be done; repeated for several in one visit. Needed, unless `_id` is given.",
        },
        Parameter {
            name: "start",
            kind: "date",
            documentation: "Prefixes eq, ge, gt, le, lt, sa and eb, at any precision; days are Berlin's. At most 31 \
                days; 7 if there is no end.",
        },
        Parameter {
            name: "status",
            kind: "token",
            documentation: "Answers hold `free` slots only.",
        },
    ],
    operations: &[],
};

pub(super) const APPOINTMENT: Interface = Interface {
    resource: "Appointment",
    search: &[
        ID,
        Parameter {
            name: "date",
            kind: "date",
            documentation: "The start: prefixes eq, ge, gt, le, lt, sa and eb, at any precision.",
        },
        Parameter { name: "patient", kind: "reference", documentation: "The person of the token." },
        Parameter { name: "status", kind: "token", documentation: "Any of these." },
    ],
    operations: &[
        Operation {
            name: "find",
            definition: "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-find",
        },
        Operation {
            name: "hold",
            definition: "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-hold",
        },
        Operation {
            name: "book",
            definition: "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-book",
        },
    ],
};

pub(super) const ALL: [&Interface; 3] = [&SCHEDULE, &SLOT, &APPOINTMENT];

impl Interface {
    /// Every name that a search may have.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.search.iter().map(|it| it.name).chain(RESULT).collect()
    }
}
