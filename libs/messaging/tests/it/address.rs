//! Addresses that lead to no broker.

use messaging::RabbitMq;

#[tokio::test]
async fn an_address_that_cannot_be_read_is_refused_without_repeating_it() {
    for address in [
        "u:Geheim@h",
        "amqp://u:Geheim/ab@h:5672/%2f",
        "http://u:Geheim@h/",
        "amqp://h?heartbeat=Geheim",
    ] {
        let error = RabbitMq::new(address, "test").queue_state("slot").await.unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(!told.contains("Geheim"), "{told}");
        assert!(told.contains("`/` is %2F, `#` is %23"), "{told}");
    }
}
