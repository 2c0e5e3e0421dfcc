//! The authority's public log: entries, documents beside it, tiles, checkpoint, cosignatures.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr,
};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m0018_log"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, LOG).await
    }
}

const LOG: &[&str] = &[
    // From 0 on without gaps. Never changed, never deleted.
    "CREATE TABLE log_entries (
        position BIGINT NOT NULL PRIMARY KEY,
        entry {bytes} NOT NULL
    )",
    // What opens the entries. `text`, `public_from`: of moves alone. `proof` shows that it stands in
    // the log, by the checkpoint of `proof_size` entries; `cosigned`: the words of how many witnesses
    // were known to it. Deleted with the draw.
    "CREATE TABLE log_documents (
        position BIGINT NOT NULL PRIMARY KEY,
        draw_id TEXT NOT NULL,
        kind TEXT NOT NULL
            CHECK (kind IN ('announcement', 'freeze', 'tickets', 'reveal', 'result', 'move')),
        salt TEXT NOT NULL,
        text TEXT,
        public_from BIGINT,
        proof TEXT,
        proof_size BIGINT,
        cosigned INTEGER NOT NULL
    )",
    "CREATE INDEX log_documents_draw ON log_documents (draw_id)",
    "CREATE INDEX log_documents_unproven ON log_documents (position)
        WHERE kind <> 'move' AND cosigned = 0",
    "CREATE INDEX log_documents_proof ON log_documents (proof_size) WHERE proof_size IS NOT NULL",
    // Tiles of hashes, each as wide as it is by now.
    "CREATE TABLE log_tiles (
        level INTEGER NOT NULL,
        number BIGINT NOT NULL,
        hashes {bytes} NOT NULL,
        PRIMARY KEY (level, number)
    )",
    // One row. `size` and `root` are fixed before their checkpoint is signed.
    "CREATE TABLE log_head (
        id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
        log_key TEXT NOT NULL,
        size BIGINT NOT NULL,
        root TEXT NOT NULL,
        checkpoint TEXT,
        checkpoint_size BIGINT,
        signed_at BIGINT
    )",
    "INSERT INTO log_head (id, log_key, size, root) VALUES
        (1, '', 0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')",
    // The last word of each witness, by its key.
    "CREATE TABLE log_cosignatures (
        witness TEXT NOT NULL PRIMARY KEY,
        size BIGINT NOT NULL,
        line TEXT NOT NULL
    )",
    // Draws are found by the week of a seat.
    "CREATE INDEX draws_week ON draws (week)",
];
