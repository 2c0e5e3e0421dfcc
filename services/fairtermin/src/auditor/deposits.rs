//! Copies of authorities' seeds: each is opened as soon as its draw is announced, compared with the
//! announcement, and said to hold or not.
//!
//! A deposit counts once the auditor has opened it (`libs/draw/README.md`, section 2): an escrow that nobody
//! opens could hold anything. What holds is kept as it was published, so that `fairtermin auditor open` gives
//! the seed even if the authority shows nothing any more. The seed itself is never written.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use auth::{BoundedHttp, HttpError};
use draw::{Announcement, AuditorKey, Bytes, Escrow, NotOpened, Secret, Seed, canonical};
use ids::DrawId;
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use crate::command_error::CommandError;

/// Between two looks at each authority. A draw is announced an hour before people can enter.
const INTERVAL: Duration = Duration::from_secs(60);
/// For one answer of an authority.
const TIMEOUT: Duration = Duration::from_secs(30);
/// For all that one authority answers in one look: a slow one keeps the others waiting no longer.
const TURN: Duration = Duration::from_secs(60);
/// An announcement of 100,000 rows has less. The chart's memory limit leaves room for some copies of it.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// New draws of one authority in one look; the next look goes on. Nobody has as many, and a list without end
/// costs this much a minute.
const MOST_DRAWS: usize = 50;
/// What a kept announcement and a kept escrow are called behind the announcement's digest.
const ANNOUNCEMENT: &str = "announcement.json";
const ESCROW: &str = "escrow.json";

/// Why an escrow is no deposit. The public reads it, so it says nothing of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoDeposit {
    #[error("the escrow is of another announcement")]
    OtherAnnouncement,
    #[error("the escrow cannot be opened: {0}")]
    NotOpened(#[from] NotOpened),
    #[error("the escrow has another seed than the announcement is bound to")]
    OtherSeed,
    #[error("the escrow is not readable")]
    Unreadable,
    #[error("no escrow is published with the announcement")]
    Missing,
}

/// The seed in an escrow, if it is the announced one.
pub(super) fn opened(
    key: &AuditorKey,
    draw: &Announcement,
    escrow: &Escrow,
) -> Result<Seed, NoDeposit> {
    if escrow.announcement != draw.digest() {
        return Err(NoDeposit::OtherAnnouncement);
    }
    let seed = key.open(escrow)?;
    if Secret::Seed.commitment(&draw.draw, &seed) != draw.commitment {
        return Err(NoDeposit::OtherSeed);
    }
    Ok(seed)
}

/// What the auditor says of the deposit of one announcement.
pub(super) type Verdict = Result<(), NoDeposit>;

/// Keeps the deposits of some authorities, and says what it found.
pub(super) struct Deposits {
    key: AuditorKey,
    folder: PathBuf,
    authorities: Vec<Url>,
    http: BoundedHttp,
    /// For one authority in one look.
    turn: Duration,
    /// By digest of the announcement, which says of which draw of which authority it is.
    said: Mutex<BTreeMap<Bytes<32>, Verdict>>,
}

/// The draws that were looked at, of each authority.
type Seen = BTreeSet<(Url, DrawId)>;

/// An authority could not be read, or its deposit not be kept. The next look tries again.
#[derive(Debug, thiserror::Error)]
enum NotRead {
    #[error(transparent)]
    Http(#[from] HttpError),
    #[error("it answers {0}")]
    Status(u16),
    #[error("it answers too slowly; the rest is read later")]
    Slow,
    #[error("its answer is no list of draws and no draw")]
    Form,
    #[error("its announcement is not readable: {0}")]
    Announcement(#[from] canonical::Unreadable),
    #[error("the deposit cannot be kept: {0}")]
    NotKept(#[from] io::Error),
}

#[derive(Deserialize)]
struct Listed {
    draws: Vec<ListedDraw>,
}

#[derive(Deserialize)]
struct ListedDraw {
    id: DrawId,
    status: Status,
}

/// Whether the authority's seed is still secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Announced,
    Frozen,
    #[serde(other)]
    Later,
}

/// One draw: documents as texts, since their hashes count.
#[derive(Deserialize)]
struct Published {
    announcement: String,
    #[serde(default)]
    escrow: Option<String>,
}

impl Deposits {
    /// With the deposits that are in `folder` already.
    ///
    /// # Errors
    /// The folder cannot be made or read, or TLS cannot be set up on this machine.
    pub(super) fn in_folder(
        key: AuditorKey,
        folder: PathBuf,
        authorities: Vec<Url>,
    ) -> Result<Self, CommandError> {
        let http = BoundedHttp::new(TIMEOUT, MAX_BYTES)
            .map_err(|error| CommandError::from_error("cannot ask any authority", &error))?;
        let deposits = Self { key, folder, authorities, http, turn: TURN, said: Mutex::default() };
        let doing = format!("cannot use {}", deposits.folder.display());
        deposits.read_kept().map_err(|error| CommandError::from_error(&doing, &error))?;
        Ok(deposits)
    }

    /// What is said of this announcement; `None` if no authority showed it.
    pub(super) fn verdict(&self, announcement: &Bytes<32>) -> Option<Verdict> {
        self.said().get(announcement).copied()
    }

    /// Looks at each authority, for ever.
    pub(super) async fn follow(&self) {
        let mut seen = Seen::new();
        loop {
            self.look(&mut seen).await;
            tokio::time::sleep(INTERVAL).await;
        }
    }

    /// Looks at each authority once, one after the other: of long announcements one at a time is in memory. One
    /// that does not answer, or slowly, keeps no other from being looked at.
    async fn look(&self, seen: &mut Seen) {
        for authority in &self.authorities {
            let looked = tokio::time::timeout(self.turn, self.look_at(authority, seen)).await;
            if let Err(error) = looked.unwrap_or(Err(NotRead::Slow)) {
                eprintln!("{}: {error}", authority.host_str().unwrap_or_default());
            }
        }
    }

    async fn look_at(&self, authority: &Url, seen: &mut Seen) -> Result<(), NotRead> {
        let listed: Listed = self.ask(authority, "v1/draws").await?;
        let secret = listed.draws.into_iter().filter(|draw| draw.status != Status::Later);
        let secret: BTreeSet<_> = secret.map(|draw| (authority.clone(), draw.id)).collect();
        seen.retain(|one| one.0 != *authority || secret.contains(one));
        let new: Vec<_> = secret.difference(seen).take(MOST_DRAWS).cloned().collect();
        let mut failed = Ok(());
        for one in new {
            match self.take(authority, one.1).await {
                Ok(()) => _ = seen.insert(one),
                Err(error) => failed = Err(error),
            }
        }
        failed
    }

    /// Reads one draw, opens its escrow, and says what it found.
    async fn take(&self, authority: &Url, id: DrawId) -> Result<(), NotRead> {
        let published: Published = self.ask(authority, &format!("v1/draws/{id}")).await?;
        let announcement: Announcement = canonical::read(published.announcement.as_bytes())?;
        let verdict = self.judge(&announcement, published.escrow.as_deref());
        let digest = announcement.digest();
        if let (Ok(()), Some(escrow)) = (verdict, &published.escrow) {
            keep(&self.folder, digest, &published.announcement, escrow)?;
        }
        match verdict {
            Ok(()) => eprintln!("{id}, {digest}: the deposit holds"),
            Err(why) => eprintln!("{id}, {digest}: NO DEPOSIT: {why}"),
        }
        self.say(digest, verdict);
        Ok(())
    }

    fn judge(&self, announcement: &Announcement, escrow: Option<&str>) -> Verdict {
        let escrow = escrow.ok_or(NoDeposit::Missing)?;
        let escrow: Escrow =
            canonical::read(escrow.as_bytes()).map_err(|_| NoDeposit::Unreadable)?;
        opened(&self.key, announcement, &escrow).map(drop)
    }

    /// What holds once holds for ever: another body could show the same announcement with a wrong escrow.
    fn say(&self, announcement: Bytes<32>, verdict: Verdict) {
        let mut said = self.said();
        if verdict.is_ok() {
            said.insert(announcement, verdict);
        } else {
            said.entry(announcement).or_insert(verdict);
        }
    }

    fn said(&self) -> MutexGuard<'_, BTreeMap<Bytes<32>, Verdict>> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask<T: DeserializeOwned>(&self, authority: &Url, path: &str) -> Result<T, NotRead> {
        let url = authority.join(path).map_err(|_| NotRead::Form)?;
        let answer = self.http.get(url).await?;
        if !answer.status.is_success() {
            return Err(NotRead::Status(answer.status.as_u16()));
        }
        serde_json::from_slice(&answer.body).map_err(|_| NotRead::Form)
    }

    /// Opens what was kept before: with another key it holds no more, and that is said at once.
    fn read_kept(&self) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let digest = name.to_str().and_then(|name| name.strip_suffix(ANNOUNCEMENT));
            let Some(digest) = digest.and_then(|digest| digest.strip_suffix('.')) else { continue };
            let announcement = fs::read(self.folder.join(format!("{digest}.{ANNOUNCEMENT}")))?;
            let announcement: Announcement =
                canonical::read(&announcement).map_err(io::Error::other)?;
            let escrow = fs::read_to_string(self.folder.join(format!("{digest}.{ESCROW}")))?;
            self.say(announcement.digest(), self.judge(&announcement, Some(escrow.as_str())));
        }
        Ok(())
    }
}

/// Keeps both documents as they were published. The escrow goes first: whatever has an announcement is whole.
fn keep(folder: &Path, digest: Bytes<32>, announcement: &str, escrow: &str) -> io::Result<()> {
    for (kind, text) in [(ESCROW, escrow), (ANNOUNCEMENT, announcement)] {
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(text.as_bytes())?;
        new.as_file().sync_all()?;
        new.persist(folder.join(format!("{digest}.{kind}")))?;
    }
    fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests;
