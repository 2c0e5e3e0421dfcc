//! `fairtermin openapi`

use crate::{arguments::DescribedService, command_error::CommandError, files};

/// Prints the document, for programs and for the copy in the repository.
pub fn print(service: DescribedService) -> Result<(), CommandError> {
    let document = match service {
        DescribedService::Slot => slot::openapi_document(),
        DescribedService::Identity => identity::openapi_document(),
        DescribedService::Notification => notification::openapi_document(),
        DescribedService::Portal => portal::openapi_document(),
    };
    files::print(&format!("{document:#}\n"))
}
