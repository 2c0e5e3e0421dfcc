//! What is kept of a person's names, and what that says about a later log-in.

use std::{collections::BTreeMap, str::FromStr};

use super::fingerprint::{Fingerprint, Fingerprints};

/// What a stored fingerprint covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Everything that was said.
    Full,
    /// Less.
    Weaker,
    /// First given name and date of birth alone: tells whether an account still has the same human behind
    /// it, and matches no other person.
    Constant,
    /// How everything may be read, or its words in any order.
    Alike,
    /// How less may be read.
    AlikeWeaker,
}

/// The stored text is no form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no form of a name claim")]
pub struct NoForm;

/// What a stored fingerprint of a person says about a log-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They say the same.
    Same,
    /// They may be one human.
    Similar,
}

impl Form {
    /// For storage; the words are older than the names here.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Weaker => "weaker",
            Self::Constant => "coarsest",
            Self::Alike => "sounding",
            Self::AlikeWeaker => "sounding-weaker",
        }
    }

    /// Whether all that was said is covered. Only that is compared with less of another log-in.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Full | Self::Alike)
    }
}

impl FromStr for Form {
    type Err = NoForm;

    fn from_str(text: &str) -> Result<Self, NoForm> {
        [Self::Full, Self::Weaker, Self::Constant, Self::Alike, Self::AlikeWeaker]
            .into_iter()
            .find(|form| form.as_str() == text)
            .ok_or(NoForm)
    }
}

impl Fingerprints {
    /// What is kept of a proof.
    #[must_use]
    pub fn claims(&self) -> BTreeMap<&str, Form> {
        let mut claims = BTreeMap::new();
        // The later one counts, should two be the same.
        let weaker = self.weaker.iter().chain(&self.part_dated);
        claims.extend(weaker.map(|print| (print.as_str(), Form::Weaker)));
        claims.extend(self.constant.iter().map(|print| (print.as_str(), Form::Constant)));
        claims.extend(self.alike_weaker.iter().map(|print| (print.as_str(), Form::AlikeWeaker)));
        claims.extend(self.alike.iter().map(|print| (print.as_str(), Form::Alike)));
        claims.insert(self.full.as_str(), Form::Full);
        claims
    }

    /// The fingerprints of everything that was said. A person who claims one of them, in any form
    /// but [`Form::Constant`], may be this human.
    pub fn whole(&self) -> impl Iterator<Item = &Fingerprint> {
        let former = self.former.iter().flat_map(|one| [&one.full].into_iter().chain(&one.alike));
        [&self.full].into_iter().chain(&self.alike).chain(former)
    }

    /// The fingerprints of less. A person who claims one of them as a whole ([`Form::is_whole`])
    /// may be this human.
    pub fn less(&self) -> impl Iterator<Item = &Fingerprint> {
        let former = self.former.iter().flat_map(|one| one.weaker.iter().chain(&one.alike_weaker));
        self.weaker.iter().chain(&self.part_dated).chain(&self.alike_weaker).chain(former)
    }

    /// What a claim of `stored`, which is among [`whole`](Self::whole) or [`less`](Self::less), says.
    /// `None`: nothing.
    #[must_use]
    pub fn likeness(&self, stored: &str, form: Form) -> Option<Likeness> {
        let is = |print: &Fingerprint| print.as_str() == stored;
        if form == Form::Full && self.are_equal(stored) {
            Some(Likeness::Same)
        } else if form != Form::Constant && self.whole().any(is)
            || form.is_whole() && self.less().any(is)
        {
            Some(Likeness::Similar)
        } else {
            None
        }
    }

    /// Whether a stored fingerprint says that it is the same human.
    fn are_equal(&self, stored: &str) -> bool {
        let former = self.former.as_ref().filter(|former| former.reads_alike);
        self.full.as_str() == stored || former.is_some_and(|former| former.full.as_str() == stored)
    }

    /// Whether a stored fingerprint of whatever form matches these attributes, in whole or in part. A
    /// part of the date is no match: namesakes born in one year are two people.
    #[must_use]
    pub fn mention(&self, stored: &str) -> bool {
        let all = self.whole().chain(self.less()).chain(&self.constant);
        all.filter(|print| !self.part_dated.contains(print)).any(|print| print.as_str() == stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_reads_back() {
        for form in [Form::Full, Form::Weaker, Form::Constant, Form::Alike, Form::AlikeWeaker] {
            assert_eq!(form.as_str().parse(), Ok(form));
        }
        assert_eq!("".parse::<Form>(), Err(NoForm));
    }
}
