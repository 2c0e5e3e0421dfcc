//! What was entered in a form and refused.

use serde::{Deserialize, Serialize};

/// What was entered in a form, and why it was refused.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entered {
    /// Names the form: a hold, or a page of an authority.
    pub(crate) form: String,
    pub(crate) text: String,
    /// The key of the sentence that says why.
    pub(crate) mistake: String,
}

/// What is kept of a text that was entered, in letters: fields take no more.
const LONGEST_ENTERED: usize = 254;

impl Entered {
    /// `text` in the form called `form`, refused for what the text called `mistake` says.
    pub(crate) fn new(form: String, text: &str, mistake: &str) -> Self {
        let text = text.chars().take(LONGEST_ENTERED).collect();
        Self { form, text, mistake: mistake.to_owned() }
    }
}

impl std::fmt::Debug for Entered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entered").field("mistake", &self.mistake).finish_non_exhaustive()
    }
}
