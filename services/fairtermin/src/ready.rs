//! `ready`: asks running services whether they can do all of their work, as `helm test` does.

use std::time::Duration;

use auth::BoundedHttp;
use tokio::time::Instant;
use url::Url;

use crate::{
    address::web_address, arguments::Ready, command_error::CommandError, doctor::is_ours,
    hidden::without_users,
};

/// For one question.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The answer names the parts that are missing, each with a reason.
const MAX_BYTES: usize = 16 * 1024;

/// Between two questions to a service that is not ready.
const PAUSE: Duration = Duration::from_secs(2);

/// Asks each service until it is ready or the time for all of them is over.
pub async fn run(arguments: Ready) -> Result<(), CommandError> {
    let http = BoundedHttp::new(TIMEOUT, MAX_BYTES)
        .map_err(|error| CommandError::from_error("cannot ask any service", &error))?;
    let deadline = Instant::now() + Duration::from_secs(arguments.wait_seconds.into());
    let services = arguments.services.iter().map(|text| web_address(text));
    let services = services.collect::<Result<Vec<Url>, CommandError>>()?;
    let mut unready = Vec::new();
    for service in &services {
        match until_ready(&http, service, deadline).await {
            Ok(()) => println!("{} is ready", without_users(service.as_str())),
            Err(reason) => unready.push(format!("{service} is not ready: {reason}")),
        }
    }
    if unready.is_empty() { Ok(()) } else { Err(CommandError::new(unready.join("\n"))) }
}

/// The last reason, if the service did not get ready.
async fn until_ready(http: &BoundedHttp, service: &Url, deadline: Instant) -> Result<(), String> {
    loop {
        let answer = ask(http, service).await;
        if answer.is_ok() || Instant::now() + PAUSE > deadline {
            return answer;
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn ask(http: &BoundedHttp, service: &Url) -> Result<(), String> {
    let address = service.join("/readyz").map_err(|error| error.to_string())?;
    let answer = http.get(address).await.map_err(|error| error.to_string())?;
    let body = String::from_utf8_lossy(&answer.body);
    // The first line is `ok`; a part that some of the work needs and that is away has a line of its own.
    let without: Vec<&str> = body.lines().filter(|line| line.starts_with("without ")).collect();
    if answer.status.is_success() && !is_ours(&answer.body) {
        return Err("something answers there, but it is none of the four services".to_owned());
    }
    match (answer.status.is_success(), without.is_empty()) {
        (true, true) => Ok(()),
        (true, false) => Err(format!("it serves {}", without.join(", "))),
        (false, _) => Err(format!("{} {}", answer.status, body.trim())),
    }
}
