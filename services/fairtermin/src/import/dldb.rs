//! `fairtermin import dldb`

use imports::{Purpose, read_dldb};

use super::{paths::refuse_shared, refused, today, write_texts};
use crate::{
    arguments::DldbImport,
    command_error::CommandError,
    files::{borrowed, read_all},
};

pub(super) fn run(arguments: &DldbImport) -> Result<(), CommandError> {
    let DldbImport { files, target, destination } = arguments;
    refuse_shared(files.iter().chain(&target.onto), destination, None)?;
    let texts = read_all(files)?;
    let purpose = if target.authority.is_some() { Purpose::Catalogue } else { Purpose::Overlay };
    let imported = read_dldb(&borrowed(&texts), today(destination), purpose)
        .map_err(|error| refused(&error))?;
    write_texts(imported, target, destination, "fairtermin import dldb", files)
}
