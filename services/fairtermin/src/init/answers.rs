//! What an admin is asked, and what is taken where they say nothing.

use std::io::BufRead;

use calendar::{FederalState, UnknownFederalState};
use clap::ValueEnum as _;
use ids::AuthorityId;
use url::Url;

use super::template::is_read_as_text;
use crate::{
    arguments::{Init, LogIn, WayIn},
    check::LONGEST_RELEASE,
    command_error::CommandError,
};

/// How often a question is repeated.
const TRIES: u32 = 5;

/// The longest answer, in letters.
const LONGEST: usize = 200;

/// Ids whose file or namespace would be another one's.
const TAKEN: [&str; 3] = ["platform", "secrets", "next"];

/// What the files are made from.
#[derive(Debug, Clone)]
pub struct Answers {
    pub authority: AuthorityId,
    pub name: String,
    pub location: String,
    pub street: String,
    pub postal_code: String,
    pub city: String,
    pub state: FederalState,
    pub desks: u8,
    pub service: String,
    pub portal_host: String,
    pub identity_host: String,
    pub way_in: WayIn,
    pub mail_from: String,
    pub smtp_host: String,
    pub log_in: LogIn,
    /// Where citizens log in.
    pub issuer: String,
    /// Where staff log in.
    pub staff_issuer: String,
}

/// Asks at a terminal, or takes what there is.
pub struct Interview<'a> {
    pub input: &'a mut dyn BufRead,
    /// Whether nothing is asked.
    pub silent: bool,
}

impl Answers {
    /// Asks for what the arguments do not say.
    pub fn ask(given: &Init, interview: &mut Interview<'_>) -> Result<Self, CommandError> {
        if interview.silent && given.authority.is_none() {
            return Err(CommandError::new("--authority is missing")
                .advice("It is the one thing that can never be changed, so name it."));
        }
        let i = interview;
        let text = |value: &Option<String>| value.clone();
        let authority = i.ask("Id of the authority", given.authority.clone(), "amt", authority)?;
        let name = i.ask("Its name", text(&given.name), "CHANGE-ME", line)?;
        let location = i.ask("Name of the first place", text(&given.location), "Rathaus", line)?;
        let street = i.ask("Its street and number", text(&given.street), "CHANGE-ME 1", line)?;
        let postal_code = i.ask("Its postal code", text(&given.postal_code), "10115", five)?;
        let city = i.ask("Its city", text(&given.city), "Berlin", line)?;
        let state =
            i.ask("Its state, whose public holidays are closed", given.state, "DE-BE", state)?;
        let desks = i.ask("How many desks it has", given.desks, "3", desks)?;
        let service = i.ask("Name of the first service", text(&given.service), "Beratung", line)?;
        let (portal_host, identity_host, way_in) = ask_hosts(given, i)?;
        let (mail_from, smtp_host) = ask_mail(given, i)?;
        let (log_in, issuer, staff_issuer) = ask_providers(given, i)?;
        let answers = Self {
            authority,
            name,
            location,
            street,
            postal_code,
            city,
            state,
            desks,
            service,
            portal_host,
            identity_host,
            way_in,
            mail_from,
            smtp_host,
            log_in,
            issuer,
            staff_issuer,
        };
        answers.have_two_hosts()?;
        Ok(answers)
    }

    /// Web pages and log-in are two services: one host leads to one of them.
    fn have_two_hosts(&self) -> Result<(), CommandError> {
        if self.portal_host != self.identity_host {
            return Ok(());
        }
        let host = &self.portal_host;
        Err(CommandError::new(format!(
            "`{host}` cannot be the host of the web pages and of the log-in"
        ))
        .advice("Give the log-in a host of its own, for example id.amt.de."))
    }

    /// The authority's values file.
    pub fn file(&self) -> String {
        format!("{}.yaml", self.authority)
    }
}

/// The host of the web pages, the host of the log-in, and the way in to both.
fn ask_hosts(given: &Init, i: &mut Interview<'_>) -> Result<(String, String, WayIn), CommandError> {
    let (portal, identity) = (given.portal_host.clone(), given.identity_host.clone());
    Ok((
        i.ask("Host of the web pages", portal, "termin.example.org", host)?,
        i.ask("Host of the log-in", identity, "id.example.org", host)?,
        i.ask("The way into the cluster: gateway or ingress", given.way_in, "gateway", way_in)?,
    ))
}

/// The sender of e-mails and the server that takes them.
fn ask_mail(given: &Init, i: &mut Interview<'_>) -> Result<(String, String), CommandError> {
    let (from, server) = (given.mail_from.clone(), given.smtp_host.clone());
    Ok((
        i.ask("Sender of e-mails", from, "termine@example.org", address)?,
        i.ask("Server that takes e-mails", server, "smtp.example.org", host)?,
    ))
}

/// Where citizens log in, the issuer of that provider, and the issuer of the provider for staff.
fn ask_providers(
    given: &Init,
    i: &mut Interview<'_>,
) -> Result<(LogIn, String, String), CommandError> {
    let url = |value: &Option<Url>| value.as_ref().map(|url| trimmed(url.as_str()));
    let (citizens, staff) = (url(&given.issuer), url(&given.staff_issuer));
    let realm = "https://login.example.org/realms";
    Ok((
        i.ask("Where citizens log in: bund-id, e-id or keycloak", given.log_in, "bund-id", log_in)?,
        i.ask("Issuer of that provider", citizens, &format!("{realm}/buerger"), web)?,
        i.ask("Issuer of the provider for staff", staff, &format!("{realm}/amt"), web)?,
    ))
}

impl Interview<'_> {
    /// What was given, else an answer, else `usual`.
    fn ask<T: Written>(
        &mut self,
        question: &str,
        given: Option<T>,
        usual: &str,
        read: fn(&str) -> Result<T, String>,
    ) -> Result<T, CommandError> {
        let refused = |why: String| CommandError::new(format!("{question}: {why}"));
        if let Some(given) = given {
            // A flag's text has to be as good as an answer.
            return match given.written() {
                Some(text) => read(&text).map_err(refused),
                None => Ok(given),
            };
        }
        for _ in 0..TRIES {
            let answer = self.answer(question, usual)?;
            match read(&answer) {
                Ok(value) => return Ok(value),
                Err(why) if self.silent => return Err(refused(why)),
                Err(why) => eprintln!("  {why}"),
            }
        }
        Err(refused("no answer that can be used".to_owned()))
    }

    fn answer(&mut self, question: &str, usual: &str) -> Result<String, CommandError> {
        if self.silent {
            return Ok(usual.to_owned());
        }
        eprint!("{question} [{usual}]: ");
        let mut line = String::new();
        let read = self
            .input
            .read_line(&mut line)
            .map_err(|error| CommandError::from_error("cannot read the answer", &error))?;
        if read == 0 {
            return Err(CommandError::new(format!(
                "{question}: the input ended, nothing is written"
            ))
            .advice("Answer every question, or say --yes and name what you know by flags."));
        }
        let line = line.trim();
        Ok(if line.is_empty() { usual.to_owned() } else { line.to_owned() })
    }
}

/// What a flag gave, as it was written; `None` if its type has looked at it already.
trait Written {
    fn written(&self) -> Option<String>;
}

impl Written for String {
    fn written(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Written for AuthorityId {
    fn written(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Written for u8 {
    fn written(&self) -> Option<String> {
        None
    }
}

impl Written for FederalState {
    fn written(&self) -> Option<String> {
        None
    }
}

impl Written for LogIn {
    fn written(&self) -> Option<String> {
        None
    }
}

impl Written for WayIn {
    fn written(&self) -> Option<String> {
        None
    }
}

fn authority(text: &str) -> Result<AuthorityId, String> {
    let id: AuthorityId = text.parse().map_err(|error: ids::InvalidId| error.to_string())?;
    if TAKEN.contains(&text) {
        return Err(format!("`{text}` is what another file is called; choose another id"));
    }
    // Its release and its namespace are called so.
    if text.len() > LONGEST_RELEASE {
        return Err(format!(
            "write at most {LONGEST_RELEASE} letters: Helm takes no longer release"
        ));
    }
    if is_read_as_text(text) {
        Ok(id)
    } else {
        Err("it begins with a letter and is a word of its own, for example lea".to_owned())
    }
}

fn line(text: &str) -> Result<String, String> {
    let text = text.trim();
    let usable =
        !text.is_empty() && text.chars().count() <= LONGEST && !text.chars().any(char::is_control);
    if usable { Ok(text.to_owned()) } else { Err(format!("write 1 to {LONGEST} letters")) }
}

fn five(text: &str) -> Result<String, String> {
    let fits = text.len() == 5 && text.bytes().all(|digit| digit.is_ascii_digit());
    if fits { Ok(text.to_owned()) } else { Err("a postal code has five digits".to_owned()) }
}

fn state(text: &str) -> Result<FederalState, String> {
    text.to_uppercase().parse().map_err(|unknown: UnknownFederalState| unknown.to_string())
}

fn desks(text: &str) -> Result<u8, String> {
    let desks = text.parse().ok().filter(|desks| (1..=64).contains(desks));
    desks.ok_or_else(|| "a place has 1 to 64 desks".to_owned())
}

fn host(text: &str) -> Result<String, String> {
    let label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !label.is_empty() && label.len() <= 63 && label.bytes().all(inner)
    };
    let fits = text.contains('.') && text.len() <= LONGEST && text.split('.').all(label);
    if fits {
        Ok(text.to_owned())
    } else {
        Err("write a host name, without scheme and path, for example termin.amt.de".to_owned())
    }
}

fn address(text: &str) -> Result<String, String> {
    let parts = text.split_once('@').map(|(name, host)| (line(name), self::host(host)));
    match parts {
        Some((Ok(_), Ok(_))) => line(text),
        _ => Err("write an e-mail address, for example termine@amt.de".to_owned()),
    }
}

fn web(text: &str) -> Result<String, String> {
    let url = text.parse::<Url>().ok().filter(|url| url.scheme() == "https" && url.has_host());
    if url.as_ref().is_some_and(|url| !url.username().is_empty() || url.password().is_some()) {
        return Err("write it without user and password: it is no secret place".to_owned());
    }
    url.map(|url| trimmed(url.as_str()))
        .ok_or_else(|| "write an address that begins with https://".to_owned())
}

fn way_in(text: &str) -> Result<WayIn, String> {
    WayIn::from_str(text, true).map_err(|_| "write gateway or ingress".to_owned())
}

fn log_in(text: &str) -> Result<LogIn, String> {
    LogIn::from_str(text, true).map_err(|_| "write bund-id, e-id or keycloak".to_owned())
}

/// An issuer is compared letter by letter, mostly without a slash at its end.
fn trimmed(url: &str) -> String {
    url.trim_end_matches('/').to_owned()
}
