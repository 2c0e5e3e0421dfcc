use std::{
    net::TcpListener,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use actix_web::{
    App, HttpResponse, HttpServer,
    test::{TestRequest, call_and_read_body, init_service},
    web,
};
use ambient::SeededEntropy;
use draw::rehearsal::{Rehearsal, Size};
use serde_json::{Value, json};

use super::*;
use crate::auditor::server::routes;

/// What an authority shows, which a test can change.
type Shown = Arc<Mutex<Value>>;

/// An authority with one draw below `/amt/`.
fn authority(shown: &Shown) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/amt/", listener.local_addr().unwrap());
    let shown = Arc::clone(shown);
    let id = DrawId::from_bits(7);
    let server = HttpServer::new(move || {
        let (list, one) = (Arc::clone(&shown), Arc::clone(&shown));
        let listed = move || {
            let status = list.lock().unwrap()["status"].clone();
            async move { HttpResponse::Ok().json(json!({ "draws": [{ "id": id, "status": status }] })) }
        };
        let published = move || {
            let shown = one.lock().unwrap().clone();
            async move { HttpResponse::Ok().json(shown) }
        };
        App::new()
            .route("/amt/v1/draws", web::get().to(listed))
            .route(&format!("/amt/v1/draws/{id}"), web::get().to(published))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    url.parse().unwrap()
}

fn key(number: u8) -> AuditorKey {
    AuditorKey::new(&Bytes([number; 32])).unwrap()
}

/// A draw, and an escrow of `seed` for this auditor; of the announced seed if there is none.
fn draw_with(auditor: &AuditorKey, seed: Option<Seed>) -> (Announcement, Escrow) {
    let size =
        Size { entries: 2, places: 1, days: 1, desks: 1, slots: 1, wishes: 1, logged: false };
    let entropy = SeededEntropy::new(1);
    let draw = Rehearsal::invent(&size, &entropy);
    let seed = seed.unwrap_or(draw.reveal.seed);
    let digest = draw.announcement.digest();
    let escrow = Escrow::seal(&seed, digest, auditor.public(), &entropy).unwrap();
    (draw.announcement, escrow)
}

fn text<T: serde::Serialize>(document: &T) -> String {
    String::from_utf8(canonical::write(document)).unwrap()
}

fn showing(status: &str, announcement: &Announcement, escrow: Option<&Escrow>) -> Shown {
    Arc::new(Mutex::new(json!({
        "status": status, "announcement": text(announcement), "escrow": escrow.map(text),
    })))
}

fn keeping(folder: &Path, key: AuditorKey, authorities: Vec<Url>) -> Deposits {
    Deposits::in_folder(key, folder.to_owned(), authorities).unwrap()
}

#[tokio::test]
async fn a_deposit_that_holds_is_said_and_kept_as_it_was_published() {
    let folder = tempfile::tempdir().unwrap();
    let (announcement, escrow) = draw_with(&key(1), None);
    let shown = showing("announced", &announcement, Some(&escrow));
    let digest = announcement.digest();
    let deposits = keeping(folder.path(), key(1), vec![authority(&shown)]);
    assert_eq!(deposits.verdict(&digest), None);
    deposits.look(&mut Seen::new()).await;
    assert_eq!(deposits.verdict(&digest), Some(Ok(())));
    let kept = |kind: &str| fs::read_to_string(folder.path().join(format!("{digest}.{kind}")));
    assert_eq!(kept(ANNOUNCEMENT).unwrap(), text(&announcement));
    assert_eq!(kept(ESCROW).unwrap(), text(&escrow));

    // The authority shows nothing any more: the next process still has it.
    let later = keeping(folder.path(), key(1), Vec::new());
    assert_eq!(later.verdict(&digest), Some(Ok(())));
    let other = keeping(folder.path(), key(2), Vec::new());
    let lost = Some(Err(NoDeposit::NotOpened(NotOpened::OtherKey)));
    assert_eq!(other.verdict(&digest), lost, "the key was exchanged");
}

#[tokio::test]
async fn what_is_no_deposit_is_said_and_not_kept() {
    let (announcement, good) = draw_with(&key(1), None);
    let (_, of_another_seed) = draw_with(&key(1), Some(Bytes([1; 32])));
    let (_, of_another_auditor) = draw_with(&key(2), None);
    let of_another_draw = Escrow { announcement: Bytes([9; 32]), ..good };
    for (escrow, why) in [
        (Some(of_another_seed), NoDeposit::OtherSeed),
        (Some(of_another_auditor), NoDeposit::NotOpened(NotOpened::OtherKey)),
        (Some(of_another_draw), NoDeposit::OtherAnnouncement),
        (None, NoDeposit::Missing),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let shown = showing("frozen", &announcement, escrow.as_ref());
        let deposits = keeping(folder.path(), key(1), vec![authority(&shown)]);
        deposits.look(&mut Seen::new()).await;
        assert_eq!(deposits.verdict(&announcement.digest()), Some(Err(why)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{why}");
    }
}

#[tokio::test]
async fn a_wrong_copy_elsewhere_takes_no_deposit_back() {
    let (announcement, good) = draw_with(&key(1), None);
    let (_, wrong) = draw_with(&key(1), Some(Bytes([1; 32])));
    let honest = showing("announced", &announcement, Some(&good));
    let other = showing("announced", &announcement, Some(&wrong));
    for order in [[&honest, &other], [&other, &honest]] {
        let folder = tempfile::tempdir().unwrap();
        let authorities = order.map(authority).to_vec();
        let deposits = keeping(folder.path(), key(1), authorities);
        deposits.look(&mut Seen::new()).await;
        assert_eq!(deposits.verdict(&announcement.digest()), Some(Ok(())));
    }
}

#[tokio::test]
async fn an_authority_that_is_away_keeps_no_other_waiting_and_is_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (announcement, escrow) = draw_with(&key(1), None);
    let shown = showing("announced", &announcement, Some(&escrow));
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let gone = format!("http://{gone}/").parse().unwrap();
    let deposits = keeping(folder.path(), key(1), vec![gone, authority(&shown)]);
    let (announced, mut seen) = (shown.lock().unwrap()["announcement"].take(), Seen::new());
    deposits.look(&mut seen).await;
    assert_eq!(deposits.verdict(&announcement.digest()), None, "no announcement can be read");
    shown.lock().unwrap()["announcement"] = announced;
    deposits.look(&mut seen).await;
    assert_eq!(deposits.verdict(&announcement.digest()), Some(Ok(())));
}

#[tokio::test]
async fn a_draw_whose_seed_is_public_needs_no_deposit() {
    let folder = tempfile::tempdir().unwrap();
    let (announcement, escrow) = draw_with(&key(1), None);
    let shown = showing("settled", &announcement, Some(&escrow));
    let deposits = keeping(folder.path(), key(1), vec![authority(&shown)]);
    deposits.look(&mut Seen::new()).await;
    assert_eq!(deposits.verdict(&announcement.digest()), None);
}

#[tokio::test]
async fn an_authority_that_never_answers_keeps_the_others_waiting_for_its_turn_only() {
    let folder = tempfile::tempdir().unwrap();
    let (announcement, escrow) = draw_with(&key(1), None);
    let shown = showing("announced", &announcement, Some(&escrow));
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", silent.local_addr().unwrap()).parse().unwrap();
    let deposits = keeping(folder.path(), key(1), vec![url, authority(&shown)]);
    let deposits = Deposits { turn: Duration::from_secs(1), ..deposits };
    let looked = tokio::time::timeout(TIMEOUT, deposits.look(&mut Seen::new())).await;
    looked.expect("the silent one is left before its single answer is given up");
    assert_eq!(deposits.verdict(&announcement.digest()), Some(Ok(())));
}

/// An authority with so many draws. Each reading of one is counted.
fn endless(draws: usize, announcement: &Announcement, readings: &Arc<AtomicUsize>) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let listed = (1..=draws).map(|number| {
        json!({ "id": DrawId::from_bits(u128::try_from(number).unwrap()), "status": "announced" })
    });
    let listed = json!({ "draws": listed.collect::<Vec<_>>() });
    let (published, readings) =
        (json!({ "announcement": text(announcement) }), Arc::clone(readings));
    let server = HttpServer::new(move || {
        let (listed, published, readings) =
            (listed.clone(), published.clone(), Arc::clone(&readings));
        let list = move || {
            let listed = listed.clone();
            async move { HttpResponse::Ok().json(listed) }
        };
        let one = move || {
            readings.fetch_add(1, Ordering::SeqCst);
            let published = published.clone();
            async move { HttpResponse::Ok().json(published) }
        };
        App::new()
            .route("/v1/draws", web::get().to(list))
            .route("/v1/draws/{id}", web::get().to(one))
    });
    tokio::spawn(server.workers(1).disable_signals().listen(listener).unwrap().run());
    url.parse().unwrap()
}

#[tokio::test]
async fn of_a_list_without_end_a_part_is_read_in_each_look_and_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let (announcement, _) = draw_with(&key(1), None);
    let readings = Arc::new(AtomicUsize::new(0));
    let url = endless(MOST_DRAWS + 1, &announcement, &readings);
    let (deposits, mut seen) = (keeping(folder.path(), key(1), vec![url]), Seen::new());
    for read in [MOST_DRAWS, MOST_DRAWS + 1, MOST_DRAWS + 1] {
        deposits.look(&mut seen).await;
        assert_eq!(readings.load(Ordering::SeqCst), read);
    }
}

#[actix_web::test]
async fn everybody_reads_by_the_digest_what_is_said_of_an_announcement() {
    let (announcement, good) = draw_with(&key(1), None);
    let (_, wrong) = draw_with(&key(1), Some(Bytes([1; 32])));
    let another = "wrong: the escrow has another seed than the announcement is bound to\n";
    for (escrow, said) in [(good, "holds\n"), (wrong, another)] {
        let folder = tempfile::tempdir().unwrap();
        let shown = showing("announced", &announcement, Some(&escrow));
        let deposits = keeping(folder.path(), key(1), vec![authority(&shown)]);
        deposits.look(&mut Seen::new()).await;
        let secret = web::Data::new(Bytes::<32>([7; 32]));
        let app = App::new().app_data(secret).app_data(web::Data::new(deposits));
        let app = init_service(app.configure(routes)).await;
        let path = format!("/deposits/{}", announcement.digest());
        let request = TestRequest::get().uri(&path).to_request();
        assert_eq!(call_and_read_body(&app, request).await, said);
    }
}
