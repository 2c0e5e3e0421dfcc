//! What a service counts: its numbers for Prometheus, on a port of their own.

use url::Url;

use super::{
    examiner::{Examiner, next_without_answer},
    look::Look,
};

/// A number that should be 0: its name, what it says otherwise, and what to do.
const SHOULD_BE_ZERO: [(&str, &str, &str); 11] = [
    (
        "fairtermin_catalogue_refused",
        "the newest catalogue has a mistake; the last good one is in force",
        "runbooks/fairtermin-catalogue-refused.md",
    ),
    ("fairtermin_draws_stuck", "a draw does not go on", "runbooks/fairtermin-draws-stuck.md"),
    (
        "fairtermin_draws_unannounced",
        "a draw is due and cannot be announced",
        "runbooks/fairtermin-draws-unannounced.md",
    ),
    (
        "fairtermin_draws_overdue",
        "a draw closed hours ago and has no result",
        "runbooks/fairtermin-draws-overdue.md",
    ),
    ("fairtermin_draws_void", "a draw became void today", "runbooks/fairtermin-draws-void.md"),
    (
        "fairtermin_waiting_list_stuck",
        "waiting lists do not go on",
        "runbooks/fairtermin-waiting-lists-stuck.md",
    ),
    ("fairtermin_log_stuck", "the public log is not signed", "runbooks/fairtermin-log-stuck.md"),
    (
        "fairtermin_log_witnesses_behind",
        "witnesses have not cosigned the public log",
        "runbooks/fairtermin-witnesses-behind.md",
    ),
    (
        "fairtermin_webhooks_paused",
        "agencies get no events: their endpoints are paused",
        "runbooks/fairtermin-webhook-paused.md",
    ),
    (
        "fairtermin_webhooks_failing",
        "endpoints of agencies fail and have events waiting",
        "runbooks/fairtermin-webhooks-failing.md",
    ),
    (
        "fairtermin_revocations_deaf",
        "the broker is lost: ended log-ins are heard of late",
        "runbooks/fairtermin-revocations-unheard.md",
    ),
];

/// Looks at the numbers behind `url`.
pub async fn look(examiner: Examiner, url: Url, mut look: Look) -> Look {
    let Ok(address) = url.join("/metrics") else { return look };
    let answer = match examiner.document(&address).await {
        Ok(answer) => answer,
        Err(reason) => {
            let next = if reason.starts_with("it answers") {
                "is this the port of /metrics, 9464?"
            } else {
                next_without_answer(&reason)
            };
            look.broken(format!("no numbers: {reason}"), next);
            return look;
        }
    };
    judge(&String::from_utf8_lossy(&answer.response.body), &mut look);
    look
}

fn judge(text: &str, look: &mut Look) {
    let mut count = 0;
    for line in text.lines().filter(|line| line.starts_with("fairtermin_")) {
        let Some((name, value)) = line.rsplit_once(' ') else { continue };
        let Ok(value) = value.parse::<f64>() else { continue };
        count += 1;
        if let Some((_, problem, next)) = SHOULD_BE_ZERO.iter().find(|(zero, ..)| *zero == name)
            && value > 0.0
        {
            look.warn(format!("{problem} ({name} is {value})"), *next);
        }
        if let Some(part) = part(name)
            && value == 0.0
        {
            look.broken(format!("it does without {part}"), "runbooks/fairtermin-part-away.md");
        }
    }
    if count == 0 {
        look.broken("there is no number of Fairtermin", "is this the port of /metrics, 9464?");
    } else {
        look.saw(format!("{count} numbers"));
    }
}

/// `database` of `fairtermin_part_ready{part="database"}`.
fn part(name: &str) -> Option<&str> {
    name.strip_prefix("fairtermin_part_ready{part=\"")?.strip_suffix("\"}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_should_be_zero_and_what_is_away_is_said() {
        let text = "# TYPE fairtermin_part_ready gauge\n\
            fairtermin_part_ready{part=\"database\"} 1\n\
            fairtermin_part_ready{part=\"holds\"} 0\n\
            fairtermin_draws_stuck 2\nfairtermin_draws_overdue 0\nfairtermin_draws_void 1\n\
            fairtermin_catalogue_refused 0\n# EOF\n";
        let mut look = Look::at("slot");
        judge(text, &mut look);
        assert_eq!(look.to_mend(), 3);
        let told = look.to_string();
        assert!(told.contains("without holds") && told.contains("draws_stuck is 2"), "{told}");
        assert!(told.contains("fairtermin-draws-void.md"), "{told}");
    }

    #[test]
    fn a_page_of_another_program_is_said() {
        let mut look = Look::at("slot");
        judge("go_goroutines 12\n", &mut look);
        assert_eq!(look.to_mend(), 1);
    }
}
