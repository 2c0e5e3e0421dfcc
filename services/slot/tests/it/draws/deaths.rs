//! Processes that die at each step of a draw. The database refuses the step, as it does when the
//! connection breaks in the middle of it; the process ends; another one goes on.

use super::{Drawing, holds};
use crate::store;

/// A step: which rows it writes, and where the draw stands before.
pub struct Death {
    /// The table, and which of its rows are refused.
    table: &'static str,
    event: &'static str,
    rows: &'static str,
    /// Where the draw stands when the process dies.
    status: &'static str,
}

const DEATHS: [Death; 9] = [
    Death {
        table: "draw_documents",
        event: "INSERT",
        rows: "NEW.kind = 'freeze'",
        status: "announced",
    },
    Death {
        table: "draw_documents",
        event: "INSERT",
        rows: "NEW.kind = 'reveal'",
        status: "frozen",
    },
    Death {
        table: "draw_documents",
        event: "INSERT",
        rows: "NEW.kind = 'sealed-seats'",
        status: "revealed",
    },
    // The fifth appointment: some winners are booked, others are not.
    Death {
        table: "bookings",
        event: "INSERT",
        rows: "(SELECT count(*) FROM bookings) = 4",
        status: "drawn",
    },
    // The booking is there, the end of its entry is not. (Two of twelve turns come to nothing.)
    Death {
        table: "draw_entries",
        event: "UPDATE",
        rows: "NEW.status = 'booked' AND NEW.turn >= 7",
        status: "drawn",
    },
    Death {
        table: "draw_entries",
        event: "UPDATE",
        rows: "NEW.status = 'without'",
        status: "drawn",
    },
    Death {
        table: "reservations",
        event: "UPDATE",
        rows: "OLD.kind = 'draw_pool'",
        status: "drawn",
    },
    // Between booking and publishing.
    Death { table: "draws", event: "UPDATE", rows: "NEW.status = 'settled'", status: "drawn" },
    Death { table: "draws", event: "UPDATE", rows: "NEW.ended_at IS NOT NULL", status: "settled" },
];

impl Death {
    /// A step of something else than a draw.
    pub const fn of(table: &'static str, event: &'static str, rows: &'static str) -> Self {
        Self { table, event, rows, status: "" }
    }

    pub async fn set_up(&self, url: &str) {
        let Self { table, event, rows, .. } = self;
        if url.starts_with("sqlite") {
            let sql = format!(
                "CREATE TRIGGER death BEFORE {event} ON {table} WHEN {rows} \
                 BEGIN SELECT RAISE(ABORT, 'death'); END"
            );
            return store::run(url, &sql).await;
        }
        let sql = format!(
            "CREATE FUNCTION death() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF {rows} THEN RAISE EXCEPTION 'death'; END IF; RETURN NEW; END $$; \
             CREATE TRIGGER death BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION death()"
        );
        store::run(url, &sql).await;
    }

    pub async fn take_away(&self, url: &str) {
        let table = self.table;
        let sql = match url.starts_with("sqlite") {
            true => "DROP TRIGGER death".to_owned(),
            false => format!("DROP TRIGGER death ON {table}; DROP FUNCTION death()"),
        };
        store::run(url, &sql).await;
    }

    /// Nobody has gone further than this, although somebody tried.
    async fn happened(&self, drawing: &Drawing, id: &str) {
        testkit::eventually(super::DEADLINE, async || {
            let is_stuck = drawing.office.number("draws_stuck").await > 0;
            (is_stuck && drawing.status(id).await == self.status).then_some(())
        })
        .await;
    }
}

/// How many offices run at once. Most of their time they wait for the next tick.
const AT_ONCE: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_dies_at_any_step_changes_nothing_about_the_end() {
    for deaths in DEATHS.chunks(AT_ONCE) {
        let mut running = tokio::task::JoinSet::new();
        for death in deaths {
            for drawing in Drawing::each().await {
                running.spawn(it_ends_the_same(death, drawing));
            }
        }
        while let Some(ended) = running.join_next().await {
            ended.unwrap();
        }
    }
}

async fn it_ends_the_same(death: &'static Death, mut drawing: Drawing) {
    let id = drawing.announced("visa").await;
    // Ten of twelve seats are wanted, and the first one by three people.
    let mut entered = Vec::new();
    for number in 0..12 {
        let person = drawing.office.person();
        let late = serde_json::json!([{ "after": "08:20" }]);
        let first = serde_json::json!([{ "before": "08:10" }]);
        let wishes = if number < 9 { late } else { first };
        let entry = drawing.enter(&id, &person, wishes, "key").await.expect(201);
        entered.push((person, entry));
    }
    let url = drawing.office.database_url.clone();
    death.set_up(&url).await;
    drawing.close();
    death.happened(&drawing, &id).await;
    drawing.office.stop().await;
    death.take_away(&url).await;
    drawing.office.restart().await;
    drawing.until(&id, "settled").await;
    // Only then nothing is left to be done.
    testkit::eventually(super::DEADLINE, async || {
        (!store::kinds(&url).await.contains_key("draw_pool")).then_some(())
    })
    .await;
    holds(&drawing.proof(&id).await, &entered);
    let outcomes = drawing.outcomes(&id, &entered).await;
    let expected = [("booked".to_owned(), 10), ("without".to_owned(), 2)];
    assert_eq!(outcomes, expected.into(), "{}: {}", death.table, death.rows);
    for (person, _) in &entered[..9] {
        assert_eq!(drawing.office.bookings_of(person).await.len(), 1);
    }
}
