//! Later moves of drawn seats.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{file, log_key, signed_by, watched};
use crate::draws::Drawing;

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_is_given_back_stands_in_the_log_at_once_and_is_told_once_it_is_over() {
    for drawing in watched(&[]).await {
        let key = [log_key(&drawing).await];
        // Of a large draw exact seats are published; of a small one nothing about its moves is.
        let (licence, visa) =
            (given_back(&drawing, "licence").await, given_back(&drawing, "visa").await);
        drawing.close();
        for service in ["licence", "visa"] {
            drawing.until(&drawing.announced(service).await, "settled").await;
        }
        let size = signed_by(&drawing, 10, &key).await.size;
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

/// A person who enters a draw alone.
async fn given_back(drawing: &Drawing, service: &str) -> crate::office::Person {
    let id = drawing.announced(service).await;
    let person = drawing.office.person();
    drawing.enter(&id, &person, json!([{}]), "key").await.expect(201);
    person
}

/// Gives their appointment back; when it would have begun.
async fn cancel(drawing: &Drawing, person: &crate::office::Person) -> Timestamp {
    let booked = drawing.office.bookings_of(person).await.remove(0);
    let path = format!("/v1/bookings/{}/cancel", booked["id"].as_str().unwrap());
    drawing.office.post(&path, &drawing.office.token(person), json!({})).await.expect(200);
    booked["start"].as_str().unwrap().parse().unwrap()
}
