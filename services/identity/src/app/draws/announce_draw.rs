//! An authority has announced a draw.

use serde_json::json;

use super::DrawError;
use crate::{
    app::Context,
    store::ticket_draws,
    ticket_draw::{Announced, DrawKey, Stage},
};

/// Notes what was announced: tickets are for that and nothing else. The same again changes nothing.
pub(crate) async fn announce_draw(
    context: &Context,
    client: &str,
    key: &DrawKey,
    announced: Announced,
) -> Result<(), DrawError> {
    if announced.closes <= announced.opens {
        return Err(DrawError::Window);
    }
    let unit = context.begin().await?;
    let db = unit.transaction();
    let draw = ticket_draws::lock(db, key).await?.ok_or(DrawError::NoSuchDraw)?;
    match draw.stage {
        Stage::Prepared => {}
        Stage::Announced(known) | Stage::Counted(known, _) | Stage::Countersigned(known, ..) => {
            let is_same = known == announced;
            return if is_same { Ok(()) } else { Err(DrawError::OtherAnnouncement) };
        }
    }
    let details = json!({ "announcement": announced.digest });
    ticket_draws::advance(db, key, &Stage::Announced(announced)).await?;
    let actor = format!("client:{client}");
    context.record(db, &actor, "draw.announced", key, details).await?;
    Ok(unit.commit().await?)
}
