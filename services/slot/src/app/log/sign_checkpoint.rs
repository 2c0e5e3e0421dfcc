//! What was appended is fixed and signed.

use cluster::Term;
use tlog::{Checkpoint, VerifierKey, changed};

use super::{internal, prove::prove};
use crate::{
    app::{AppError, Engine},
    domain::log::{LogHead, SignedCheckpoint},
    store::{
        leader_leases,
        log::{cosignatures, entries, head, tiles},
    },
};

/// Signs a checkpoint of all entries, if there is none yet, as this process leads in `term`.
///
/// Tiles, size and root are written first, in a transaction of their own and by a compare-and-set;
/// only then the checkpoint is signed. So a log never signs two roots for one size.
///
/// # Errors
/// The database does not answer, or what it holds is not what was signed before.
pub async fn sign_checkpoint(engine: &Engine, term: Term) -> Result<(), AppError> {
    let db = engine.database.connection();
    let (head, size) = (head::read(db).await?, entries::size(db).await?);
    let is_own = head.key == engine.log.verifier().to_string();
    if is_own && head.is_signed() && head.size == size {
        return Ok(());
    }
    if !is_own && !begin(engine, term, &head).await? {
        return Ok(());
    }
    if size < head.size {
        let why = "the public log has lost entries that were signed; nothing more is signed, and \
                   draws are not logged: restore the database";
        return Err(internal(why));
    }
    engine.log.grow(&engine.database, size).await?;
    if size > head.size && !fix(engine, term, &head, size).await? {
        return Ok(());
    }
    let fixed = head::read(db).await?;
    sign(engine, term, &fixed).await
}

/// Begins the log under our key, if it is the first one or has another name than the one before.
/// `false`: another process leads, or was faster.
async fn begin(engine: &Engine, term: Term, before: &LogHead) -> Result<bool, AppError> {
    let own = engine.log.verifier();
    let was = before.key.parse::<VerifierKey>();
    if was.is_ok_and(|was| was.name() == own.name()) {
        return Err(internal(format!(
            "the public log has the key {}, and `log.key` (or `person_data.key` without it) now gives {own}; \
             nothing is signed until that key is back, or until `log.origin` names another log",
            before.key
        )));
    }
    let unit = engine.begin().await?;
    let db = unit.transaction();
    let may_act = leader_leases::may_act(db, term).await?;
    if !may_act || !head::begin(db, &before.key, &own.to_string()).await? {
        return Ok(false);
    }
    cosignatures::delete_all(db).await?;
    unit.commit().await?;
    tracing::info!(key = %own, "a public log begins; this is its key for witnesses");
    Ok(true)
}

/// Writes tiles, size and root. `false`: another process leads, or was faster.
async fn fix(engine: &Engine, term: Term, before: &LogHead, size: u64) -> Result<bool, AppError> {
    let (root, wider) = {
        let tree = engine.log.tree();
        if tree.root_at(before.size).map_err(internal)? != before.root {
            let why = "entries of the public log were changed after they were signed; nothing more \
                       is signed: restore the database";
            return Err(internal(why));
        }
        let root = tree.root_at(size).map_err(internal)?;
        let wider = changed(before.size, size);
        let wider: Vec<_> = wider.filter_map(|tile| Some((tile, tile.hashes(&tree)?))).collect();
        (root, wider)
    };
    let unit = engine.begin().await?;
    let db = unit.transaction();
    if !leader_leases::may_act(db, term).await? {
        return Ok(false);
    }
    tiles::keep(db, &wider).await?;
    if !head::fix(db, before, size, &root).await? {
        return Ok(false);
    }
    unit.commit().await?;
    Ok(true)
}

/// Signs what is fixed. The same again gives the same bytes.
async fn sign(engine: &Engine, term: Term, fixed: &LogHead) -> Result<(), AppError> {
    let key = engine.log.key();
    let checkpoint = Checkpoint::new(key.verifier().name(), fixed.size, fixed.root);
    let note = checkpoint.map_err(internal)?.note().signed_by(key, 0);
    let signed = SignedCheckpoint { size: fixed.size, note: note.to_string(), at: engine.now() };
    let unit = engine.begin().await?;
    let db = unit.transaction();
    if !leader_leases::may_act(db, term).await?
        || !head::keep_checkpoint(db, fixed, &signed).await?
    {
        return Ok(());
    }
    prove(engine, db, fixed.size, &note).await?;
    unit.commit().await?;
    tracing::debug!(size = fixed.size, "a checkpoint of the public log is signed");
    Ok(())
}
