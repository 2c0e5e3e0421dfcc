//! What a day costs in Redis.

use redis::AsyncCommands as _;

use super::site::{Site, offer};

#[tokio::test]
async fn a_full_day_of_40_desks_on_a_five_minute_grid_takes_less_than_4_kib() {
    let (Some(site), Some(url)) = (Site::redis(), testkit::redis_url()) else { return };
    site.load(&[]).await;
    let forty_desks = (1 << 40) - 1;
    let mut person = 0;
    for slot in 0..144 {
        for _ in 0..40 {
            site.book(person, person, &[offer(slot * 2, 2, forty_desks)]).await;
            person += 1;
        }
    }
    assert!(site.hold(person, &[offer(0, 2, forty_desks)]).await.is_err(), "the day is full");
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let pattern = format!("*{}*:day:mitte:*", site.authority());
    let keys: Vec<String> = connection.keys(pattern).await.unwrap();
    assert_eq!(keys.len(), 1);
    let mut memory = redis::cmd("MEMORY");
    memory.arg("USAGE").arg(&keys[0]).arg("SAMPLES").arg(0);
    let bytes: u64 = memory.query_async(&mut connection).await.unwrap();
    eprintln!("a full day of 40 desks takes {bytes} bytes");
    assert!(bytes <= 4 * 1024, "{bytes}");
}
