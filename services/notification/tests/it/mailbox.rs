//! The mailbox pages of a demo, and their absence elsewhere.

use ambient::VirtualClock;
use messaging::InProcessBus;
use notification::{Application, Runtime, SmtpSettings, Tls};
use service::Mode;
use telemetry::Shutdown;

use crate::support::{
    NOW, Service, appointment, confirmed, mailbox, person, runtime, settings, smtp,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_can_read_a_message_and_take_its_calendar_file() {
    let service = Service::start().await;
    assert!(service.get("/mailbox").await.text().await.unwrap().contains("Noch keine Nachricht"));
    let person = person();
    service.knows_contact(person, "mina@example.org").await;
    let booked = appointment(person, "de");
    service.hear(&booked.booking_id, &confirmed(&booked)).await;
    let message = service.messages(1).await.remove(0);
    let id = message["id"].as_str().unwrap();

    let list = service.get("/mailbox").await.text().await.unwrap();
    assert!(list.contains(&format!("/mailbox/{id}")), "{list}");
    let page = service.get(&format!("/mailbox/{id}")).await;
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let page = page.text().await.unwrap();
    assert!(page.contains("mina@example.org") && page.contains("termin.ics"), "{page}");
    let letter = service.get(&format!("/mailbox/{id}/letter")).await.text().await.unwrap();
    assert!(letter.contains("<html lang=\"de\" dir=\"ltr\">"), "{letter}");
    let calendar = service.get(&format!("/mailbox/{id}/termin.ics")).await;
    assert_eq!(calendar.headers()["content-type"], "text/calendar; charset=utf-8; method=REQUEST");
    assert_eq!(calendar.text().await.unwrap(), message["calendar"].as_str().unwrap());
    for asset in ["kern.min.css", "fira-sans.css", "FiraSans-Regular.latin.woff2", "mailbox.css"] {
        assert_eq!(service.get(&format!("/mailbox/assets/{asset}")).await.status(), 200);
    }
    for unknown in
        ["/mailbox/nonsense", "/mailbox/assets/x", "/mailbox/msg_00000000000000000000000000"]
    {
        assert_eq!(service.get(unknown).await.status(), 404, "{unknown}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_mail_is_sent_there_is_no_mailbox() {
    let server = SmtpSettings {
        host: "127.0.0.1".to_owned(),
        port: Some(9),
        tls: Tls::None,
        username: None,
        password: None,
    };
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let settings = settings("sqlite::memory:", smtp(server));
    let service = Service::start_with(settings, InProcessBus::new(), clock).await;
    assert_eq!(service.get("/mailbox").await.status(), 404);
    assert_eq!(service.get("/mailbox/messages").await.status(), 404);
    assert_eq!(service.get("/livez").await.status(), 200);
    service.stop().await;
}

#[tokio::test]
async fn an_open_mailbox_is_refused_in_production() {
    let clock = VirtualClock::at(NOW.parse().unwrap());
    let demo = runtime(clock, InProcessBus::new(), Shutdown::new());
    let production = Runtime { mode: Mode::Production, ..demo };
    let settings = settings("sqlite::memory:", mailbox());
    let error = Application::build(settings, production).await.unwrap_err().to_string();
    assert!(error.starts_with("mail.mailbox: ") && error.contains("smtp"), "{error}");
}
