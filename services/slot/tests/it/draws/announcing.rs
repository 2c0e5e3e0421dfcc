//! Draws that cannot be announced: operators see it, and the other draws are announced all the same.

use slot::CatalogueSettings;
use testkit::eventually;

use super::{DEADLINE, Death, Drawing, catalogue};
use crate::office::{CATALOGUE, Office};

#[tokio::test(flavor = "multi_thread")]
async fn a_draw_that_cannot_be_announced_is_counted_and_keeps_no_other_waiting() {
    let mut running = tokio::task::JoinSet::new();
    for office in Office::standing_on_each(CATALOGUE).await {
        running.spawn(it_is_counted(office));
    }
    while let Some(ended) = running.join_next().await {
        ended.unwrap();
    }
}

async fn it_is_counted(mut office: Office) {
    office.stop().await;
    let url = office.database_url.clone();
    // Services are looked at in the order of their ids: licences come before visas.
    let death = Death::of("draws", "INSERT", "NEW.service = 'licence'");
    death.set_up(&url).await;
    let text = catalogue().replace("AUTHORITY", office.authority.as_str());
    office.settings.catalogue = CatalogueSettings::Text(text);
    office.restart().await;
    let drawing = Drawing { office };
    drawing.announced("visa").await;
    unannounced(&drawing, 1).await;
    death.take_away(&url).await;
    drawing.announced("licence").await;
    unannounced(&drawing, 0).await;
}

/// So many draws could not be announced at the last try.
async fn unannounced(drawing: &Drawing, many: i64) {
    eventually(DEADLINE, async || {
        (drawing.office.number("draws_unannounced").await == many).then_some(())
    })
    .await;
}
