//! An admin changes values while people have holds and bookings.

use std::{io::Write as _, time::Duration};

use proto::booking::v1::BookingChanged;
use serde_json::json;
use slot::CatalogueSettings;
use tempfile::NamedTempFile;

use crate::{
    events::{listen, next},
    office::{ApiResponse, CATALOGUE, Office},
};

/// Long enough for a change to be seen on a busy machine.
const SOON: Duration = Duration::from_secs(60);

/// An office whose values stand in a file that is watched.
pub struct Watched {
    pub office: Office,
    file: NamedTempFile,
}

impl Watched {
    pub async fn each() -> Vec<Self> {
        let mut watched = vec![Self::of(Office::embedded().await).await];
        if let Some(office) = Office::real().await {
            watched.push(Self::of(office).await);
        }
        watched
    }

    pub async fn of(mut office: Office) -> Self {
        let file = NamedTempFile::new().unwrap();
        let text = CATALOGUE.replace("AUTHORITY", office.authority.as_str());
        put_values(&file, text);
        office.settings.catalogue = CatalogueSettings::File(file.path().to_owned());
        office.restart().await;
        Self { office, file }
    }

    /// Changes some values, and waits until they are in force or refused.
    pub async fn change(&self, changes: &[(&str, &str)]) {
        let state =
            async || (self.office.number("catalogue_version").await, refused(&self.office).await);
        let before = state().await;
        put_values(&self.file, changed(&self.office, changes));
        testkit::eventually(SOON, async || (state().await != before).then_some(())).await;
    }

    /// What the supervisor reads about the newest values.
    pub async fn refused(&self) -> Vec<String> {
        refused(&self.office).await
    }
}

/// Puts values into a file that is watched, in one step: nobody reads half of them.
pub fn put_values(file: &NamedTempFile, text: impl AsRef<[u8]>) {
    let mut fresh = NamedTempFile::new_in(file.path().parent().unwrap()).unwrap();
    fresh.write_all(text.as_ref()).unwrap();
    fresh.persist(file.path()).unwrap();
}

/// The values of an office with some of them changed.
pub fn changed(office: &Office, changes: &[(&str, &str)]) -> String {
    let mut text = CATALOGUE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    text.replace("AUTHORITY", office.authority.as_str())
}

/// What the supervisor reads about the newest values.
pub async fn refused(office: &Office) -> Vec<String> {
    let token = office.staff(auth::Role::Supervisor, &["small"]);
    let news = office.send(reqwest::Method::GET, "/v1/desk/catalogue", &token, &[], None).await;
    let mistakes = news.expect(200).body["refused"]["mistakes"].clone();
    mistakes.as_array().into_iter().flatten().map(|it| it.as_str().unwrap().to_owned()).collect()
}

async fn hold_at(office: &Office, time: &str) -> ApiResponse {
    office.hold(&office.person(), "passport", time).await
}

const SLOTS: &str = "          slotMinutes: 10\n    large:";

#[tokio::test(flavor = "multi_thread")]
async fn a_booked_seat_stays_the_time_that_it_is_when_the_slots_get_shorter() {
    for watched in Watched::each().await {
        let office = &watched.office;
        let (booker, holder) = (office.person(), office.person());
        // 20 minutes, and 10 that are only held.
        let booking = office.book(&booker, "card", "08:00").await;
        let hold = office.hold(&holder, "passport", "09:10").await.expect(201);
        watched.change(&[(SLOTS, "          slotMinutes: 5\n    large:")]).await;
        assert_eq!(refused(office).await, Vec::<String>::new());
        for time in ["08:00", "08:05", "08:10", "08:15", "09:10", "09:15"] {
            hold_at(office, time).await.expect_problem(409, "slot-taken");
        }
        for time in ["08:20", "09:05", "09:20"] {
            hold_at(office, time).await.expect(201);
        }
        let seen = &office.bookings_of(&booker).await[0];
        assert_eq!((&seen["start"], &seen["end"]), (&booking.body["start"], &booking.body["end"]));
        // What was held is confirmed as the time that was held, though no slot has it now.
        let confirmed = office.confirm(&holder, &hold, "key").await.expect(201);
        assert_eq!(confirmed.body["start"], hold.body["start"]);
        assert_eq!(confirmed.body["end"], hold.body["end"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_that_takes_a_bookings_desk_or_group_away_is_refused_and_says_what_is_in_the_way()
{
    let watched = Watched::of(Office::embedded().await).await;
    let office = &watched.office;
    office.book(&office.person(), "passport", "15:50").await;
    let changes: [(&[(&str, &str)], &str); 4] = [
        (&[("08:00-16:00", "08:00-15:00")], "keepsBookingsUntil"),
        (
            &[("group: papers\n      slots: 1", "group: cars\n      slots: 1")],
            "formerGroup: papers",
        ),
        (
            &[(
                "services: {passport: {}, card: {}, title: {}, plates: {}}",
                "services: {card: {}, title: {}, plates: {}}",
            )],
            "small",
        ),
        (&[("    small:\n", "    tiny:\n")], "formerly"),
    ];
    let times = ["15:40", "15:30", "15:20", "15:10"];
    for ((values, remedy), time) in changes.into_iter().zip(times) {
        watched.change(values).await;
        let mistakes = refused(office).await;
        assert!(mistakes.iter().any(|line| line.contains(remedy)), "{values:?}: {mistakes:?}");
        assert!(mistakes.iter().any(|line| line.contains("in the way")), "{mistakes:?}");
        // The last good values stay in force.
        hold_at(office, time).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bookings_go_with_a_rename_that_the_values_state_and_their_people_are_told() {
    for watched in Watched::each().await {
        let office = &watched.office;
        let person = office.person();
        let booking = office.book(&person, "passport", "10:00").await;
        let renamed = "    tiny:\n      formerly: [small]\n";
        let moved = ("street: Gasse 1", "street: Gasse 7");
        let mut events = listen(office);
        watched.change(&[("    small:\n", renamed), moved]).await;
        // Values can be refused for a moment, while a change before them is under way.
        let seen = testkit::eventually(SOON, async || {
            let seen = office.bookings_of(&person).await;
            (seen[0]["location"] == "tiny").then_some(seen)
        })
        .await;
        assert_eq!(seen[0]["id"], booking.body["id"]);
        assert_eq!(seen[0]["start"], booking.body["start"]);
        let changed = loop {
            if let Ok(changed) = next(&mut events).await.message::<BookingChanged>() {
                break changed.appointment.unwrap();
            }
        };
        assert_eq!(changed.booking_id, booking.id());
        assert_eq!(changed.place.unwrap().street, "Gasse 7");
        // The seat went along: it is not free under the new name.
        let wish = |time: &str| json!({ "location": "tiny", "start": office.at(time), "services": ["passport"] });
        testkit::eventually(SOON, async || {
            let token = office.token(&office.person());
            let answer = office.post("/v1/holds", &token, wish("10:00")).await;
            (answer.status == 409).then_some(())
        })
        .await;
        let token = office.token(&office.person());
        office.post("/v1/holds", &token, wish("10:10")).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_moves_to_another_group_takes_its_bookings_along_if_the_values_say_so() {
    let watched = Watched::of(Office::embedded().await).await;
    let office = &watched.office;
    let person = office.person();
    office.book(&person, "passport", "10:00").await;
    let group =
        ("group: papers\n      slots: 1", "group: cars\n      formerGroup: papers\n      slots: 1");
    watched.change(&[group]).await;
    assert_eq!(refused(office).await, Vec::<String>::new());
    // One active booking per person and group, in the group that it is in now.
    office.hold(&person, "plates", "12:00").await.expect_problem(409, "already-booked");
    testkit::eventually(SOON, async || {
        (office.hold(&person, "card", "14:00").await.status == 201).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_day_wins_against_a_hold_that_is_still_good() {
    let watched = Watched::of(Office::embedded().await).await;
    let office = &watched.office;
    let person = office.person();
    let hold = office.hold(&person, "passport", "10:00").await.expect(201);
    let day = office.next_week();
    let closed = format!("name: {{de: Kleines Amt}}\n      closures: {{flood: {{date: {day}}}}}");
    watched.change(&[("name: {de: Kleines Amt}", &closed)]).await;
    office.confirm(&person, &hold, "key").await.expect_problem(422, "closed");
    assert!(office.bookings_of(&person).await.is_empty());
}
