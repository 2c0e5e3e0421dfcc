//! What the person who started the demo reads.

use std::path::Path;

use identity::simulator::{citizens, staff};

use super::places::{Places, url};

pub fn print(places: &Places, data: Option<&Path>) {
    println!();
    println!("  Open       {}", url(places.portal));
    println!("  E-mails    {}mailbox", url(places.notification));
    println!();
    println!("  You can log in as one of these invented citizens:");
    for citizen in citizens() {
        let name = [citizen.given_names.unwrap_or_default(), citizen.family_name].join(" ");
        println!("    {:<36} {}", name.trim(), citizen.about);
    }
    println!("\n  At the front desk, work as one of these:");
    for member in staff() {
        println!("    {:<36} {}", member.name, member.role.as_str());
    }
    println!();
    println!(
        "  For programs: the slot services of the three authorities, and where tokens come from"
    );
    for (authority, _, port) in places.authorities() {
        println!("    {:<12} {}reference", authority.as_str(), url(port));
    }
    println!("    {:<12} {}v1/draws", "draws", url(places.slots[1]));
    println!("    {:<12} {}", "identity", url(places.identity));
    println!("    {:<12} {}", "notification", url(places.notification));
    match data {
        Some(folder) => println!("\n  Bookings stay in {}.", folder.display()),
        None => println!("\n  Bookings are forgotten at the end (--data FOLDER keeps them)."),
    }
    println!("  Stop with Ctrl-C.\n");
}
