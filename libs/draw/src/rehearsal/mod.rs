//! Whole draws with invented entrants: for tests, benchmarks, and offices that want to rehearse.
//!
//! Everything is invented from one [`Entropy`], so a seed names a draw: test vectors, benchmarks
//! and three verifiers work on the same ones. Keys are made from their names and open to everybody;
//! nothing of this may sign a real draw. Beacons are published rounds, or an auditor's seed one
//! time in five, so rehearsals need no network.

mod alter;

use ambient::Entropy;
use tlog::{Checkpoint, Hash, InvalidKey, KeyKind, ProofFile, SigningKey, Tree};

use crate::{
    AllWishes, Announcement, Beacon, Bytes, Channel, Channels, Day, Detail, DrawResult, EndReason,
    Ended, Entry, Freeze, Identity, Log, LogProof, Logged, Minute, OrderKey, Proof, Quota, Receipt,
    Reveal, Revealed, Row, SealedSeats, Secret, Seed, Tickets, Version, VisitLength, Visits, Wish,
    Wishes, canonical, quicknet,
    result::seats_by_turn,
    seed::{randomness, stamp},
    signed,
};

pub use alter::{Alteration, alteration, alterations, unwitnessed, wrong};

/// Rounds of quicknet that have long been published, with their signatures.
pub const PUBLISHED_ROUNDS: [(u64, &str); 4] = [
    (
        42,
        "95a9f9f5b231b7714de1553105d8ffdf3dcda24cfdb1e689319bccf79a9c8ce430a91b811fbfaf763900bc998b5d686a",
    ),
    (
        123,
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
    ),
    (
        1000,
        "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
    ),
    (
        20_791_007,
        "8d2c8bbc37170dbacc5e280a21d4e195cff5f32a19fd6a58633fa4e4670478b5fb39bc13dd8f8c4372c5a76191198ac5",
    ),
];

/// How large the draw is.
///
/// Days begin on Monday, 4 January 2027; desks open at 08:00.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// The invented people who enter.
    pub entries: usize,
    /// Places with seats.
    pub places: u16,
    /// Days with seats, from a Monday on.
    pub days: u8,
    /// Desks per place and day.
    pub desks: u16,
    /// Slots per desk and day; a slot has 15 minutes.
    pub slots: u16,
    /// Wishes per entry, at most.
    pub wishes: u64,
    /// Every document with its proof of inclusion in a log that a witness watches.
    pub logged: bool,
}

/// An invented draw, with all secrets.
///
/// It plays all parties at once: authority, identity, auditor, log and witness.
///
/// It is an honest draw. [`alteration`] makes a mistake of it, so that tests see which check finds
/// what.
#[derive(Debug)]
pub struct Rehearsal {
    /// As it was published.
    pub announcement: Announcement,
    /// The frozen list.
    pub entries: Vec<Entry>,
    /// Of each entry.
    pub wishes: Vec<Wishes>,
    /// What was revealed.
    pub reveal: Reveal,
    stamp_key: Seed,
    salt: Bytes<16>,
    logged: bool,
}

/// Invented keys: of identity, of receipts, of the log and of its witness.
///
/// The seed of a key is the hash of its name, so everybody can make it.
fn key(name: &str, kind: KeyKind) -> Result<SigningKey, InvalidKey> {
    SigningKey::from_seed(name, kind, &Hash::of(&[name.as_bytes()]).0)
}

impl Rehearsal {
    /// Invents a draw. The same `entropy` invents the same draw.
    ///
    /// # Panics
    /// A slot would start after midnight, or there are more than 1000 places.
    #[must_use]
    pub fn invent(size: &Size, entropy: &dyn Entropy) -> Self {
        let (seed, auditor, stamp_key): (Seed, Seed, Seed) =
            (Bytes(entropy.bytes()), Bytes(entropy.bytes()), Bytes(entropy.bytes()));
        let draw = format!("draw_{}", Bytes::<8>(entropy.bytes()));
        let (beacon, revealed, known) = beacon(&draw, auditor, entropy);
        let public = |name, kind| {
            key(name, kind).expect("the names of invented keys are names").verifier().to_string()
        };
        let announcement = Announcement {
            authority: "Bürgeramt Mitte".into(),
            beacon,
            closes: known - 3600,
            cohorts: 3,
            commitment: Secret::Seed.commitment(&draw, &seed),
            detail: if entropy.below(4) == 0 { Detail::HalfDay } else { Detail::Seat },
            identity: Identity {
                independent: entropy.below(4) > 0,
                key: public("identity.example", KeyKind::Note),
                stamp: Secret::StampKey.commitment(&draw, &stamp_key),
            },
            log: Log {
                key: public("log.example/draws", KeyKind::Note),
                witnesses: vec![public("witness.example", KeyKind::Cosignature)],
            },
            opens: known - 7200,
            places: (0..size.places).map(|place| format!("Bürgeramt {place}")).collect(),
            quotas: vec![
                Quota { channel: None, name: "title expires before the next draw".into() },
                Quota { channel: Some(Channel::Desk), name: "without online ID".into() },
            ],
            receipts: public("receipts.example", KeyKind::Note),
            rows: rows(size, entropy),
            rule: "Who lives in Berlin and has no appointment of this kind.".into(),
            service: "Passport".into(),
            version: Version::V1,
            visit: VisitLength { companion_slots: 1, companions: 2, slots: 1 },
            draw,
        };
        let mut people: Vec<_> =
            (0..size.entries).map(|_| person(&announcement, size, &stamp_key, entropy)).collect();
        people.sort_unstable_by_key(|(entry, _)| entry.serial);
        let (entries, wishes) = people.into_iter().unzip();
        let reveal = Reveal {
            announcement: announcement.digest(),
            beacon: revealed,
            seed,
            version: Version::V1,
        };
        let (salt, logged) = (Bytes(entropy.bytes()), size.logged);
        Self { announcement, entries, wishes, reveal, stamp_key, salt, logged }
    }

    /// In which order the entries choose.
    ///
    /// # Panics
    /// The revealed secrets were altered.
    #[must_use]
    pub fn order(&self) -> Vec<u32> {
        let draw = &self.announcement;
        let randomness = randomness(&draw.draw, &draw.beacon, &self.reveal.beacon)
            .expect("what was invented fits");
        OrderKey::new(&self.reveal.seed, &draw.digest(), &randomness).order(&self.entries)
    }

    /// Settles the draw: what is published, and what the auditor gets.
    ///
    /// # Panics
    /// The revealed secrets were altered.
    #[must_use]
    pub fn settle(&self) -> (Proof, AllWishes) {
        let (draw, entries) = (&self.announcement, &self.entries);
        let (result, given) =
            DrawResult::settle(draw, entries, self.order(), &self.wishes, self.salt);
        let freeze = Freeze::new(draw, entries, draw.closes + 60);
        let identity = key("identity.example", KeyKind::Note).expect("a name");
        let tickets = Tickets {
            announcement: draw.digest(),
            given: Channels::of(entries),
            key: self.stamp_key,
            root: freeze.root,
            version: Version::V1,
        };
        let seats = match &result.visits {
            Visits::Seats(_) => None,
            Visits::HalfDays { .. } => {
                Some(SealedSeats { salt: self.salt, seats: seats_by_turn(&given) })
            }
        };
        let all = AllWishes {
            announcement: draw.digest(),
            seats,
            version: Version::V1,
            wishes: self.wishes.iter().cloned().map(Some).collect(),
        };
        let mut proof = Proof {
            announcement: draw.clone(),
            entries: entries.clone(),
            freeze,
            log: Logged::default(),
            result,
            reveal: self.reveal.clone(),
            tickets: signed(&tickets, &identity).to_string(),
            version: Version::V1,
        };
        if self.logged {
            proof.log = self.log(&proof);
        }
        (proof, all)
    }

    /// The receipt of the entry at this position of the list.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn receipt(&self, at: usize) -> String {
        let receipt = Receipt {
            announcement: self.announcement.digest(),
            entry: self.entries[at].clone(),
            received: self.announcement.opens + 60,
            version: Version::V1,
            wishes: self.wishes[at].clone(),
        };
        signed(&receipt, &key("receipts.example", KeyKind::Note).expect("a name")).to_string()
    }

    /// The signed end of an entry, as if it ended a minute before the window did.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn ended(&self, at: usize, why: EndReason) -> String {
        let ended = Ended {
            announcement: self.announcement.digest(),
            at: self.announcement.closes - 60,
            revision: self.entries[at].revision,
            serial: self.entries[at].serial,
            version: Version::V1,
            why,
        };
        signed(&ended, &key("receipts.example", KeyKind::Note).expect("a name")).to_string()
    }

    /// A log in which each document stands, one checkpoint each.
    fn log(&self, proof: &Proof) -> Logged {
        let draw = &self.announcement;
        let log = key("log.example/draws", KeyKind::Note).expect("a name");
        let witness = key("witness.example", KeyKind::Cosignature).expect("a name");
        let mut tree = Tree::default();
        let mut add = |document: &[u8], seen| {
            let entry = tlog::entry(&self.salt.0, document);
            let index = tree.push(Hash::leaf(&entry.0));
            let path = tree.inclusion(index, tree.size()).expect("it was just added");
            let checkpoint = Checkpoint::new("log.example/draws", tree.size(), tree.root());
            let note = checkpoint.expect("a name").note();
            let checkpoint = note.signed_by(&log, 0).signed_by(&witness, seen);
            let proof = ProofFile { index, path, checkpoint }.to_string();
            Some(LogProof { proof, salt: self.salt })
        };
        Logged {
            announcement: add(&canonical::write(draw), draw.opens - 60),
            freeze: add(&canonical::write(&proof.freeze), draw.closes + 120),
            tickets: add(proof.tickets.as_bytes(), draw.closes + 180),
            reveal: add(&canonical::write(&proof.reveal), draw.closes + 7200),
            result: add(&canonical::write(&proof.result), draw.closes + 7260),
        }
    }
}

/// A beacon, what it reveals, and when that is known.
///
/// The last part is in seconds since 1970; the entry window closes an hour before.
fn beacon(draw: &str, auditor: Seed, entropy: &dyn Entropy) -> (Beacon, Revealed, u64) {
    let pick = usize::try_from(entropy.below(5)).unwrap_or(0);
    match PUBLISHED_ROUNDS.get(pick) {
        Some((round, signature)) => {
            let beacon = Beacon::Drand { chain: Bytes(quicknet::CHAIN), round: *round };
            let signature = signature.parse().expect("the constant is a signature");
            (beacon, Revealed::Signature(signature), quicknet::time(*round))
        }
        None => {
            let commitment = Secret::Auditor.commitment(draw, &auditor);
            let name = "Data protection officer".into();
            (Beacon::Auditor { commitment, name }, Revealed::Seed(auditor), 1_800_000_000)
        }
    }
}

/// One row in four is kept for a quota.
fn rows(size: &Size, entropy: &dyn Entropy) -> Vec<Row> {
    let monday = jiff::civil::date(2027, 1, 4);
    let days = (0..i64::from(size.days)).map(|after| {
        let day = monday.checked_add(jiff::Span::new().days(after)).expect("a few days later");
        day.to_string().parse::<Day>().expect("it is written as a day")
    });
    let mut rows = Vec::new();
    for day in days {
        for place in 0..size.places {
            for _ in 0..size.desks {
                let quota = [Some(0), Some(1), None, None, None, None, None, None];
                let quota = quota[usize::try_from(entropy.below(8)).unwrap_or(0)];
                let from = Minute::new(480).expect("a time of day");
                rows.push(Row { day, from, minutes: 15, place, quota, slots: size.slots });
            }
        }
    }
    rows
}

/// One in ten enters at the desk, one in ten has the first quota; most have no cohort and come
/// alone.
fn person(
    draw: &Announcement,
    size: &Size,
    stamp_key: &Seed,
    entropy: &dyn Entropy,
) -> (Entry, Wishes) {
    let small = |bound| u8::try_from(entropy.below(bound)).unwrap_or(0);
    let channel = if entropy.below(10) == 0 { Channel::Desk } else { Channel::Online };
    let mut quotas = Vec::new();
    if entropy.below(10) == 0 {
        quotas.push(0);
    }
    if channel == Channel::Desk {
        quotas.push(1);
    }
    let wishes = Wishes {
        nonce: Bytes(entropy.bytes()),
        version: Version::V1,
        wishes: (0..=entropy.below(size.wishes)).map(|_| wish(draw, size, entropy)).collect(),
    };
    let serial = Bytes(entropy.bytes());
    let entry = Entry {
        channel,
        cohort: if entropy.below(4) == 0 { small(4) } else { 0 },
        companions: if entropy.below(5) == 0 { small(3) } else { 0 },
        quotas,
        revision: 0,
        serial,
        stamp: stamp(&draw.draw, stamp_key, &serial, channel),
        wishes: wishes.commitment(),
    };
    (entry, wishes)
}

fn wish(draw: &Announcement, size: &Size, entropy: &dyn Entropy) -> Wish {
    let one_in = |bound| entropy.below(bound) == 0;
    let minute = |hours: u64, from: u64| {
        let minutes = (from + entropy.below(hours)) * 60;
        Minute::new(u16::try_from(minutes).unwrap_or(0))
    };
    let day = || {
        let at = usize::try_from(entropy.below(draw.rows.len() as u64)).unwrap_or(0);
        draw.rows[at].day
    };
    let mut places: Vec<_> = (0..entropy.below(4))
        .map(|_| u16::try_from(entropy.below(u64::from(size.places))).unwrap_or(0))
        .collect();
    places.sort_unstable();
    places.dedup();
    Wish {
        after: if one_in(3) { minute(4, 8) } else { None },
        before: if one_in(3) { minute(4, 11) } else { None },
        except: if one_in(8) { vec![day()] } else { Vec::new() },
        from: if one_in(3) { Some(day()) } else { None },
        places,
        until: if one_in(3) { Some(day()) } else { None },
        weekdays: (1..=7).filter(|_| one_in(4)).collect(),
    }
}
