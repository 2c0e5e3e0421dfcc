//! Which tables hold something about a person, column by column. A test compares this with the schema: a
//! new column is told to its person, or it says here why not.

use ::store::personal::{Column, Table};

const HASH: &str = "a keyed hash: nobody can read anything from it";
const OTHERS: &str = "names other people whom the question is about";

/// Codes of cases that concern the person.
const OWN_CASES: &str = "code IN (SELECT code FROM cases WHERE provisional = $1 \
    UNION SELECT case_code FROM sessions WHERE person = $1)";

/// What was done with what is the person's.
const AUDITED: &str = "id IN (SELECT id FROM audit WHERE subject = $1 \
    UNION SELECT audit.id FROM audit JOIN acquaintances ON audit.subject = acquaintances.pseudonym \
        WHERE acquaintances.person = $1 \
    UNION SELECT audit.id FROM audit JOIN cases ON audit.subject = cases.code \
        WHERE cases.provisional = $1 \
    UNION SELECT audit.id FROM audit JOIN sessions ON audit.subject = sessions.case_code \
        WHERE sessions.person = $1)";

/// What is told to a person who asks.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "persons",
        kind: "persons",
        whose: "id = $1",
        columns: &[
            Column::text("id"),
            Column::instant("created_at"),
            Column::text("dissolved_in"),
            Column::number("changes"),
        ],
    },
    Table {
        name: "evidence",
        kind: "evidence",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::text("level"),
            Column::text("provider"),
            Column::instant("proven_at"),
            Column::instant("seen_at"),
            Column::bytes("sealed_attributes"),
        ],
    },
    Table {
        name: "name_claims",
        kind: "name_claims",
        whose: "person = $1",
        columns: &[
            Column::left_out("fingerprint", HASH),
            Column::text("person"),
            Column::text("form"),
            Column::text("level"),
            Column::instant("created_at"),
        ],
    },
    Table {
        name: "login_keys",
        kind: "login_keys",
        whose: "person = $1",
        columns: &[
            Column::text("provider"),
            Column::left_out("login_key", HASH),
            Column::text("person"),
            Column::text("level"),
            Column::instant("created_at"),
            Column::instant("last_used_at"),
        ],
    },
    Table {
        name: "contacts",
        kind: "contacts",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::bytes("sealed_email"),
            Column::instant("changed_at"),
            Column::flag("chosen"),
        ],
    },
    Table {
        name: "email_claims",
        kind: "email_claims",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::bytes("sealed_email"),
            Column::left_out("code_mac", HASH),
            Column::instant("expires_at"),
            Column::number("tries"),
            Column::number("sent"),
            Column::instant("sent_at"),
            Column::instant("window_began_at"),
        ],
    },
    Table {
        name: "acquaintances",
        kind: "known_authorities",
        whose: "person = $1",
        columns: &[
            Column::text("person"),
            Column::text("authority"),
            Column::text("pseudonym"),
            Column::instant("contact_of"),
        ],
    },
    Table {
        name: "sessions",
        kind: "sessions",
        whose: "person = $1",
        columns: &[
            Column::text("id"),
            Column::text("person"),
            Column::left_out("staff", "stands only in log-ins of staff"),
            Column::text("client"),
            Column::text("provider"),
            Column::left_out("provider_subject", HASH),
            Column::left_out("provider_session", HASH),
            Column::text("level"),
            Column::instant("auth_time"),
            Column::text("language"),
            Column::instant("expires_at"),
            Column::instant("ended_at"),
            Column::text("case_code"),
            Column::left_out("doubt", OTHERS),
        ],
    },
    Table {
        name: "cases",
        kind: "cases",
        whose: OWN_CASES,
        columns: &[
            Column::text("code"),
            Column::left_out("subject", HASH),
            Column::instant("opened_at"),
            Column::text("matter"),
            Column::text("status"),
            Column::left_out("state", OTHERS),
            Column::bytes("sealed_attributes"),
            Column::text("authority"),
            Column::text("provisional"),
        ],
    },
    Table {
        name: "doubts",
        kind: "doubts",
        whose: "person = $1",
        columns: &[Column::text("person"), Column::left_out("doubt", OTHERS)],
    },
    Table {
        name: "audit",
        kind: "audit",
        whose: AUDITED,
        columns: &[
            Column::text("id"),
            Column::instant("at"),
            Column::text("actor"),
            Column::text("action"),
            Column::text("subject"),
            // Only whose staff it was is told (`app/export_person.rs`): the rest may name other people.
            Column::text("details"),
        ],
    },
];

/// Tables that hold nothing that is told, and why.
#[cfg(test)]
pub(crate) const OTHER_TABLES: &[(&str, &str)] = &[
    ("attempts", "log-ins under way, for minutes and before anybody knows whose"),
    ("clients", "programs"),
    ("codes", "hashes of codes of log-ins, for a minute"),
    (
        "draw_tickets",
        "keyed hashes of who has a ticket for an open draw; app/export_person.rs tells them",
    ),
    ("ended_tokens", "ids of tokens of programs"),
    ("name_locks", "hashes of names, to keep two log-ins apart"),
    ("outbox", "events on their way, gone once they are sent"),
    ("outbox_lanes", "numbers"),
    ("published_events", "events that were sent, gone after `bus.keep_published_days`"),
    ("pushed_requests", "log-ins under way, for minutes and before anybody knows whose"),
    ("refresh_tokens", "hashes of the tokens of log-ins, which are told"),
    ("seaql_migrations", "the version of the schema"),
    ("ticket_draws", "draws, and how many tickets were given for them"),
    ("used_once", "hashes of what may be presented once"),
];

#[cfg(test)]
mod tests {
    use ::store::{Database, personal::differences};

    use super::*;
    use crate::store::migrations::Migrator;

    /// A new table or column must be told to its person, or this file says why not.
    #[tokio::test]
    async fn every_column_of_every_table_is_told_or_says_why_not() {
        let database = Database::connect("sqlite::memory:").await.unwrap();
        database.migrate::<Migrator>().await.unwrap();
        let found = differences(database.connection(), TABLES, OTHER_TABLES).await.unwrap();
        assert!(found.is_empty(), "store/personal.rs: {found:#?}");
        for table in TABLES {
            let read = table.read(database.connection(), "prs_00000000000000000000000001").await;
            assert!(read.unwrap().is_empty(), "{}", table.name);
        }
    }
}
