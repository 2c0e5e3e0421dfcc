//! `fairtermin openapi`

use crate::{arguments::DescribedService, catalogue_files, command_error::CommandError};

/// Prints the document, for programs and for the copy in the repository.
pub fn print(service: DescribedService) -> Result<(), CommandError> {
    let document = match service {
        DescribedService::Slot => slot::openapi_document(),
        DescribedService::Identity => identity::openapi_document(),
        DescribedService::Notification => notification::openapi_document(),
        DescribedService::Portal => portal::openapi_document(),
    };
    catalogue_files::print(&format!("{document:#}\n"))
}
