//! Where another body runs identity, the authority cannot enter invented people.

use draw::{
    Channel,
    check::{Check, Outcome, stranger},
};
use jiff::SignedDuration;
use serde_json::{Value, json};
use slot::{CatalogueSettings, EscrowSettings};
use testkit::eventually;

use super::{
    DEADLINE, Death, Drawing, catalogue,
    escrow::{auditor, lose_secrets, opened, stuck, write_seed},
    holds,
    identity::OtherIdentity,
};
use crate::office::{ApiResponse, CATALOGUE, Office, Person};

/// An office whose identity is another body's.
struct Apart {
    drawing: Drawing,
    identity: OtherIdentity,
}

impl Apart {
    async fn each() -> Vec<Self> {
        let mut all = Vec::new();
        for office in Office::standing_on_each(CATALOGUE).await {
            all.push(Self::of(office, OtherIdentity::start()).await);
        }
        all
    }

    async fn first() -> Self {
        Self::each().await.remove(0)
    }

    /// The last one: on PostgreSQL, where transactions run beside each other, if this run has it.
    async fn beside_each_other() -> Self {
        Self::each().await.pop().unwrap()
    }

    /// The office stops, and begins anew with draws and that identity.
    async fn of(mut office: Office, identity: OtherIdentity) -> Self {
        office.stop().await;
        let text = catalogue().replace("AUTHORITY", office.authority.as_str());
        office.settings.catalogue = CatalogueSettings::Text(text);
        office.settings.tickets = identity.as_settings();
        office.restart().await;
        Self { drawing: Drawing { office }, identity }
    }

    /// The draw, once identity knows of it.
    async fn announced(&self) -> String {
        let id = self.drawing.announced("visa").await;
        eventually(DEADLINE, async || self.identity.knows(&id).then_some(())).await;
        id
    }

    async fn enter(&self, id: &str, person: &Person, ticket: &str, key: &str) -> ApiResponse {
        let body = json!({ "wishes": [{}], "ticket": ticket });
        self.drawing.enter_with(id, person, body, key).await
    }

    /// So many people take a ticket and enter.
    async fn enter_many(&self, id: &str, many: usize) -> Vec<(Person, ApiResponse)> {
        let mut entered = Vec::new();
        for _ in 0..many {
            let person = self.drawing.office.person();
            let ticket = self.identity.ticket(id, Channel::Online);
            let entry = self.enter(id, &person, &ticket, "key").await.expect(201);
            entered.push((person, entry));
        }
        entered
    }

    /// Nothing goes on at the moment.
    async fn until_stuck(&self) {
        let stuck = async || self.drawing.office.number("draws_stuck").await > 0;
        eventually(DEADLINE, async || stuck().await.then_some(())).await;
    }

    /// What operators see of the draws.
    async fn number(&self, of: &str) -> i64 {
        self.drawing.office.number(&format!("draws_{of}")).await
    }

    /// Until they see some of these, or none.
    async fn until_seen(&self, of: &str, is_some: bool) {
        let is_so = async || (self.number(of).await > 0) == is_some;
        eventually(DEADLINE, async || is_so().await.then_some(())).await;
    }
}

/// What strangers read about the tickets.
fn tickets(proof: &draw::Proof) -> Outcome {
    let mut findings = stranger(proof).into_iter();
    findings.find(|finding| finding.check == Check::Tickets).unwrap().outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ghost_is_refused_and_the_proof_excludes_ghosts() {
    for apart in Apart::each().await {
        let id = apart.announced().await;
        let text = apart.drawing.draw(&id).await["announcement"].clone();
        let announced: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
        assert_eq!(announced["identity"]["independent"], true);

        let person = apart.drawing.office.person();
        let without = apart.drawing.enter(&id, &person, json!([{}]), "none").await;
        without.expect_problem(422, "draw-ticket-needed");
        let forged = apart.enter(&id, &person, "{}\n\n— authority AAAA\n", "forged").await;
        forged.expect_problem(422, "draw-ticket-invalid");
        let ticket = apart.identity.ticket(&id, Channel::Online);
        let altered = apart.enter(&id, &person, &ticket.replace("online", "desk"), "altered").await;
        altered.expect_problem(422, "draw-ticket-invalid");
        assert_eq!(apart.drawing.own(&id, &person).await.status, 404);

        let mut entered = apart.enter_many(&id, 2).await;
        let entry = apart.enter(&id, &person, &ticket, "true").await.expect(201);
        // A ticket enters one person, who changes their wishes without showing it again.
        let other = apart.drawing.office.person();
        let second = apart.enter(&id, &other, &ticket, "second").await;
        second.expect_problem(422, "draw-ticket-invalid");
        let wishes = json!([{ "before": "09:00" }]);
        let changed = apart.drawing.enter(&id, &person, wishes, "changed").await.expect(201);
        assert_eq!(
            (&changed.body["id"], &changed.body["revision"]),
            (&entry.body["id"], &json!(1))
        );
        // Withdrawn and entered again with the same ticket, older receipts are known as older.
        apart.drawing.withdraw(&id, &person).await.expect(204);
        let again = apart.enter(&id, &person, &ticket, "again").await.expect(201);
        assert_eq!(again.body["revision"], 2);
        let old = changed.body["receipt"].as_str().unwrap().to_owned();
        apart.drawing.end(&id, &old).await.expect_problem(404, "entry-not-found");
        entered.push((person, again));

        apart.drawing.close();
        apart.drawing.until(&id, "settled").await;
        let proof = apart.drawing.proof(&id).await;
        holds(&proof, &entered);
        let old = draw::check::entrant(&proof, &old);
        assert!(!old.iter().any(draw::check::Finding::is_wrong), "{old:?}");
        let Outcome::Holds(text) = tickets(&proof) else { panic!("{:?}", tickets(&proof)) };
        assert!(text.contains("gave 3 tickets"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_draw_kept_secret_may_be_lost_while_people_enter_if_the_auditor_has_its_seed() {
    let mut office = Office::standing_on_each(CATALOGUE).await.remove(0);
    let auditor = auditor(1).public();
    office.settings.escrow = Some(EscrowSettings { auditor, opened: Vec::new() });
    let mut apart = Apart::of(office, OtherIdentity::start()).await;
    let id = apart.announced().await;
    let seed = opened(&apart.drawing.draw(&id).await);
    let mut entered = apart.enter_many(&id, 2).await;
    lose_secrets(&apart.drawing, &id).await;
    entered.extend(apart.enter_many(&id, 1).await);
    apart.drawing.close();
    stuck(&apart.drawing, &id, "frozen").await;
    write_seed(&mut apart.drawing, &id, seed).await;
    apart.drawing.until(&id, "settled").await;
    let proof = apart.drawing.proof(&id).await;
    holds(&proof, &entered);
    assert!(matches!(tickets(&proof), Outcome::Holds(_)), "{:?}", tickets(&proof));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_log_ins_of_one_merged_person_have_one_ticket_in_the_list() {
    let apart = Apart::first().await;
    let (office, id) = (&apart.drawing.office, apart.announced().await);
    let entered = apart.enter_many(&id, 2).await;
    let (kept, dissolved) = (&entered[0].0, &entered[1].0);
    crate::events::merge(office, kept, dissolved).await;
    // Identity takes one of the two tickets back.
    apart.identity.miscount(1);
    eventually(DEADLINE, async || {
        (apart.drawing.own(&id, dissolved).await.status == 404).then_some(())
    })
    .await;
    apart.drawing.close();
    apart.drawing.until(&id, "settled").await;
    let proof = apart.drawing.proof(&id).await;
    assert_eq!(proof.entries.len(), 1);
    holds(&proof, &entered[..1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn fewer_tickets_than_entries_void_the_draw_and_it_says_why() {
    let apart = Apart::first().await;
    let id = apart.announced().await;
    apart.enter_many(&id, 3).await;
    apart.identity.miscount(2);
    apart.drawing.close();
    apart.drawing.until(&id, "void").await;
    let why = apart.drawing.draw(&id).await["void"].as_str().unwrap().to_owned();
    assert!(why.contains("3 online") && why.contains("gave 2"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_that_is_away_costs_time_and_nothing_else() {
    let office = Office::standing_on_each(CATALOGUE).await.remove(0);
    let identity = OtherIdentity::start();
    identity.is_away(true);
    let apart = Apart::of(office, identity).await;
    // At the opening: nothing is announced that could not be kept.
    eventually(DEADLINE, async || (apart.identity.asked("PUT draw") > 0).then_some(())).await;
    let draws = apart.drawing.office.read("/v1/draws").await.expect(200).body;
    assert_eq!(draws["draws"], json!([]));
    apart.identity.is_away(false);
    let id = apart.announced().await;
    let entered = apart.enter_many(&id, 2).await;
    // At the freeze: the list is closed and waits, and nothing is revealed.
    apart.identity.is_away(true);
    apart.drawing.close();
    apart.drawing.until(&id, "frozen").await;
    apart.until_stuck().await;
    let frozen = apart.drawing.draw(&id).await;
    assert!(frozen["freeze"].is_string() && frozen.get("reveal").is_none());
    apart.identity.is_away(false);
    apart.drawing.until(&id, "settled").await;
    let proof = apart.drawing.proof(&id).await;
    assert_eq!(frozen["freeze"], json!(canonical(&proof.freeze)));
    holds(&proof, &entered);
}

fn canonical(freeze: &draw::Freeze) -> String {
    String::from_utf8(draw::canonical::write(freeze)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_that_never_comes_back_voids_the_draw() {
    let apart = Apart::first().await;
    let id = apart.announced().await;
    apart.enter_many(&id, 1).await;
    apart.identity.is_away(true);
    apart.drawing.close();
    apart.drawing.until(&id, "frozen").await;
    apart.until_stuck().await;
    assert_eq!(apart.number("overdue").await, 0);
    apart.drawing.office.clock.advance(SignedDuration::from_hours(2));
    apart.until_seen("overdue", true).await;
    assert_eq!(apart.number("void").await, 0);
    apart.drawing.office.clock.advance(SignedDuration::from_hours(23));
    apart.drawing.until(&id, "void").await;
    let why = apart.drawing.draw(&id).await["void"].as_str().unwrap().to_owned();
    assert!(why.contains("not countersigned in time"), "{why}");
    apart.until_seen("void", true).await;
    apart.until_seen("overdue", false).await;
    // A day later nobody needs to be told any more.
    apart.drawing.office.clock.advance(SignedDuration::from_hours(25));
    apart.until_seen("void", false).await;
}

/// Between what identity did and what is kept of it.
const DEATHS: [Death; 3] = [
    Death::of("draw_documents", "INSERT", "NEW.kind = 'told-to-identity'"),
    Death::of("draw_documents", "INSERT", "NEW.kind = 'freeze'"),
    Death::of("draw_documents", "INSERT", "NEW.kind = 'tickets'"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_while_it_asks_identity_changes_nothing_about_the_end() {
    for death in &DEATHS {
        for apart in Apart::each().await {
            it_ends_the_same(death, apart).await;
        }
    }
}

async fn it_ends_the_same(death: &Death, mut apart: Apart) {
    let id = apart.announced().await;
    let entered = apart.enter_many(&id, 3).await;
    let url = apart.drawing.office.database_url.clone();
    death.set_up(&url).await;
    // It was told before this: let it be told again.
    crate::store::run(&url, "DELETE FROM draw_documents WHERE kind = 'told-to-identity'").await;
    apart.drawing.close();
    apart.until_stuck().await;
    apart.drawing.office.stop().await;
    death.take_away(&url).await;
    apart.drawing.office.restart().await;
    apart.drawing.until(&id, "settled").await;
    let proof = apart.drawing.proof(&id).await;
    holds(&proof, &entered);
    assert!(matches!(tickets(&proof), Outcome::Holds(_)));
    assert_eq!(apart.drawing.outcomes(&id, &entered).await, [("booked".to_owned(), 3)].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_withdraws_and_enters_at_once_with_one_ticket_has_an_entry_or_an_end() {
    let apart = Apart::beside_each_other().await;
    let id = apart.announced().await;
    let person = apart.drawing.office.person();
    let ticket = apart.identity.ticket(&id, Channel::Online);
    for round in 0..30 {
        let before = apart.enter(&id, &person, &ticket, &format!("before-{round}")).await.body;
        let receipt = before["receipt"].as_str().unwrap().to_owned();
        let key = format!("again-{round}");
        let again = apart.enter(&id, &person, &ticket, &key);
        let (withdrawn, again) = tokio::join!(apart.drawing.withdraw(&id, &person), again);
        withdrawn.expect(204);
        assert!(again.status < 500, "{}", again.body);
        let own = apart.drawing.own(&id, &person).await;
        let has_ended = apart.drawing.end(&id, &receipt).await.status == 200;
        assert_eq!(own.status == 404, has_ended, "round {round}: {}", own.body);
        if own.status == 200 {
            assert_ne!(own.body["receipt"], "", "{}", own.body);
            let revision = |entry: &Value| entry["revision"].as_u64().unwrap();
            assert!(revision(&own.body) > revision(&before), "{}", own.body);
        }
    }
}
