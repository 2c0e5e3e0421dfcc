//! One ticket for one person, and as many entries as tickets at most.

use draw::{
    Announcement, Channel, Entry, Proof, Ticket, Tickets, Version, canonical,
    check::{Check, NoTicket, Outcome, stranger},
    signed,
};
use tlog::{Hash, KeyKind, Note, SigningKey};

use crate::invented::{exact, wrong};

/// The key of this name, as rehearsals make it.
fn key(name: &str) -> SigningKey {
    SigningKey::from_seed(name, KeyKind::Note, &Hash::of(&[name.as_bytes()]).0).unwrap()
}

fn ticket_of(entry: &Entry, draw: &Announcement) -> Ticket {
    Ticket {
        announcement: draw.digest(),
        channel: entry.channel,
        serial: entry.serial,
        stamp: entry.stamp,
        version: Version::V1,
    }
}

/// The proof with a note in which identity says something else.
fn with_note(mut proof: Proof, change: impl FnOnce(&mut Tickets)) -> Proof {
    let note: Note = proof.tickets.parse().unwrap();
    let mut said: Tickets = canonical::read(note.text().as_bytes()).unwrap();
    change(&mut said);
    proof.tickets = signed(&said, &key("identity.example")).to_string();
    proof
}

fn said_of_tickets(proof: &Proof) -> String {
    let findings = stranger(proof);
    assert!(wrong(&findings).contains(&"tickets"), "{findings:?}");
    let finding = findings.into_iter().find(|finding| finding.check == Check::Tickets).unwrap();
    let Outcome::Wrong(text) = finding.outcome else { panic!("{:?}", finding.outcome) };
    text
}

#[test]
fn who_enters_without_a_ticket_of_identity_is_a_ghost() {
    let draw = exact(0);
    let ticket = ticket_of(&draw.entries[0], &draw.announcement);
    let given = signed(&ticket, &key("identity.example")).to_string();
    assert_eq!(Ticket::read(&given, &draw.announcement).unwrap(), ticket);

    for forged in [signed(&ticket, &key("authority.example")).to_string(), "no note".to_owned()] {
        let refused = Ticket::read(&forged, &draw.announcement);
        assert!(matches!(refused, Err(NoTicket::Signature)), "{refused:?}");
    }
    let mut elsewhere = draw.announcement.clone();
    elsewhere.closes += 1;
    let refused = Ticket::read(&given, &elsewhere);
    assert!(matches!(refused, Err(NoTicket::OtherDraw)), "{refused:?}");
    // What identity signs about all of them is no ticket.
    let refused = Ticket::read(&draw.settle().0.tickets, &draw.announcement);
    assert!(matches!(refused, Err(NoTicket::Document(_))), "{refused:?}");
}

#[test]
fn more_entries_than_tickets_are_named_with_both_numbers() {
    let (honest, _) = exact(0).settle();
    let online = honest.entries.iter().filter(|entry| entry.channel == Channel::Online).count();
    let fewer = with_note(honest.clone(), |said| said.given.online -= 1);
    let text = said_of_tickets(&fewer);
    assert!(text.contains(&format!("{online} online")), "{text}");
    assert!(text.contains(&format!("gave {}", online - 1)), "{text}");
    // A ticket that was taken and not used is no fault.
    let more = with_note(honest, |said| said.given.online += 1);
    assert!(wrong(&stranger(&more)).iter().all(|check| *check == "log"));
}

#[test]
fn a_key_that_was_given_for_one_list_vouches_for_no_other() {
    let (honest, _) = exact(0).settle();
    let other = with_note(honest.clone(), |said| said.root.0[0] ^= 1);
    assert_eq!(said_of_tickets(&other), "identity has seen another list");
    let other = with_note(honest, |said| said.key.0[0] ^= 1);
    assert_eq!(said_of_tickets(&other), "the key of the stamps is not the one announced");
}
