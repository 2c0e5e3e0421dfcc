//! The list of a draw is frozen: identity says how many tickets it gave, and shows its key.

use draw::{Bytes, Tickets, Version, signed};
use serde_json::json;

use super::{DrawError, forget_holders::count_and_forget, prepare_draw::stamp_key};
use crate::{
    app::Context,
    store::ticket_draws,
    ticket_draw::{DrawKey, Stage},
};

/// The note about all tickets for the list with this root. For one list only: its key could stamp
/// the tickets of another one. Asked again, the answer is the same.
pub(crate) async fn countersign_list(
    context: &Context,
    client: &str,
    key: &DrawKey,
    root: Bytes<32>,
) -> Result<String, DrawError> {
    let unit = context.begin().await?;
    let db = unit.transaction();
    let draw = ticket_draws::lock(db, key).await?.ok_or(DrawError::NoSuchDraw)?;
    let (announced, given, is_new) = match draw.stage.clone() {
        Stage::Prepared => return Err(DrawError::NoSuchDraw),
        Stage::Announced(announced) if context.now() < announced.closes => {
            return Err(DrawError::StillOpen);
        }
        Stage::Announced(announced) => (announced, count_and_forget(db, key).await?, true),
        Stage::Counted(announced, given) => (announced, given, true),
        Stage::Countersigned(_, _, other) if other != root => return Err(DrawError::OtherList),
        Stage::Countersigned(announced, given, _) => (announced, given, false),
    };
    let said = Tickets {
        announcement: announced.digest,
        given,
        key: stamp_key(context, &draw)?,
        root,
        version: Version::V1,
    };
    if is_new {
        let stage = Stage::Countersigned(announced, given, root);
        ticket_draws::advance(db, key, &stage).await?;
        let details = json!({ "root": root, "given": given });
        let actor = format!("client:{client}");
        context.record(db, &actor, "draw.countersigned", key, details).await?;
    }
    unit.commit().await?;
    Ok(signed(&said, &context.tickets).to_string())
}
