//! What the scripts answer.

use jiff::Timestamp;
use redis::Value;

use crate::holds::HoldsError;

/// An answer of a script: its first word, and the rest, read from front to back.
#[derive(Debug)]
pub(super) struct Reply {
    pub word: String,
    /// The version of the feed, if the script published something there, else 0.
    pub version: u64,
    rest: Parts,
}

/// A list in an answer.
#[derive(Debug)]
pub(super) struct Parts(std::vec::IntoIter<Value>);

impl Reply {
    pub fn read(answer: Value) -> Result<Self, HoldsError> {
        let Value::Array(parts) = answer else {
            return Err(unexpected("not a list"));
        };
        let mut rest = Parts(parts.into_iter());
        Ok(Self { word: rest.text()?, version: rest.number()?, rest })
    }

    /// What comes after `done`.
    pub fn done(self) -> Result<Parts, HoldsError> {
        match self.word.as_str() {
            "done" => Ok(self.rest),
            "lost" => Err(HoldsError::NotLoaded),
            _ => Err(unexpected(self.word)),
        }
    }

    /// What comes after any word.
    pub fn rest(self) -> Parts {
        self.rest
    }
}

impl Parts {
    pub fn bytes(&mut self) -> Result<Vec<u8>, HoldsError> {
        self.maybe_bytes()?.ok_or_else(|| unexpected("a text is missing"))
    }

    pub fn maybe_bytes(&mut self) -> Result<Option<Vec<u8>>, HoldsError> {
        match self.0.next() {
            Some(Value::BulkString(bytes)) => Ok(Some(bytes)),
            Some(Value::SimpleString(text)) => Ok(Some(text.into_bytes())),
            Some(Value::Nil) => Ok(None),
            _ => Err(unexpected("a text is missing")),
        }
    }

    pub fn text(&mut self) -> Result<String, HoldsError> {
        String::from_utf8(self.bytes()?).map_err(|_| unexpected("a text is not UTF-8"))
    }

    pub fn number<T: TryFrom<i64>>(&mut self) -> Result<T, HoldsError> {
        let Some(Value::Int(number)) = self.0.next() else {
            return Err(unexpected("a number is missing"));
        };
        T::try_from(number).map_err(|_| unexpected("a number is out of range"))
    }

    pub fn list(&mut self) -> Result<Self, HoldsError> {
        match self.0.next() {
            Some(Value::Array(parts)) => Ok(Self(parts.into_iter())),
            _ => Err(unexpected("a list is missing")),
        }
    }

    pub fn is_done(&self) -> bool {
        self.0.len() == 0
    }

    pub fn instant(&mut self) -> Result<Timestamp, HoldsError> {
        let number = self.number()?;
        Timestamp::from_millisecond(number).map_err(|_| unexpected("an instant is out of range"))
    }
}

pub(super) fn unexpected(what: impl Into<String>) -> HoldsError {
    HoldsError::Unexpected(what.into())
}
