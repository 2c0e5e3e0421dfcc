//! An office whose values change, with plain numbers beside the catalogue that they make.

use std::fmt::Write as _;

use catalogue::Catalogue;

/// Monday and Tuesday.
pub const DAYS: [&str; 2] = ["2027-01-04", "2027-01-05"];
const WEEKDAYS: [&str; 2] = ["monday", "tuesday"];
/// Every grid that the changes use. Hours begin and end at full hours, which suits all of them.
pub const GRIDS: [u16; 5] = [5, 10, 15, 20, 30];

/// An id, and the one before if the values state it.
#[derive(Debug, Clone)]
pub struct Name {
    pub now: String,
    pub before: Option<String>,
}

impl Name {
    fn new(now: &str) -> Self {
        Self { now: now.to_owned(), before: None }
    }

    fn rename(&mut self, number: usize, stated: bool) {
        let letter = self.now.chars().next().unwrap_or('x');
        let before = std::mem::replace(&mut self.now, format!("{letter}{number}"));
        self.before = stated.then_some(before);
    }

    fn formerly(&self) -> String {
        self.before.as_ref().map(|before| format!("formerly: [{before}], ")).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    Open,
    Closed,
    ClosedAndKeeps,
}

#[derive(Debug, Clone)]
pub struct Place {
    pub name: Name,
    pub grid: u16,
    /// Units of the grid in a slot.
    pub units: u16,
    pub hours: (u16, u16),
    pub desks: u8,
    pub public: u8,
    pub days: [Day; 2],
    pub keeps: bool,
    pub does: [bool; 2],
}

#[derive(Debug, Clone)]
pub struct Service {
    pub name: Name,
    pub group: usize,
    pub former_group: Option<usize>,
    pub slots: u16,
}

#[derive(Debug, Clone)]
pub struct Office {
    pub places: [Place; 2],
    pub services: [Service; 2],
    pub groups: [Name; 2],
    renames: usize,
}

/// An edit of the values. Places, services, groups and days are 0 or 1.
#[derive(Debug, Clone, Copy)]
pub enum Change {
    Grid(usize, usize),
    SlotUnits(usize, u16),
    Hours(usize, u16, u16),
    Desks(usize, u8),
    Public(usize, u8),
    Day(usize, usize, Day),
    Keeps(usize, bool),
    Does(usize, usize),
    RenamePlace(usize, bool),
    RenameService(usize, bool),
    RenameGroup(usize, bool),
    Regroup(usize, bool),
}

impl Change {
    /// Whether it decides only what is offered.
    pub fn touches_no_seat(self) -> bool {
        matches!(self, Self::Grid(..) | Self::SlotUnits(..) | Self::Public(..) | Self::Keeps(..))
    }
}

impl Office {
    pub fn new() -> Self {
        let place = |name| Place {
            name: Name::new(name),
            grid: 5,
            units: 4,
            hours: (8, 10),
            desks: 2,
            public: 2,
            days: [Day::Open; 2],
            keeps: false,
            does: [true; 2],
        };
        let service = |name, group, slots| Service {
            name: Name::new(name),
            group,
            former_group: None,
            slots,
        };
        Self {
            places: [place("place-a"), place("place-b")],
            services: [service("service-a", 0, 1), service("service-b", 1, 2)],
            groups: [Name::new("group-a"), Name::new("group-b")],
            renames: 0,
        }
    }

    pub fn changed(&self, change: Change) -> Self {
        let mut new = self.clone();
        new.renames += 1;
        let number = new.renames;
        match change {
            Change::Grid(place, index) => new.places[place].grid = GRIDS[index],
            Change::SlotUnits(place, units) => new.places[place].units = units,
            Change::Hours(place, from, hours) => new.places[place].hours = (from, from + hours),
            Change::Desks(place, desks) => new.places[place].desks = desks,
            Change::Public(place, public) => new.places[place].public = public,
            Change::Day(place, day, state) => new.places[place].days[day] = state,
            Change::Keeps(place, keeps) => new.places[place].keeps = keeps,
            Change::Does(place, service) => new.places[place].does[service] ^= true,
            Change::RenamePlace(place, stated) => new.places[place].name.rename(number, stated),
            Change::RenameService(service, stated) => {
                new.services[service].name.rename(number, stated);
            }
            Change::RenameGroup(group, stated) => {
                new.groups[group].rename(number, stated);
                // A statement about a group that has another name now would lead nowhere.
                new.services.iter_mut().for_each(|service| service.former_group = None);
            }
            Change::Regroup(service, stated) => {
                let service = &mut new.services[service];
                service.former_group = stated.then_some(service.group);
                service.group = 1 - service.group;
            }
        }
        new
    }

    pub fn catalogue(&self) -> Catalogue {
        let mut yaml =
            String::from("catalogue:\n  authority: {id: amt, name: {de: Amt}}\n  groups:\n");
        for group in &self.groups {
            let _ = writeln!(yaml, "    {}: {{{}name: {{de: G}}}}", group.now, group.formerly());
        }
        yaml += "  services:\n";
        for service in &self.services {
            let Service { name, group, former_group, slots } = service;
            let former =
                former_group.map(|group| format!("formerGroup: {}, ", self.groups[group].now));
            let _ = writeln!(
                yaml,
                "    {}: {{{}{}group: {}, slots: {slots}, name: {{de: S}}}}",
                name.now,
                name.formerly(),
                former.unwrap_or_default(),
                self.groups[*group].now,
            );
        }
        yaml += "  locations:\n";
        for place in &self.places {
            yaml += &self.place(place);
        }
        Catalogue::parse("amt.yaml", &yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
    }

    fn place(&self, place: &Place) -> String {
        let Place { name, grid, units, hours: (from, until), desks, public, .. } = place;
        let does = self.services.iter().zip(place.does).filter(|(_, does)| *does);
        let does: Vec<_> = does.map(|(service, _)| format!("{}: {{}}", service.name.now)).collect();
        let closures = (0..2).filter_map(|day| {
            let keeps = match place.days[day] {
                Day::Open => return None,
                Day::Closed => "",
                Day::ClosedAndKeeps => ", keepsBookings: true",
            };
            Some(format!("c{day}: {{date: {}{keeps}}}", DAYS[day]))
        });
        let closures = closures.collect::<Vec<_>>().join(", ");
        let keeps = if place.keeps { "keepsBookingsUntil: 2027-12-31, " } else { "" };
        let hours = format!("\"{from:02}:00-{until:02}:00\"");
        let hours = WEEKDAYS.map(|day| format!("{day}: {hours}")).join(", ");
        format!(
            "    {}: {{{}{keeps}name: {{de: L}}, address: {{street: W 1, postalCode: \"10115\"}}, \
             grid: {grid}, desks: {desks}, services: {{{}}}, closures: {{{closures}}}, \
             opening: {{r: {{hours: {{{hours}}}, slotMinutes: {}, desks: {{public: {}}}}}}}}}\n",
            name.now,
            name.formerly(),
            does.join(", "),
            grid * units,
            public.min(desks),
        )
    }
}
