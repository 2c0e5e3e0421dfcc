//! `fairtermin texts`

use texts::untranslated;

use crate::{
    arguments::{SpeakingService, Texts},
    command_error::CommandError,
    files,
};

/// Prints the sentences of a service in English, or those that a translation lacks.
pub fn run(arguments: &Texts) -> Result<(), CommandError> {
    let english = match arguments.service {
        SpeakingService::Portal => portal::english_texts(),
        SpeakingService::Identity => identity::english_texts(),
        SpeakingService::Notification => notification::english_texts(),
    };
    match &arguments.translated {
        Some(file) => files::print(&untranslated(&english, &files::read(file)?)),
        None => files::print(&english.join("\n")),
    }
}
