//! A service's database: does it answer, is its schema this program's, is its clock right, and does
//! anything wait in it that should have left?

use ambient::{Clock as _, SystemClock};
use jiff::{SignedDuration, Timestamp};
use messaging::{Outbox, PublishedEvents};
use store::{Database, Server, StoreError};

use super::{
    installation::{DatabaseOf, Keeper},
    look::Look,
};

/// The oldest PostgreSQL that tests run with.
const MIN_POSTGRES: i64 = 15;

/// An event leaves within a second of its transaction.
const LONG: SignedDuration = SignedDuration::from_mins(1);

/// The clock of the server stamps nothing of ours; it decides about time-outs and leases.
const MAX_SKEW: SignedDuration = SignedDuration::from_secs(5);

/// Looks at a database with the rights of its service.
pub async fn look(kept: DatabaseOf, mut look: Look) -> Look {
    let database = match Database::connect(kept.url.expose()).await {
        Ok(database) => database,
        Err(error) => {
            look.broken(error.to_string(), next_without_connection(&error));
            return look;
        }
    };
    schema(kept.role, &database, &mut look).await;
    if look.to_mend() == 0
        && let Err(error) = contents(&kept, &database, &mut look).await
    {
        look.broken(error.to_string(), "the log of the database");
    }
    look
}

/// What to do about a database that refuses us.
fn next_without_connection(error: &StoreError) -> &'static str {
    match error {
        StoreError::UnknownAddress | StoreError::UnreadableAddress => "correct `database-url`",
        StoreError::RefusesUser => {
            "the server runs: compare user and password in `database-url` with those of the server"
        }
        StoreError::UnknownDatabase => {
            "the server runs: correct the name at the end of `database-url`, or create the database"
        }
        StoreError::RefusesConnections => {
            "the machine answers: does the server run, and are host and port in `database-url` right?"
        }
        _ => "does it run, is `database-url` right, and may this machine reach it?",
    }
}

async fn schema(role: Keeper, database: &Database, look: &mut Look) {
    let pending = match role {
        Keeper::Slot => slot::Application::pending_migrations(database).await,
        Keeper::Identity => identity::Application::pending_migrations(database).await,
        Keeper::Notification => notification::Application::pending_migrations(database).await,
    };
    match pending {
        Ok(pending) if pending.is_empty() => look.saw("schema up to date"),
        Ok(pending) => missing(role, &pending, database, look).await,
        Err(error @ (StoreError::Migrate(_) | StoreError::UnknownMigrations)) => {
            let next =
                "is this the database of this service, and this program as new as the running one?";
            look.broken(error.to_string(), next);
        }
        Err(error) => look.broken(error.to_string(), "the log of the database"),
    }
}

/// An empty database may be the new one, or a wrong one: migrating that would hide the mistake.
async fn missing(role: Keeper, pending: &[String], database: &Database, look: &mut Look) {
    let migrate = format!("fairtermin migrate {role} --config SETTINGS");
    match database.has_migrations().await {
        Ok(true) => {
            look.broken(format!("migrations are missing: {}", pending.join(", ")), migrate);
        }
        Ok(false) => {
            let next = format!(
                "is this the right database (the name at the end of `database-url`)? If it is new: \
                 {migrate}"
            );
            look.broken(format!("nothing of {role} was ever in it"), next);
        }
        Err(error) => look.broken(error.to_string(), "the log of the database"),
    }
}

async fn contents(
    kept: &DatabaseOf,
    database: &Database,
    look: &mut Look,
) -> Result<(), StoreError> {
    let before = SystemClock.now();
    if let Some(server) = database.server().await? {
        of_server(server, before, look);
    }
    if let Some(authority) = &kept.authority {
        whose(authority, PublishedEvents::last_authority(database).await?.as_deref(), look);
    }
    if kept.role != Keeper::Notification {
        outbox(database, look).await?;
        return Ok(());
    }
    let now = SystemClock.now();
    let backlog = notification::Application::backlog(database, now).await?;
    match backlog.oldest_due_message.map(|since| now.duration_since(since)) {
        Some(age) if age > LONG => {
            let problem = format!("an e-mail is due and waits for {} min", age.as_mins());
            look.broken(problem, "the log of notification: does the mail server take anything?");
        }
        _ => look.saw("no e-mail waits"),
    }
    match backlog.paused_webhooks {
        0 => look.saw("no webhook is paused"),
        count => look.warn(
            format!("{count} webhooks are paused: their agencies get no events"),
            "runbooks/fairtermin-webhook-paused.md",
        ),
    }
    Ok(())
}

/// Two authorities with one database would each show and cancel the other's appointments.
fn whose(authority: &str, last: Option<&str>, look: &mut Look) {
    if let Some(other) = last.filter(|other| *other != authority) {
        let problem = format!("it is that of `{other}`, and the settings are of `{authority}`");
        look.broken(problem, "correct `database-url`, or the catalogue of these settings");
    }
}

fn of_server(server: Server, before: Timestamp, look: &mut Look) {
    let Server { major_version, now } = server;
    if major_version < MIN_POSTGRES {
        let problem = format!(
            "PostgreSQL {major_version} is older than {MIN_POSTGRES}, the oldest that is tested"
        );
        look.warn(problem, "upgrade it");
    } else {
        look.saw(format!("PostgreSQL {major_version}"));
    }
    let off = now.duration_since(before);
    if off.abs() > MAX_SKEW {
        let problem = format!("its clock is {} s off this machine's", off.abs().as_secs());
        look.warn(problem, "chronyc tracking, on its node and here");
    }
}

/// Events that the broker has not confirmed.
async fn outbox(database: &Database, look: &mut Look) -> Result<(), StoreError> {
    let oldest = Outbox::oldest(database).await?;
    match oldest.map(|since| SystemClock.now().duration_since(since)) {
        Some(age) if age > LONG => {
            let waiting = Outbox::waiting(database).await?;
            let problem = format!(
                "{waiting} events wait for the broker, the oldest for {} min",
                age.as_mins()
            );
            look.broken(problem, "is the broker up, and `bus.relay` of the service on?");
        }
        _ => look.saw("no event waits"),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_of_another_authority_is_said() {
        for (last, to_mend) in [(None, 0), (Some("hafen"), 0), (Some("lea"), 1)] {
            let mut look = Look::at("database of slot");
            whose("hafen", last, &mut look);
            assert_eq!(look.to_mend(), to_mend, "{look}");
        }
    }

    #[test]
    fn what_the_server_said_decides_what_to_do() {
        for (error, next) in [
            (StoreError::RefusesUser, "user and password"),
            (StoreError::UnknownDatabase, "the name at the end"),
            (StoreError::RefusesConnections, "host and port"),
        ] {
            assert!(next_without_connection(&error).contains(next), "{error}");
        }
    }
}
