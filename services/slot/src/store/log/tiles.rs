//! Tiles of hashes, as they are served. Each is kept as wide as it is by now: its narrower forms are
//! its beginning.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait as _, sea_query::OnConflict};
use tlog::{Tile, TileKind};

use super::stored;
use crate::store::StoreResult;
use row::{Column, Entity};

/// Tiles that are kept by one statement.
const BATCH: usize = 100;
/// Bytes of a hash.
const BYTES: usize = 32;

/// Keeps tiles with their bytes; those that are there become as wide as these.
///
/// # Errors
/// A statement fails.
pub async fn keep(db: &impl ConnectionTrait, tiles: &[(Tile, Vec<u8>)]) -> StoreResult<()> {
    for some in tiles.chunks(BATCH) {
        let rows = some.iter().filter_map(|(tile, hashes)| {
            let level = level(tile)?;
            let number = stored(tile.number);
            Some(row::ActiveModel {
                level: Set(level),
                number: Set(number),
                hashes: Set(hashes.clone()),
            })
        });
        let wider = OnConflict::columns([Column::Level, Column::Number])
            .update_column(Column::Hashes)
            .to_owned();
        Entity::insert_many(rows).on_conflict(wider).exec_without_returning(db).await?;
    }
    Ok(())
}

/// The bytes of a tile of hashes; `None` if it is not there, or not so wide.
///
/// # Errors
/// The statement fails.
pub async fn find(db: &impl ConnectionTrait, tile: &Tile) -> StoreResult<Option<Vec<u8>>> {
    let Some(level) = level(tile) else { return Ok(None) };
    let row = Entity::find_by_id((level, stored(tile.number))).one(db).await?;
    let wanted = usize::from(tile.width) * BYTES;
    Ok(row.and_then(|row| row.hashes.get(..wanted).map(<[u8]>::to_vec)))
}

fn level(tile: &Tile) -> Option<i32> {
    match tile.kind {
        TileKind::Hashes(level) => Some(level.into()),
        TileKind::Entries => None,
    }
}

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "log_tiles")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub level: i32,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub hashes: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
