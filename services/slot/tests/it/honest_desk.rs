//! What a clerk can do alone is bounded, what takes two takes two humans, and all of it is seen.

use auth::Role;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    office::{ApiResponse, CATALOGUE, Office, Person},
    store,
};

/// The office in which a clerk does little alone.
pub fn with(alone: &str) -> String {
    let known = "name: {de: Testamt, en: Test Office}";
    assert!(CATALOGUE.contains(known));
    CATALOGUE.replace(known, &format!("{known}\n    alonePerDay: {{{alone}}}"))
}

fn reason() -> Value {
    json!({ "code": "no-online-access" })
}

/// A hold of the desk, and what confirms it.
pub struct Wanted {
    pub hold: ApiResponse,
    pub attendee: String,
}

impl Wanted {
    pub async fn new(office: &Office, clerk: &str, attendee: String, time: &str) -> Self {
        let wish = json!({
            "attendee": attendee, "location": "large", "start": office.at(time),
            "services": ["passport"],
        });
        let hold = office.post("/v1/desk/holds", clerk, wish).await.expect(201);
        Self { hold, attendee }
    }

    pub async fn confirm_with(&self, office: &Office, clerk: &str, reason: Value) -> ApiResponse {
        let mut body = json!({
            "hold_token": self.hold.body["hold_token"], "attendee": self.attendee, "language": "de",
        });
        if !reason.is_null() {
            body["reason"] = reason;
        }
        let key = [("Idempotency-Key", self.hold.body["hold_id"].as_str().unwrap())];
        office.send(Method::POST, "/v1/desk/bookings", clerk, &key, Some(body)).await
    }

    async fn confirm(&self, office: &Office, clerk: &str) -> ApiResponse {
        self.confirm_with(office, clerk, reason()).await
    }
}

pub async fn case(office: &Office, staff: &str, code: &Value) -> ApiResponse {
    let path = format!("/v1/desk/cases/{}", code.as_str().unwrap());
    office.send(Method::GET, &path, staff, &[], None).await
}

pub async fn approve(office: &Office, staff: &str, code: &Value) -> ApiResponse {
    let path = format!("/v1/desk/cases/{}/approval", code.as_str().unwrap());
    office.send(Method::POST, &path, staff, &[], None).await
}

async fn at_desk(office: &Office, staff: &str, booking: &ApiResponse) -> Value {
    let path = format!("/v1/desk/bookings?code={}", booking.body["code"].as_str().unwrap());
    let found = office.send(Method::GET, &path, staff, &[], None).await.expect(200);
    found.body["bookings"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_alone_books_the_number_of_the_day_and_a_colleague_agrees_to_more() {
    for office in Office::each_with(&with("vouched: 2")).await {
        let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
        let mut all = Vec::new();
        for _ in 0..6 {
            let attendee = office.vouched(&office.person());
            all.push(Wanted::new(&office, &clerk, attendee, "10:00").await);
        }
        // All at once, as a script would.
        let answers = join_all(all.iter().map(|wanted| wanted.confirm(&office, &clerk))).await;
        let (booked, refused): (Vec<_>, Vec<_>) =
            all.iter().zip(answers).partition(|(_, answer)| answer.status == 201);
        assert_eq!((booked.len(), refused.len()), (2, 4));
        for (wanted, answer) in &booked {
            assert_eq!(at_desk(&office, &clerk, answer).await["binding"], "vouched");
            wanted.confirm(&office, &clerk).await.expect(200);
        }
        let (wanted, answer) = &refused[0];
        let answer = answer.clone().expect_problem(403, "second-person-needed");
        let code = &answer.body["case"];
        let same =
            wanted.confirm(&office, &clerk).await.expect_problem(403, "second-person-needed");
        assert_eq!(same.body["case"], *code, "one question, one case");

        // The colleague compares the document with what was entered.
        let read = case(&office, &colleague, code).await.expect(200).body;
        assert_eq!(
            (&read["act"], &read["state"], &read["reason"]["code"]),
            (&"booked_vouched".into(), &"proposed".into(), &"no-online-access".into())
        );
        assert_eq!(read["attendee"]["family_name"], "Öztürk");
        let by_clerk = case(&office, &clerk, code).await.expect(200).body;
        assert_eq!((&read["is_own"], &by_clerk["is_own"]), (&false.into(), &true.into()));
        case(&office, &office.clerk(&["small"]), code).await.expect_problem(404, "not-found");
        approve(&office, &office.clerk(&["small"]), code).await.expect_problem(404, "not-found");
        let own = approve(&office, &clerk, code).await.expect_problem(403, "second-person-needed");
        assert_eq!(own.body["case"], *code);
        approve(&office, &office.token(&office.person()), code)
            .await
            .expect_problem(403, "forbidden");
        wanted.confirm(&office, &clerk).await.expect_problem(403, "second-person-needed");

        approve(&office, &colleague, code).await.expect(200);
        approve(&office, &colleague, code).await.expect_problem(409, "case-state");
        let booking = wanted.confirm(&office, &clerk).await.expect(201);
        assert_eq!(at_desk(&office, &clerk, &booking).await["binding"], "vouched_by_two");
        wanted.confirm(&office, &clerk).await.expect(200);
        let details =
            store::audit_details(&office.database_url, &booking.id(), "booking.confirmed").await;
        assert_eq!(details["agreed"]["case"], *code, "{details}");
        assert!(details["agreed"]["approved_by"].as_str().unwrap().starts_with("stf_"));
        // It was for this one only.
        refused[1].0.confirm(&office, &clerk).await.expect_problem(403, "second-person-needed");
        // A colleague has a number of their own.
        let attendee = office.vouched(&office.person());
        let theirs = Wanted::new(&office, &colleague, attendee, "11:00").await;
        theirs.confirm(&office, &colleague).await.expect(201);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_own_card_at_the_desk_counts_by_itself_and_a_password_is_no_card() {
    for office in Office::each_with(&with("vouched: 0, withCard: 1")).await {
        let clerk = office.clerk(&["large"]);
        let card = Wanted::new(&office, &clerk, office.attendee(&office.person()), "10:00").await;
        let booking = card.confirm(&office, &clerk).await.expect(201);
        assert_eq!(at_desk(&office, &clerk, &booking).await["binding"], "card");
        let weak = Person { level: vocabulary::TrustLevel::Basic, ..office.person() };
        for person in [office.person(), weak] {
            let next = Wanted::new(&office, &clerk, office.attendee(&person), "11:00").await;
            next.confirm(&office, &clerk).await.expect_problem(403, "second-person-needed");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_booking_costs_nothing_of_the_day() {
    let office = Office::embedded_with(&with("vouched: 1")).await;
    let (clerk, person) = (office.clerk(&["large"]), office.person());
    let first = Wanted::new(&office, &clerk, office.vouched(&person), "10:00").await;
    office.clock.advance(jiff::SignedDuration::from_mins(11));
    first.confirm(&office, &clerk).await.expect_problem(410, "hold-expired");
    let again = Wanted::new(&office, &clerk, office.vouched(&office.person()), "11:00").await;
    again.confirm(&office, &clerk).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_bookings_need_a_reason_from_the_list_and_nothing_personal() {
    let office = Office::embedded().await;
    let clerk = office.clerk(&["large"]);
    let wanted = Wanted::new(&office, &clerk, office.vouched(&office.person()), "10:00").await;
    let nothing = wanted.confirm_with(&office, &clerk, Value::Null).await;
    nothing.expect_problem(422, "reason-needed");
    for (wrong, field) in [
        (json!({ "code": "bribe" }), "reason.code"),
        (json!({ "code": "other" }), "reason.note"),
        (json!({ "code": "urgent", "note": "Pass L01X00T47" }), "reason.note"),
        (json!({ "code": "urgent", "note": "zeynep@example.org" }), "reason.note"),
        (json!({ "code": "urgent", "note": "x".repeat(121) }), "reason.note"),
    ] {
        let answer = wanted.confirm_with(&office, &clerk, wrong).await;
        assert_eq!(answer.expect_problem(400, "invalid-request").body["field"], field);
    }
    let why = json!({ "code": "other", "note": "Drucker an Tisch 12 defekt" });
    let booking = wanted.confirm_with(&office, &clerk, why.clone()).await.expect(201);
    let details =
        store::audit_details(&office.database_url, &booking.id(), "booking.confirmed").await;
    assert_eq!((&details["reason"], &details["binding"]), (&why, &"vouched".into()));
    let by = store::audited_by(&office.database_url, &booking.id()).await;
    assert!(by[0].1.starts_with("staff:stf_"), "{by:?}");
}

/// Two cancellations that count.
async fn limited(office: &Office, person: &Person, times: [&str; 2]) {
    for time in times {
        let id = office.book(person, "passport", time).await.id();
        let path = format!("/v1/bookings/{id}/cancel");
        office.post(&path, &office.token(person), json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lifting_limits_takes_a_colleague_above_the_number_of_the_day() {
    for office in Office::each_with(&with("liftedLimits: 1")).await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let lift = async |person: &Person| {
            let body = json!({
                "attendee": office.attendee(person), "location": "small", "reason": reason(),
            });
            office.post("/v1/desk/limits/lift", &clerk, body).await
        };
        // What lifts nothing counts for nothing.
        assert_eq!(lift(&office.person()).await.expect(200).body["lifted"], 0);
        let (first, second) = (office.person(), office.person());
        limited(&office, &first, ["10:00", "10:10"]).await;
        assert_eq!(lift(&first).await.expect(200).body["lifted"], 2);
        limited(&office, &second, ["11:00", "11:10"]).await;
        let refused = lift(&second).await.expect_problem(403, "second-person-needed");
        approve(&office, &colleague, &refused.body["case"]).await.expect(200);
        assert_eq!(lift(&second).await.expect(200).body["lifted"], 2);
        let subject = second.pseudonym.to_string();
        let details = store::audit_details(&office.database_url, &subject, "limits.lifted").await;
        assert_eq!(details["reason"], reason());
        assert_eq!(details["agreed"]["case"], refused.body["case"]);
        // An approval is used once.
        limited(&office, &second, ["12:00", "12:10"]).await;
        let again = lift(&second).await.expect_problem(403, "second-person-needed");
        assert_ne!(again.body["case"], refused.body["case"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_called_before_others_only_with_a_reason_and_soon_with_a_colleague() {
    for office in Office::each_with(&with("queueJumps: 1")).await {
        let (clerk, colleague) = (office.clerk(&["small"]), office.clerk(&["small"]));
        let mut tickets = Vec::new();
        for service in ["passport", "passport", "passport", "plates"] {
            let wish = json!({ "location": "small", "services": [service] });
            tickets.push(office.post("/v1/desk/queue", &clerk, wish).await.expect(201).id());
        }
        let call = async |place: usize, body: Value| {
            let path = format!("/v1/desk/queue/{}/call", tickets[place]);
            office.post(&path, &clerk, body).await
        };
        // Nobody waits longer for plates.
        call(3, json!({})).await.expect(200);
        call(2, json!({})).await.expect_problem(422, "reason-needed");
        call(2, json!({ "reason": { "code": "hardship" } })).await.expect(200);
        let details = store::audit_details(&office.database_url, &tickets[2], "ticket.moved").await;
        assert_eq!(details["jumped"]["reason"]["code"], "hardship");
        let with_reason = || json!({ "reason": { "code": "urgent" } });
        let refused = call(1, with_reason()).await.expect_problem(403, "second-person-needed");
        approve(&office, &colleague, &refused.body["case"]).await.expect(200);
        call(1, with_reason()).await.expect(200);
        call(0, json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_by_phone_is_provisional_until_the_document_is_compared() {
    let office = Office::embedded().await;
    let clerk = office.clerk(&["large"]);
    let caller = office.caller();
    let wanted = Wanted::new(&office, &clerk, office.vouched(&caller), "10:00").await;
    let booking = wanted.confirm(&office, &clerk).await.expect(201);
    assert_eq!(booking.body["provisional"], true);
    let seen = at_desk(&office, &clerk, &booking).await;
    assert_eq!((&seen["binding"], &seen["provisional"]), (&"phone".into(), &true.into()));
    // The same words are the same caller: there is no second booking by phone.
    let again = json!({
        "attendee": office.vouched(&caller), "location": "large", "start": office.at("11:00"),
        "services": ["card"],
    });
    office.post("/v1/desk/holds", &clerk, again).await.expect_problem(409, "already-booked");

    office.come_to(&booking);
    let clerk = office.clerk(&["large"]);
    let check_in = async |body: Value| {
        office.post(&format!("/v1/bookings/{}/check-in", booking.id()), &clerk, body).await
    };
    check_in(json!({})).await.expect_problem(422, "document-needed");
    // Another call proves nothing either.
    let call = json!({ "attendee": office.vouched(&caller) });
    check_in(call).await.expect_problem(422, "document-needed");
    let stranger = json!({ "attendee": office.vouched(&office.person()) });
    check_in(stranger).await.expect_problem(403, "second-person-needed");
    let visitor = Person { by_phone: Some(caller.pseudonym), ..office.person() };
    let shown = json!({ "attendee": office.vouched(&visitor) });
    let present = check_in(shown).await.expect(200);
    assert!(present.body.get("provisional").is_none(), "{}", present.body);
    assert_eq!(at_desk(&office, &clerk, &booking).await["binding"], "phone_compared");
    // It is theirs from now on.
    assert_eq!(office.bookings_of(&visitor).await[0]["id"], booking.id());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_for_a_caller_under_another_name_needs_two_members_of_staff() {
    let office = Office::embedded().await;
    let clerk = office.clerk(&["large"]);
    let wanted = Wanted::new(&office, &clerk, office.vouched(&office.caller()), "10:00").await;
    let booking = wanted.confirm(&office, &clerk).await.expect(201);
    office.come_to(&booking);
    let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
    let check_in = async |person: &Person| {
        let body = json!({ "attendee": office.vouched(person) });
        office.post(&format!("/v1/bookings/{}/check-in", booking.id()), &clerk, body).await
    };
    let (visitor, other) = (office.person(), office.person());
    let refused = check_in(&visitor).await.expect_problem(403, "second-person-needed");
    approve(&office, &clerk, &refused.body["case"])
        .await
        .expect_problem(403, "second-person-needed");
    approve(&office, &colleague, &refused.body["case"]).await.expect(200);
    // They agreed to this visitor, not to another one.
    check_in(&other).await.expect_problem(403, "second-person-needed");
    check_in(&visitor).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_appointment_is_not_checked_in_for_another_one_by_phone() {
    let office = Office::embedded().await;
    let clerk = office.clerk(&["large"]);
    let caller = office.caller();
    let visitor = Person { by_phone: Some(caller.pseudonym), ..office.person() };
    office.book(&visitor, "passport", "12:00").await;
    let wanted = Wanted::new(&office, &clerk, office.vouched(&caller), "10:00").await;
    let booking = wanted.confirm(&office, &clerk).await.expect(201);
    office.come_to(&booking);
    let path = format!("/v1/bookings/{}/check-in", booking.id());
    let body = json!({ "attendee": office.vouched(&visitor) });
    let clerk = office.clerk(&["large"]);
    office.post(&path, &clerk, body).await.expect_problem(409, "already-booked");
    assert_eq!(at_desk(&office, &clerk, &booking).await["binding"], "phone", "nothing changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn supervisors_see_shares_without_names_and_counts_serve_against_abuse_only() {
    for office in Office::each_with(&with("vouched: 1")).await {
        let (clerk, colleague) = (office.clerk(&["large"]), office.clerk(&["large"]));
        office.book(&office.person(), "passport", "10:00").await;
        for attendee in [
            office.vouched(&office.person()),
            office.vouched(&office.person()),
            office.attendee(&office.person()),
            office.vouched(&office.caller()),
        ] {
            let wanted = Wanted::new(&office, &clerk, attendee, "10:00").await;
            let answer = wanted.confirm(&office, &clerk).await;
            if answer.status == 403 {
                approve(&office, &colleague, &answer.body["case"]).await.expect(200);
                wanted.confirm(&office, &clerk).await.expect(201);
            }
        }
        let day = office.next_week();
        let month = day.strftime("%Y-%m");
        let read =
            async |token: &str, path: &str| office.send(Method::GET, path, token, &[], None).await;
        let path = format!("/v1/desk/shares?month={month}");
        read(&clerk, &path).await.expect_problem(403, "forbidden");
        let supervisor = office.staff(Role::Supervisor, &["small", "large"]);
        let shares = read(&supervisor, &path).await.expect(200).body;
        let expected = json!({
            "service": "passport", "online": 1, "with_card": 1, "vouched": 1, "vouched_by_two": 1,
            "by_phone": 1, "queue_jumps": 0,
        });
        assert_eq!(shares["services"][0], expected, "{shares}");
        assert!(!shares.to_string().contains("stf_"));
        let elsewhere = read(&supervisor, &format!("{path}&location=annex")).await;
        elsewhere.expect_problem(403, "forbidden");
        let small = read(&supervisor, &format!("{path}&location=small")).await.expect(200).body;
        assert_eq!(
            (&small["services"][0]["online"], &small["services"][0]["vouched"]),
            (&1.into(), &0.into())
        );
        let wrong = read(&supervisor, "/v1/desk/shares?month=2027-1").await;
        assert_eq!(wrong.expect_problem(400, "invalid-request").body["field"], "month");

        let today = ambient::berlin().to_datetime(office.clock.now()).date();
        let path = format!("/v1/desk/staff-counts?from={today}&to={today}");
        read(&clerk, &path).await.expect_problem(403, "forbidden");
        read(&supervisor, &path).await.expect_problem(403, "forbidden");
        let protection = office.staff(Role::DataProtection, &[]);
        let counts = read(&protection, &path).await.expect(200).body;
        let mut acts: Vec<_> = counts["counts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|count| (count["act"].as_str().unwrap(), count["number"].as_i64().unwrap()))
            .collect();
        acts.sort_unstable();
        let expected = [
            ("agreed", 1),
            ("booked_by_phone", 1),
            ("booked_vouched", 1),
            ("booked_with_card", 1),
            ("did_by_two", 1),
        ];
        assert_eq!(acts, expected, "{counts}");
    }
}
