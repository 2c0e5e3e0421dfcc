//! Later moves of drawn seats.

use draw::Detail;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use testkit::eventually;

use super::{DEADLINE, file, log_key, signed_by, watched};
use crate::{draws::Drawing, store};

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_given_back_stands_in_the_log_at_once_and_is_told_once_it_is_over() {
    for drawing in watched(&[]).await {
        let key = [log_key(&drawing).await];
        let first = [drawing.announced("licence").await, drawing.announced("visa").await];
        for id in &first {
            given_back(&drawing, id).await;
        }
        drawing.close();
        for id in &first {
            drawing.until(id, "settled").await;
        }
        // After a large draw exact seats are published; after a small one nothing about its moves is.
        let large = "UPDATE draws SET entered = 50 WHERE service = 'licence'";
        store::run(&drawing.office.database_url, large).await;
        drawing.office.clock.advance(SignedDuration::from_hours(24 * 4));
        let next = [
            next_draw(&drawing, "licence", &first).await,
            next_draw(&drawing, "visa", &first).await,
        ];
        let (licence, visa) =
            (given_back(&drawing, &next[0]).await, given_back(&drawing, &next[1]).await);
        drawing.close();
        for id in &next {
            drawing.until(id, "settled").await;
        }
        let details = [Detail::Seat, Detail::HalfDay];
        for (id, detail) in next.iter().zip(details) {
            assert_eq!(drawing.proof(id).await.announcement.detail, detail);
        }
        let size = signed_by(&drawing, 20, &key).await.size;
        let start = cancel(&drawing, &licence).await;
        signed_by(&drawing, size + 1, &key).await;
        cancel(&drawing, &visa).await;
        signed_by(&drawing, size + 2, &key).await;
        for position in [size, size + 1] {
            assert_eq!(file(&drawing, &format!("documents/{position}")).await.0, 404);
        }
        let end = start + SignedDuration::from_mins(10);
        drawing.office.clock.advance(end.duration_since(drawing.office.clock.now()));
        let path = format!("/v1/log/documents/{size}");
        let told = drawing.office.read(&path).await.expect(200).body;
        assert_eq!(told["kind"], "move");
        let moved: draw::Move =
            draw::canonical::read(told["document"].as_str().unwrap().as_bytes()).unwrap();
        assert_eq!((moved.from, moved.to, moved.slots), (Some(1), None, 1));
        assert_eq!(moved.why, draw::Why::Cancelled);
        assert_eq!(file(&drawing, &format!("documents/{}", size + 1)).await.0, 404);
    }
}

/// The draw of a service after these, once it is announced.
async fn next_draw(drawing: &Drawing, service: &str, before: &[String]) -> String {
    eventually(DEADLINE, async || {
        let draws = drawing.office.read("/v1/draws").await.expect(200).body;
        let draws = draws["draws"].as_array().unwrap();
        let ids = draws.iter().filter(|draw| draw["service"] == service);
        let mut ids = ids.map(|draw| draw["id"].as_str().unwrap().to_owned());
        ids.find(|id| !before.contains(id))
    })
    .await
}

/// A person who enters a draw alone.
async fn given_back(drawing: &Drawing, id: &str) -> crate::office::Person {
    let person = drawing.office.person();
    drawing.enter(id, &person, json!([{}]), "key").await.expect(201);
    person
}

/// Gives their appointment back; when it would have begun.
async fn cancel(drawing: &Drawing, person: &crate::office::Person) -> Timestamp {
    let booked = drawing.office.bookings_of(person).await.remove(0);
    let path = format!("/v1/bookings/{}/cancel", booked["id"].as_str().unwrap());
    drawing.office.post(&path, &drawing.office.token(person), json!({})).await.expect(200);
    booked["start"].as_str().unwrap().parse().unwrap()
}
