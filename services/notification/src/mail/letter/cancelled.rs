//! What an e-mail says of an appointment that will not take place.

use jiff::Timestamp;

use super::{
    Fact, Letter,
    appointment::{AGAIN, Writer},
    notes,
};
use crate::appointment::Names;

impl Writer<'_> {
    /// The person cancelled it, or the office did, with its reason.
    pub(super) fn cancelled(&self, kind: &str, reason: &Names) -> Letter {
        let mut facts = self.given_up();
        let reason = reason.get(self.appointment.language);
        if !reason.is_empty() {
            facts.push(self.fact("reason", vec![reason.to_owned()]));
        }
        self.letter(kind, facts, AGAIN, vec![self.texts.text("calendar-removes")])
    }

    /// One person had two with two log-ins. Of the other one it says no more than when it begins: were the
    /// two log-ins found to be one person by mistake, this would be read by somebody else.
    pub(super) fn cancelled_as_second(&self, kept: Timestamp) -> Letter {
        let notes = vec![
            notes::at(self.texts, "cancelled-second-kept", kept),
            self.texts.text("cancelled-second-contact"),
            self.texts.text("calendar-removes"),
        ];
        self.letter("cancelled-second", self.given_up(), "manage", notes)
    }

    fn given_up(&self) -> Vec<Fact> {
        let mut when = self.when();
        when.struck = true;
        vec![when, self.place(), self.matter()]
    }
}
