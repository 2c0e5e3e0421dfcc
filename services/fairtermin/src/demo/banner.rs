//! What the person who started the demo reads.

use std::path::Path;

use ambient::Clock as _;
use identity::simulator::{citizens, staff};

use super::{
    config::Blueprint,
    crowd::APPLICATIONS,
    offer,
    places::{Places, url},
};
use crate::moved_clock::MovedClock;

pub fn print(blueprint: &Blueprint<'_>, clock: &MovedClock, data: Option<&Path>) {
    let Blueprint { places, is_scarce, .. } = *blueprint;
    println!();
    println!("  Open       {}", url(places.portal));
    println!("  Desk       {}de/lea/desk (or buergeramt, or kfz)", url(places.portal));
    println!("  E-mails    {}mailbox", url(places.notification));
    println!("  Its time   {}. Type +2h, +1d or +1w and Enter: it is later,", clock.shown());
    println!(
        "             for holds, offers, reminders and log-ins alike (--now: start elsewhere)"
    );
    people(is_scarce);
    if is_scarce {
        scarcity(places, clock);
    }
    programs(places, clock);
    match data {
        Some(folder) => println!("\n  Bookings stay in {}.", folder.display()),
        None => println!("\n  Bookings are forgotten at the end (--data FOLDER keeps them)."),
    }
    println!("  Stop with Ctrl-C.\n");
}

fn people(is_scarce: bool) {
    println!();
    println!("  You can log in as one of these invented citizens:");
    for citizen in citizens() {
        let name = [citizen.given_names.unwrap_or_default(), citizen.family_name].join(" ");
        println!("    {:<36} {}", name.trim(), citizen.about);
        let applications = APPLICATIONS.iter().filter(|it| is_scarce && it.applicant == citizen.id);
        for application in applications {
            println!("    {:<36} application number at the LEA: {}", "", application.number);
            println!("    {:<36} ({})", "", application.shown);
        }
    }
    println!("\n  At the front desk, work as one of these:");
    for member in staff() {
        println!("    {:<36} {}", member.name, member.role.as_str());
    }
}

/// Where to see what scarcity leads to.
fn scarcity(places: &Places, clock: &MovedClock) {
    let days = |what: &str| format!("{}de/{what}", url(places.portal));
    println!(
        "\n  Most days are full, and others book and give up while you look (--empty: they do not)."
    );
    println!("    Waiting list: {}", days("lea/days?service=blaue-karte-eu"));
    println!(
        "      Join, and others give appointments up: an offer is in the mailbox within a minute."
    );
    if catalogue::is_night(clock.now(), &ambient::berlin()) {
        println!(
            "      It is night now: offers are made from 8 to 20 o'clock, so move the clock first."
        );
    }
    println!("    Application number: {}", days("lea/days?service=niederlassungserlaubnis"));
    println!("    Given date: {}", days("lea/days?service=niederlassungserlaubnis-fachkraefte"));
    println!(
        "      Ali Ahmadi states his number there, and accepts or declines the date of the office."
    );
    println!(
        "    Draw of earlier appointments: {}",
        days("lea/days?service=niederlassungserlaubnis-fachkraefte")
    );
    println!(
        "      Özgür Yıldız has a later appointment, and Ali once he has accepted: they can enter."
    );
    println!(
        "      Move the clock on by +{}h, and the result is in the mailbox.",
        offer::hours_to_result(clock.now())
    );
    println!("    Draw: {}", days("buergeramt/days?service=beglaubigung"));
    println!("      Enter it, move the clock on by +2w, and the result is in the mailbox.");
    println!("    To be phoned: {}", days("lea/desk/calls?location=keplerstrasse"));
    println!(
        "      Somebody without e-mail waits there; they are offered something within a minute."
    );
    println!("    Statistics: {}", days("lea/statistics"));
    println!(
        "      Move the clock on by +2mo: those who booked have come or not, and the month is told."
    );
}

fn programs(places: &Places, clock: &MovedClock) {
    println!();
    println!(
        "  For programs: the slot services of the three authorities, and where tokens come from"
    );
    for (authority, _, port) in places.authorities() {
        println!("    {:<12} {}reference", authority.as_str(), url(port));
    }
    println!("    {:<12} {}v1/draws", "draws", url(places.slots[1]));
    println!("    {:<12} {}v1/log/checkpoint", "log", url(places.slots[0]));
    println!("    {:<12} (what draws rest on, signed by the authority and two witnesses)", "");
    println!("    {:<12} {}", "identity", url(places.identity));
    println!("    {:<12} {}", "notification", url(places.notification));
    if clock.is_moved() {
        println!(
            "    The clock is not yours: fairtermin agency ... --now {}, and later if you move it",
            clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        );
    }
}
