use super::site::{Site, offer};
use futures_util::future::join_all;
use redis::AsyncCommands as _;

#[tokio::test]
async fn perf() {
    let Some(url) = testkit::redis_url() else { return };
    let client = redis::Client::open(url).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    for together in [1_u16, 7, 30] {
        for full in [false, true] {
            let site = Site::redis().unwrap();
            site.load(&[]).await;
            let _: () =
                redis::cmd("CONFIG").arg("RESETSTAT").query_async(&mut connection).await.unwrap();
            let mut n = 0_u32;
            for round in 0..(2100 / together) {
                let offers: Vec<_> = (0..together)
                    .map(|i| {
                        if full {
                            [offer(480, 10, 0b1)]
                        } else {
                            [offer(480 + (round * together + i) / 40 % 60 * 10, 10, (1 << 40) - 1)]
                        }
                    })
                    .collect();
                let wishes: Vec<_> = offers
                    .iter()
                    .enumerate()
                    .map(|(i, o)| {
                        let site = &site;
                        let p = u128::from(round) * 1000 + i as u128;
                        async move {
                            let mut r = site.request(p, o);
                            r.details = &[7; 60];
                            site.holds.hold(&r).await.is_ok()
                        }
                    })
                    .collect();
                join_all(wishes).await;
                n += u32::from(together);
            }
            let info: String =
                redis::cmd("INFO").arg("commandstats").query_async(&mut connection).await.unwrap();
            let usec = |name: &str| -> (f64, f64) {
                let line =
                    info.lines().find(|l| l.starts_with(&format!("cmdstat_{name}:"))).unwrap_or("");
                let get = |k: &str| {
                    line.split(|c| c == ',' || c == ':')
                        .find_map(|p| p.strip_prefix(k))
                        .and_then(|v| v.parse().ok())
                        .unwrap_or(0.0)
                };
                (get("calls="), get("usec="))
            };
            let (calls, total) = usec("evalsha");
            eprintln!(
                "PERF together {together} full {full}: {n} holds, {calls} calls, {:.2} us a hold",
                total / f64::from(n)
            );
            if together == 7 && !full {
                for l in info.lines() {
                    eprintln!("PERF   {l}");
                }
            }
        }
    }
    let _: Option<i64> = connection.pttl("x").await.ok();
}
