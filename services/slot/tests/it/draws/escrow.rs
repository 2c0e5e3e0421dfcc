//! A copy of the seed for the auditor, published with the announcement.

use draw::{Announcement, AuditorKey, Bytes, Escrow, NotOpened, Secret, canonical};
use slot::{CatalogueSettings, EscrowSettings};

use super::{Drawing, catalogue};
use crate::office::{CATALOGUE, Office};

fn auditor(number: u8) -> AuditorKey {
    AuditorKey::new(&Bytes([number; 32])).unwrap()
}

/// An office that begins to draw with this auditor.
async fn watched(mut office: Office, auditor: &AuditorKey) -> Drawing {
    office.stop().await;
    let text = catalogue().replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(text);
    office.settings.escrow = Some(EscrowSettings { auditor: auditor.public() });
    office.restart().await;
    Drawing { office }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_auditor_and_nobody_else_can_open_the_seed_that_was_announced() {
    for office in Office::standing_on_each(CATALOGUE).await {
        let drawing = watched(office, &auditor(1)).await;
        let id = drawing.announced("visa").await;
        let draw = drawing.draw(&id).await;
        let text = |key: &str| draw[key].as_str().unwrap().as_bytes().to_vec();
        let announcement: Announcement = canonical::read(&text("announcement")).unwrap();
        let escrow: Escrow = canonical::read(&text("escrow")).unwrap();
        assert_eq!(escrow.announcement, announcement.digest());
        let seed = auditor(1).open(&escrow).unwrap();
        assert_eq!(Secret::Seed.commitment(&id, &seed), announcement.commitment);
        assert_eq!(auditor(2).open(&escrow), Err(NotOpened::OtherKey));
        // It stays as it was published, and the draw is the usual one.
        let entered = drawing.enter_many(&id, 2).await;
        drawing.close();
        drawing.until(&id, "settled").await;
        assert_eq!(drawing.draw(&id).await["escrow"], draw["escrow"]);
        let proof = drawing.proof(&id).await;
        super::holds(&proof, &entered);
        assert_eq!(proof.reveal.seed, seed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_auditor_there_is_no_copy() {
    let drawing = Drawing::each().await.remove(0);
    let id = drawing.announced("visa").await;
    assert!(drawing.draw(&id).await.get("escrow").is_none());
}
