//! An address that mail can be sent to, in the form in which mail servers know it.

use url::Host;

/// An address with its domain in ASCII (RFC 5890, A-labels): `erika@müller.de` is
/// `erika@xn--mller-kva.de`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EmailAddress(String);

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoAddress {
    /// It is nonsense or has a slip.
    Malformed,
    /// The part before the @ has letters beyond ASCII. Few servers take them (RFC 6531), so mail would
    /// wait for days and then be lost.
    LocalPartLetters,
}

impl NoAddress {
    /// The member `reason` of the refusal.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::LocalPartLetters => "local-part-letters",
        }
    }

    /// A sentence for developers.
    pub(crate) const fn detail(self) -> &'static str {
        match self {
            Self::Malformed => "email: not an address.",
            Self::LocalPartLetters => {
                "email: before the @ only letters from a to z, digits and signs are possible."
            }
        }
    }
}

impl EmailAddress {
    /// Enough to keep nonsense and slips out; whether mail arrives is the only proof. Lengths: RFC 5321
    /// section 4.5.3.1. Quoted local parts are not accepted: what people type in quotes is a mistake.
    ///
    /// # Errors
    /// See [`NoAddress`].
    pub(crate) fn parse(text: &str) -> Result<Self, NoAddress> {
        let (local, domain) = text.rsplit_once('@').ok_or(NoAddress::Malformed)?;
        let domain = ascii_domain(domain).ok_or(NoAddress::Malformed)?;
        check_local_part(local)?;
        let address = format!("{local}@{domain}");
        if address.len() > 254 { Err(NoAddress::Malformed) } else { Ok(Self(address)) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// RFC 5322 section 3.2.3: atoms of letters, digits and some signs, with single dots between them.
fn check_local_part(local: &str) -> Result<(), NoAddress> {
    let is_sign = |c: char| "!#$%&'*+-/=?^_`{|}~".contains(c);
    let is_atom =
        |atom: &str| !atom.is_empty() && atom.chars().all(|c| c.is_alphanumeric() || is_sign(c));
    if !(1..=64).contains(&local.len()) || !local.split('.').all(is_atom) {
        return Err(NoAddress::Malformed);
    }
    if local.is_ascii() { Ok(()) } else { Err(NoAddress::LocalPartLetters) }
}

/// By UTS 46, as browsers read hosts. An address of digits is none that people have.
fn ascii_domain(domain: &str) -> Option<String> {
    // The parser of hosts also decodes percent signs and takes brackets.
    let is_plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    let Host::Domain(ascii) = domain.chars().all(is_plain).then(|| Host::parse(domain).ok())??
    else {
        return None;
    };
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    (ascii.contains('.') && ascii.split('.').all(is_label)).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_noticed_and_real_addresses_are_not_refused() {
        for good in [
            "erika.mustermann@example.org",
            "o'neil+amt@mail.example.co.uk",
            "x@1und1.de",
            "_@example.org",
        ] {
            assert_eq!(EmailAddress::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "erika",
            "@example.org",
            "erika@",
            "erika@example",
            "erika@example.",
            "erika@.org",
            "erika@exam ple.org",
            "erika@@example.org",
            "erika,max@example.org",
            "<erika@example.org>",
            "erika.@example.org",
            ".erika@example.org",
            "a..b@example.org",
            "erika@-example.org",
            "erika@127.0.0.1",
            "erika@ex%61mple.org",
            "erika@example.org\r\nBcc: all@example.org",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(NoAddress::Malformed), "{bad:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.org", "x".repeat(65))).is_err());
    }

    #[test]
    fn a_domain_with_umlauts_is_what_mail_servers_know() {
        let parsed = |text| EmailAddress::parse(text).map(|address| address.as_str().to_owned());
        assert_eq!(parsed("erika@müller.de"), Ok("erika@xn--mller-kva.de".to_owned()));
        assert_eq!(parsed("Erika@EXAMPLE.org"), Ok("Erika@example.org".to_owned()));
        assert_eq!(parsed("zoë@müller.de"), Err(NoAddress::LocalPartLetters));
        assert_eq!(parsed("пошта@example.org"), Err(NoAddress::LocalPartLetters));
    }
}
