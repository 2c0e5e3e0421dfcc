//! What the scripts answer.

use booking::Seat;
use calendar::Desk;
use jiff::Timestamp;
use redis::Value;

use crate::holds::{HoldsError, feed::MarkEnd};

/// An answer, read from front to back.
#[derive(Debug)]
pub(super) struct Reply(std::vec::IntoIter<Value>);

impl Reply {
    /// The first word of an answer, and the rest.
    pub fn read(answer: Value) -> Result<(String, Self), HoldsError> {
        let Value::Array(parts) = answer else {
            return Err(unexpected("not a list"));
        };
        let mut reply = Self(parts.into_iter());
        Ok((reply.text()?, reply))
    }

    pub fn bytes(&mut self) -> Result<Vec<u8>, HoldsError> {
        match self.0.next() {
            Some(Value::BulkString(bytes)) => Ok(bytes),
            Some(Value::SimpleString(text)) => Ok(text.into_bytes()),
            Some(Value::Nil) => Ok(Vec::new()),
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

/// The sorted set's member for a mark that ends by itself; see `seat.lua`.
pub(super) fn member(seat: &Seat, id: u128) -> Vec<u8> {
    let mut member = Vec::with_capacity(21);
    member.extend(seat.start.to_le_bytes());
    member.extend(seat.units.to_le_bytes());
    member.push(seat.desk.index());
    member.extend(id.to_be_bytes());
    member
}

/// The mark that a member denotes.
pub(super) fn read_member(member: &[u8], at: Timestamp) -> Option<MarkEnd> {
    let (start, rest) = member.split_first_chunk::<2>()?;
    let (units, rest) = rest.split_first_chunk::<2>()?;
    let desk = Desk::new(*rest.first()?)?;
    Some(MarkEnd { at, start: u16::from_le_bytes(*start), units: u16::from_le_bytes(*units), desk })
}
