//! What the tour prints, and when a step counts as failed.

use std::fmt::Display;

use client::{ClientError, LoginError};

/// Why a step did not prove what it should.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StepError(String);

impl StepError {
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl From<ClientError> for StepError {
    fn from(error: ClientError) -> Self {
        let detail = error.refusal().and_then(|refusal| refusal.detail.clone());
        Self(detail.map_or_else(|| error.to_string(), |detail| format!("{error} ({detail})")))
    }
}

impl From<LoginError> for StepError {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Client(error) => error.into(),
            other => Self(other.to_string()),
        }
    }
}

impl From<reqwest::Error> for StepError {
    fn from(error: reqwest::Error) -> Self {
        Self(ClientError::from(error).to_string())
    }
}

impl From<url::ParseError> for StepError {
    fn from(error: url::ParseError) -> Self {
        Self(error.to_string())
    }
}

/// Counts and prints the steps.
#[derive(Debug, Default)]
pub struct Report {
    steps: usize,
    failed: usize,
}

impl Report {
    /// Prints one step's outcome and hands its value on.
    pub fn step<T>(&mut self, name: &str, outcome: Result<Proof<T>, StepError>) -> Option<T> {
        self.steps += 1;
        match outcome {
            Ok(Proof { value, shown }) => {
                println!("{:>3}  ok      {name}: {shown}", self.steps);
                Some(value)
            }
            Err(error) => {
                self.failed += 1;
                println!("{:>3}  FAILED  {name}: {error}", self.steps);
                None
            }
        }
    }

    /// Prints the last line; whether every step succeeded.
    pub fn finish(&self) -> bool {
        println!("tour: {} steps, {} failed", self.steps, self.failed);
        self.failed == 0
    }
}

/// What a step found and what that shows.
#[derive(Debug)]
pub struct Proof<T> {
    value: T,
    shown: String,
}

impl<T> Proof<T> {
    /// What was found, to be shown in other words.
    pub fn into_value(self) -> T {
        self.value
    }
}

/// A step that succeeded with `value`, which `shown` tells.
pub fn proof<T>(value: T, shown: impl Display) -> Result<Proof<T>, StepError> {
    Ok(Proof { value, shown: shown.to_string() })
}

/// Succeeds only if `outcome` is a refusal with this status and code.
pub fn refused<T>(
    outcome: Result<T, ClientError>,
    status: u16,
    code: &str,
) -> Result<Proof<()>, StepError> {
    match outcome {
        Ok(_) => {
            Err(StepError::new(format!("accepted, but should be refused with {status} {code}")))
        }
        Err(error) => match error.refusal() {
            Some(refusal) if refusal.status == status && refusal.code == code => {
                proof((), format!("refused: {status} {code}"))
            }
            _ => Err(StepError::new(format!("expected {status} {code}, got: {error}"))),
        },
    }
}
