//! What the person at the terminal reads when a command fails.

use std::{error::Error, fmt};

use crate::hidden::without_users;

/// A command failed. One paragraph: what is wrong, and if we know it, what to do.
#[derive(Debug)]
pub struct CommandError {
    message: String,
    advice: Option<String>,
    exit: u8,
}

impl CommandError {
    /// A failure with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), advice: None, exit: 1 }
    }

    /// An error from `error` and its sources, without repeated texts.
    pub fn from_error(doing: &str, error: &dyn Error) -> Self {
        let mut message = format!("{doing}: {error}");
        let mut source = error.source();
        while let Some(cause) = source {
            let text = cause.to_string();
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            source = cause.source();
        }
        Self::new(message)
    }

    /// Another exit code than 1.
    pub const fn exit(mut self, code: u8) -> Self {
        self.exit = code;
        self
    }

    /// The exit code of the program.
    pub const fn code(&self) -> u8 {
        self.exit
    }

    /// Adds what the person can do.
    pub fn advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fairtermin: {}", without_users(&self.message))?;
        match &self.advice {
            Some(advice) => write!(f, "\n  {}", without_users(advice)),
            None => Ok(()),
        }
    }
}
