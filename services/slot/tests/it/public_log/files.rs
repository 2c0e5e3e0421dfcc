//! What anybody can read: checkpoint, tiles, documents.

use serde_json::Value;
use tlog::{Hash, Tree};

use super::{file, log_key, settled, signed_by, watched};
use crate::draws::Death;

/// The leaves of a log by its bundle of entries.
fn leaves(bundle: &[u8]) -> Vec<Hash> {
    let entries = bundle.chunks(34).map(|entry| {
        assert_eq!(entry[..2], [0, 32]);
        Hash::leaf(&entry[2..])
    });
    entries.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn anybody_can_follow_the_log_by_its_files() {
    for drawing in watched(&[]).await {
        let key = [log_key(&drawing).await];
        signed_by(&drawing, 2, &key).await;
        let id = settled(&drawing).await;
        drawing.until(&drawing.announced("licence").await, "settled").await;
        // Five documents of each draw.
        let signed = signed_by(&drawing, 10, &key).await;
        assert_eq!(signed.size, 10);
        let (status, bundle) = file(&drawing, "tile/entries/000.p/10").await;
        assert_eq!(status, 200);
        let tree: Tree = leaves(&bundle).into_iter().collect();
        assert_eq!(tree.root(), signed.root);
        let (status, hashes) = file(&drawing, "tile/0/000.p/10").await;
        assert_eq!((status, hashes.len()), (200, 320));
        assert_eq!(hashes, leaves(&bundle).iter().flat_map(|leaf| leaf.0).collect::<Vec<_>>());
        // Its narrower forms stay.
        assert_eq!(file(&drawing, "tile/0/000.p/3").await, (200, hashes[..96].to_vec()));
        // A tile of which one bit was changed is of another log.
        let mut changed = bundle.clone();
        changed[40] ^= 1;
        assert_ne!(leaves(&changed).into_iter().collect::<Tree>().root(), signed.root);

        let mut kinds = Vec::new();
        for position in 0..10 {
            let path = format!("/v1/log/documents/{position}");
            let document = drawing.office.read(&path).await.expect(200).body;
            if document["draw"] == id {
                kinds.push(document["kind"].as_str().unwrap().to_owned());
            }
            let salt: draw::Bytes<16> = document["salt"].as_str().unwrap().parse().unwrap();
            let text = document["document"].as_str().unwrap();
            let entry = tlog::entry(&salt.0, text.as_bytes());
            assert_eq!(leaves(&bundle)[position], Hash::leaf(&entry.0));
        }
        assert_eq!(kinds, ["announcement", "freeze", "tickets", "reveal", "result"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_cached_and_what_is_none_is_not_found() {
    let drawing = watched(&[]).await.remove(0);
    signed_by(&drawing, 2, &[log_key(&drawing).await]).await;
    let cached = async |path: &str| {
        let url = format!("{}/v1/log/{path}", drawing.office.base);
        let answer = drawing.office.http.get(url).send().await.unwrap();
        answer.headers()["cache-control"].to_str().unwrap().to_owned()
    };
    assert!(cached("tile/0/000.p/2").await.contains("immutable"));
    assert_eq!(cached("checkpoint").await, "public, max-age=2");
    for path in [
        "tile/0/0",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/64/000",
        "tile/entries/x001/000",
        "tile/entries/000.p/999",
        "tile/0/000.p/0",
        "documents/99",
        "documents/-1",
        "documents/x",
        "documents/99999999999999999999",
    ] {
        assert_eq!(file(&drawing, path).await.0, 404, "{path}");
    }
    drawing.office.read("/v1/log/tile/0/1").await.expect_problem(404, "not-found");
    drawing.office.read("/v1/log/documents/99").await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_got_what_is_not_told_before_the_draw_is_settled() {
    let death = Death::of("draws", "UPDATE", "NEW.status = 'settled'");
    for drawing in watched(&[]).await {
        let id = drawing.announced("visa").await;
        drawing.announced("licence").await;
        drawing.enter_many(&id, 3).await;
        death.set_up(&drawing.office.database_url).await;
        drawing.close();
        // Five documents of each draw; the last step of both is refused.
        signed_by(&drawing, 10, &[log_key(&drawing).await]).await;
        let mut told = Vec::new();
        for position in 0..10 {
            let (status, bytes) = file(&drawing, &format!("documents/{position}")).await;
            let document: Value = serde_json::from_slice(&bytes).unwrap();
            if status == 200 && document["draw"] == id {
                told.push(document["kind"].as_str().unwrap().to_owned());
            }
        }
        assert_eq!(told, ["announcement", "freeze", "reveal"]);
        death.take_away(&drawing.office.database_url).await;
        drawing.until(&id, "settled").await;
    }
}
