//! What each reader can check, and what the findings say.

use draw::{
    Beacon, Bytes, Channel, Detail, EndReason, Proof, Revealed, Seat, Version, Visits, canonical,
    check::{Check, Outcome, auditor, ended, ended_alone, entrant, stranger},
    rehearsal::{Rehearsal, unwitnessed},
};

use crate::invented::{exact, small, small_with, wrong, wrong_for_strangers};

fn outcome(findings: &[draw::check::Finding], check: Check) -> &Outcome {
    &findings.iter().find(|finding| finding.check == check).expect("it was made").outcome
}

fn visits(proof: &mut Proof) -> &mut Vec<draw::Visit> {
    match &mut proof.result.visits {
        Visits::Seats(visits) => visits,
        Visits::HalfDays { .. } => panic!("this draw shows exact seats"),
    }
}

#[test]
fn honest_draws_pass_every_check_of_everybody() {
    for seed in 0..40 {
        let draw = small(seed);
        let (proof, all) = draw.settle();
        let proof: Proof = canonical::read(&canonical::write(&proof)).unwrap();
        assert!(proof.entries.len() == 24 && wrong_for_strangers(&proof).is_empty());
        assert!(wrong(&auditor(&proof, &all)).is_empty());
        for at in 0..proof.entries.len() {
            assert_eq!(wrong(&entrant(&proof, &draw.receipt(at))), [""; 0], "draw {seed}, {at}");
        }
    }
}

#[test]
fn an_entry_that_was_dropped_is_proven_by_its_receipt() {
    let mut draw = exact(0);
    let receipt = draw.receipt(5);
    draw.entries.remove(5);
    draw.wishes.remove(5);
    let (proof, _) = draw.settle();
    assert!(wrong_for_strangers(&proof).is_empty(), "a stranger cannot see it");
    assert_eq!(wrong(&entrant(&proof, &receipt)), ["entry"]);
}

#[test]
fn an_entry_that_ended_before_the_freeze_is_no_broken_promise() {
    let mut draw = exact(0);
    let (receipt, other) = (draw.receipt(5), draw.receipt(6));
    let end = draw.ended(5, EndReason::Booked);
    let (whole, _) = draw.settle();
    draw.entries.remove(5);
    draw.wishes.remove(5);
    let (proof, _) = draw.settle();
    let findings = ended(&proof, &receipt, &end);
    assert_eq!(wrong(&findings), [""; 0]);
    let Outcome::Holds(text) = outcome(&findings, Check::Entry) else { panic!("{findings:?}") };
    assert!(text.contains("another appointment in the group"), "{text}");
    // It excuses this entry only, nothing that stands in the list, and must be signed.
    assert_eq!(wrong(&ended(&proof, &other, &end)), ["entry"]);
    assert_eq!(wrong(&ended(&whole, &receipt, &end)), ["entry"]);
    assert_eq!(wrong(&ended(&proof, &receipt, &end.replace("booked", "merged"))), ["entry"]);
}

#[test]
fn a_signed_end_can_be_checked_without_a_receipt() {
    let mut draw = exact(0);
    let end = draw.ended(5, EndReason::Withdrawn);
    let (whole, _) = draw.settle();
    draw.entries.remove(5);
    draw.wishes.remove(5);
    let (proof, _) = draw.settle();
    let findings = ended_alone(&proof, &end);
    assert!(matches!(outcome(&findings, Check::Entry), Outcome::Holds(_)), "{findings:?}");
    assert_eq!(wrong(&ended_alone(&whole, &end)), ["entry"], "it is in the list");
    let forged = end.replace("withdrawn", "merged");
    assert_eq!(wrong(&ended_alone(&proof, &forged)), ["entry"]);
    draw.announcement.draw.push('x');
    assert_eq!(wrong(&ended_alone(&draw.settle().0, &end)), ["entry"], "of another draw");
}

#[test]
fn an_entry_that_was_made_again_after_its_end_accuses_nobody() {
    let mut draw = exact(0);
    let end = draw.ended(5, EndReason::Withdrawn);
    draw.entries[5].revision += 1;
    let findings = ended_alone(&draw.settle().0, &end);
    assert!(matches!(outcome(&findings, Check::Entry), Outcome::NotShown(_)), "{findings:?}");
}

#[test]
fn a_ticket_that_identity_did_not_give_is_named() {
    let mut draw = exact(0);
    draw.entries[3].stamp.0[0] ^= 1;
    let findings = stranger(&draw.settle().0);
    assert_eq!(wrong(&findings), ["tickets"]);
    let Outcome::Wrong(text) = outcome(&findings, Check::Tickets) else { panic!("not wrong") };
    assert!(text.contains(&draw.entries[3].serial.to_string()), "{text}");
}

#[test]
fn where_the_authority_runs_identity_the_proof_says_that_invented_entries_are_not_excluded() {
    let draw = small_with(0, |draw| !draw.announcement.identity.independent);
    let findings = stranger(&draw.settle().0);
    let Outcome::NotShown(text) = outcome(&findings, Check::Tickets) else { panic!("shown") };
    assert!(text.contains("invented entries are not excluded"));
}

#[test]
fn somebody_who_was_passed_over_sees_which_wish_was_free() {
    let draw = exact(0);
    let (mut proof, _) = draw.settle();
    let visit = visits(&mut proof).remove(0);
    let at = proof.result.order[visit.turn as usize - 1] as usize;
    let findings = entrant(&proof, &draw.receipt(at));
    assert_eq!(wrong(&findings), ["own"]);
    let Outcome::Wrong(text) = outcome(&findings, Check::Own) else { panic!("not wrong") };
    assert!(text.contains("was still free at your turn"), "{text}");
}

#[test]
fn the_auditor_sees_a_seat_that_went_to_somebody_behind() {
    let draw = exact(0);
    let (mut proof, all) = draw.settle();
    let served = visits(&mut proof);
    let (first, second) = (served[0].seat(), served[1].seat());
    (served[0].row, served[0].slot) = (second.row, second.slot);
    (served[1].row, served[1].slot) = (first.row, first.slot);
    assert_eq!(wrong(&auditor(&proof, &all)), ["settlement"]);
}

#[test]
fn erased_wishes_leave_a_proof_that_still_holds() {
    let draw = exact(0);
    let (proof, mut all) = draw.settle();
    all.wishes[4] = None;
    assert!(wrong_for_strangers(&proof).is_empty());
    let findings = auditor(&proof, &all);
    let Outcome::NotShown(text) = outcome(&findings, Check::Settlement) else { panic!("all") };
    assert!(text.contains("1 got whose wishes are deleted"), "{text}");
}

#[test]
fn a_receipt_of_another_draw_a_forged_one_and_an_old_one_are_told_apart() {
    let mut draw = exact(0);
    let (receipt, foreign) = (draw.receipt(2), exact(1000).receipt(2));
    let told = |draw: &Rehearsal, receipt: &str| {
        let findings = entrant(&draw.settle().0, receipt);
        let wrong = findings.into_iter().find(draw::check::Finding::is_wrong).expect("it is wrong");
        (wrong.check, format!("{:?}", wrong.outcome))
    };
    let (check, text) = told(&draw, &foreign);
    assert!(check == Check::Receipt && text.contains("of another draw"), "{text}");
    let (check, text) = told(&draw, &receipt.replace("\"companions\":0", "\"companions\":1"));
    assert!(check == Check::Receipt && text.contains("signature"), "{text}");
    draw.entries[2].revision = 1;
    let findings = entrant(&draw.settle().0, &receipt);
    let Outcome::NotShown(text) = outcome(&findings, Check::Entry) else { panic!("{findings:?}") };
    assert!(text.contains("a later revision replaced this receipt"), "{text}");
    draw.entries[2].revision = 0;
    draw.entries[2].cohort = (draw.entries[2].cohort + 1) % 4;
    let (check, text) = told(&draw, &receipt);
    assert!(check == Check::Entry && text.contains("broken promise"), "{text}");
}

#[test]
fn a_beacon_that_is_missing_or_of_another_round_is_named() {
    let draw = small_with(0, |draw| matches!(draw.announcement.beacon, Beacon::Drand { .. }));
    let (mut proof, _) = draw.settle();
    proof.log = draw::Logged::default();
    proof.reveal.beacon = Revealed::Seed(Bytes([1; 32]));
    assert_eq!(wrong_for_strangers(&proof), ["beacon", "order"]);
    let other = draw::rehearsal::PUBLISHED_ROUNDS.iter().find_map(|(round, signature)| {
        let announced =
            matches!(draw.announcement.beacon, Beacon::Drand { round: own, .. } if own == *round);
        (!announced).then(|| signature.parse().unwrap())
    });
    proof.reveal.beacon = Revealed::Signature(other.unwrap());
    assert_eq!(wrong_for_strangers(&proof), ["beacon", "order"]);
}

#[test]
fn a_stranger_sees_slots_that_went_twice_and_seats_that_do_not_exist() {
    let draw = exact(0);
    let (honest, _) = draw.settle();
    let seats = |change: &dyn Fn(&mut Vec<draw::Visit>)| {
        let mut proof = honest.clone();
        proof.log = draw::Logged::default();
        change(visits(&mut proof));
        wrong_for_strangers(&proof)
    };
    let twice = |visits: &mut Vec<draw::Visit>| {
        let Seat { row, slot } = visits[0].seat();
        (visits[1].row, visits[1].slot) = (row, slot);
    };
    assert_eq!(seats(&twice), ["seats"]);
    assert_eq!(seats(&|visits| visits[0].row = 99), ["seats"]);
    assert_eq!(seats(&|visits| visits[0].slot = 3), ["seats"]);
    assert_eq!(seats(&|visits| visits.swap(0, 1)), ["seats"]);
    assert_eq!(seats(&|visits| visits[0].turn = 99), ["seats", "classes"]);
    assert_eq!(seats(&|visits| visits[0].turn = 0), ["seats", "classes"]);
    assert_eq!(seats(&|visits| visits.truncate(visits.len() - 1)), ["classes"]);
}

#[test]
fn half_days_hide_the_seat_and_the_auditor_opens_it() {
    let draw = small_with(0, |draw| draw.announcement.detail == Detail::HalfDay);
    let (proof, mut all) = draw.settle();
    let text = String::from_utf8(canonical::write(&proof.result)).unwrap();
    assert!(text.contains("\"half\":\"am\"") && !text.contains("\"slot\":"));
    assert!(matches!(outcome(&stranger(&proof), Check::Seats), Outcome::NotShown(_)));
    all.seats.as_mut().unwrap().salt = Bytes([0; 16]);
    assert_eq!(wrong(&auditor(&proof, &all)), ["settlement"]);
}

#[test]
fn an_entry_that_claims_what_the_announcement_does_not_allow_is_named() {
    let broken = |change: &dyn Fn(&mut draw::Entry)| {
        let mut draw = exact(0);
        let online = draw.entries.iter_mut().find(|entry| entry.channel == Channel::Online);
        change(online.unwrap());
        let (mut proof, _) = draw.settle();
        proof.log = draw::Logged::default();
        wrong_for_strangers(&proof)
    };
    assert_eq!(broken(&|entry| entry.cohort = 4), ["list"]);
    assert_eq!(broken(&|entry| entry.quotas = vec![1]), ["list"]);
    assert_eq!(broken(&|entry| entry.quotas = vec![0, 0]), ["list"]);
    assert_eq!(broken(&|entry| entry.quotas = vec![2]), ["list"]);
}

#[test]
fn a_freeze_that_was_witnessed_after_the_beacon_is_too_late() {
    let draw = small_with(0, |draw| matches!(draw.announcement.beacon, Beacon::Drand { .. }));
    let (mut proof, _) = draw.settle();
    // The checkpoint of the result was witnessed hours later, and it has the freeze in it too.
    let late: tlog::ProofFile = proof.log.result.as_ref().unwrap().proof.parse().unwrap();
    let leaves: tlog::Tree = [
        canonical::write(&proof.announcement),
        canonical::write(&proof.freeze),
        proof.tickets.clone().into_bytes(),
        canonical::write(&proof.reveal),
        canonical::write(&proof.result),
    ]
    .map(|document| {
        let salt = proof.log.freeze.as_ref().unwrap().salt.0;
        tlog::Hash::leaf(&tlog::entry(&salt, &document).0)
    })
    .into_iter()
    .collect();
    let path = leaves.inclusion(1, 5).unwrap();
    let file = tlog::ProofFile { index: 1, path, checkpoint: late.checkpoint };
    proof.log.freeze.as_mut().unwrap().proof = file.to_string();
    let findings = stranger(&proof);
    assert_eq!(wrong(&findings), ["log"]);
    assert!(format!("{:?}", outcome(&findings, Check::Log)).contains("freeze: witnessed at"));
}

#[test]
fn a_draw_without_any_signature_of_its_witnesses_is_not_shown_to_be_right() {
    let (honest, _) = exact(0).settle();
    let all = unwitnessed(&honest);
    assert_eq!(all.len(), 4);
    for altered in all {
        assert!(altered.wrong.is_empty() && altered.missing == ["log"], "{altered:?}");
    }
    let mut unlogged = honest.clone();
    unlogged.log = draw::Logged::default();
    let findings = stranger(&unlogged);
    let Outcome::Missing(text) = outcome(&findings, Check::Log) else { panic!("{findings:?}") };
    assert!(text.contains("announcement is not shown to stand in the log"), "{text}");
    // Who announces no witness promised none.
    let mut alone = exact(0);
    alone.announcement.log.witnesses.clear();
    alone.reveal.announcement = alone.announcement.digest();
    let findings = stranger(&alone.settle().0);
    let Outcome::NotShown(text) = outcome(&findings, Check::Log) else { panic!("{findings:?}") };
    assert!(text.starts_with("when the announcement was in the log (no witness"), "{text}");
}

#[test]
fn how_many_of_the_witnesses_signed_is_said() {
    let mut draw = exact(0);
    let kind = tlog::KeyKind::Cosignature;
    let other = tlog::SigningKey::from_seed("other.example", kind, &[7; 32]).unwrap();
    draw.announcement.log.witnesses.push(other.verifier().to_string());
    draw.reveal.announcement = draw.announcement.digest();
    let findings = stranger(&draw.settle().0);
    let Outcome::Holds(text) = outcome(&findings, Check::Log) else { panic!("{findings:?}") };
    assert!(text.contains("1 of 2 witnesses"), "{text}");
}

#[test]
fn the_version_is_written_in_every_document() {
    let draw = small(0);
    let (proof, all) = draw.settle();
    assert_eq!(proof.version, Version::V1);
    let text = String::from_utf8(canonical::write(&(&proof, &all))).unwrap();
    assert!(text.matches("\"version\":\"apptdraw/v1\"").count() >= 6);
    let other = text.replace("apptdraw/v1", "apptdraw/v2");
    assert!(canonical::read::<(Proof, draw::AllWishes)>(other.as_bytes()).is_err());
}
