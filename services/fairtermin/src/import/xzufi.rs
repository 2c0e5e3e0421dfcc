//! `fairtermin import xzufi`

use imports::read_xzufi;
use url::Url;

use super::{paths::refuse_shared, refused, today, write_texts};
use crate::{
    arguments::XzufiImport,
    command_error::CommandError,
    files::{borrowed, read_all},
};

pub(super) fn run(arguments: &XzufiImport) -> Result<(), CommandError> {
    let XzufiImport { files, page, target, destination } = arguments;
    refuse_shared(files.iter().chain(&target.onto), destination, None)?;
    let texts = read_all(files)?;
    let imported =
        read_xzufi(&borrowed(&texts), page.as_ref().map(Url::as_str), today(destination))
            .map_err(|error| refused(&error))?;
    write_texts(imported, target, destination, "fairtermin import xzufi", files)
}
