//! A log-in: what our part of it takes while many people log in.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use reqwest::{Client, Response, header};
use serde_json::{Value, json};
use tokio::task::JoinSet;
use url::Url;

use crate::{
    Failure, Run, provider,
    report::{Report, Row, quantile},
    service::Service,
};

const PEOPLE: usize = 50;
/// Log-ins of each of them, the first one unmeasured.
const LOGINS: usize = 16;
/// How long a person takes at the provider on average. Much longer in truth.
const AT_THE_PROVIDER: Duration = Duration::from_secs(1);
/// Its multiples' fractions are spread evenly (Weyl's theorem).
const GOLDEN: f64 = 0.618_033_988_749_894_9;
const TARGET: Duration = Duration::from_millis(20);
const REDIRECT: &str = "http://portal.bench/callback";
/// The verifier and challenge of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// From the portal's redirect to the token for an authority, without the time at the provider
/// (but with its answer for the code).
pub async fn measure(run: &Run, report: &mut Report) -> Result<(), Failure> {
    let provider = provider::start()?;
    let identity = Service::start(run, "identity", |address, database| {
        json!({
            "process": { "demo": true },
            "identity": {
                "http": { "listen": address },
                "database": { "url": { "value": database } },
                "keys": {
                    "person": { "value": KEY }, "data": { "value": KEY }, "contact": { "value": KEY },
                },
                "authorities": ["lea"],
                "providers": [{
                    "id": "bench", "name": { "de": "Bench" }, "issuer": format!("http://{provider}/"),
                    "client_id": provider::CLIENT_ID, "client_secret": { "value": "secret" },
                }],
                "clients": [{
                    "id": "portal", "secret": { "value": "secret" }, "scopes": ["bookings"],
                    "redirect_uris": [REDIRECT],
                }],
            },
        })
    })
    .await?;
    let base = format!("http://{}", identity.address);
    let http = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        let (http, base) = (http.clone(), base.clone());
        people.spawn(async move {
            // People do not come all at once.
            tokio::time::sleep(AT_THE_PROVIDER / 50 * u32::try_from(number)?).await;
            let mut times = Vec::with_capacity(LOGINS);
            for login in 0..LOGINS {
                let pause = at_the_provider(number * LOGINS + login);
                times.push(log_in(&http, &base, number, pause).await?);
            }
            Ok::<_, Failure2>(times.split_off(1))
        });
    }
    let mut times = Vec::new();
    while let Some(done) = people.join_next().await {
        times.extend(done?.map_err(|failure| failure.to_string())?);
    }
    let millis = |share| quantile(&mut times.clone(), share) * 1e3;
    let (half, most) = (millis(0.5), millis(0.99));
    report.add(Row {
        name: "our part of a log-in, p99 / 20 ms".to_owned(),
        ratio: most / (TARGET.as_secs_f64() * 1e3),
        target: 1.0,
        at_least: false,
        detail: format!("{PEOPLE} people, median {half:.1} ms, p99 {most:.1} ms"),
    });
    Ok(())
}

type Failure2 = Box<dyn std::error::Error + Send + Sync>;

/// How long the `number`th visit there takes: half to one and a half times the average, spread
/// evenly. With one pause for all, log-ins that collided once would collide in every round.
fn at_the_provider(number: usize) -> Duration {
    let spread = (number as f64 * GOLDEN).fract();
    AT_THE_PROVIDER.mul_f64(0.5 + spread)
}

/// One log-in; the seconds that were ours.
async fn log_in(
    http: &Client,
    base: &str,
    person: usize,
    at_the_provider: Duration,
) -> Result<f64, Failure2> {
    let began = Instant::now();
    let authorize = format!(
        "{base}/authorize?client_id=portal&response_type=code&scope=openid%20offline_access\
         &redirect_uri={REDIRECT}&code_challenge={CHALLENGE}&code_challenge_method=S256"
    );
    let sent_away = http.get(authorize).send().await?;
    let cookie = sent_away.headers().get(header::SET_COOKIE).ok_or("no cookie")?.to_str()?;
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let asked = parameters(&location(&sent_away)?);
    let mut ours = began.elapsed();
    tokio::time::sleep(at_the_provider).await;

    let began = Instant::now();
    let code = provider::code(&asked["nonce"], person);
    let back = format!("{base}/callback/bench?state={}&code={code}", asked["state"]);
    let returned = http.get(back).header(header::COOKIE, cookie).send().await?;
    let code = parameters(&location(&returned)?).remove("code").ok_or("not logged in")?;
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
    ];
    let tokens = token(http, base, &exchange).await?;
    let refresh = tokens["refresh_token"].as_str().ok_or("no refresh token")?;
    let refresh = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("resource", "urn:fairtermin:authority:lea"),
    ];
    token(http, base, &refresh).await?;
    ours += began.elapsed();
    Ok(ours.as_secs_f64())
}

async fn token(http: &Client, base: &str, form: &[(&str, &str)]) -> Result<Value, Failure2> {
    let request = http.post(format!("{base}/token")).basic_auth("portal", Some("secret"));
    Ok(request.form(form).send().await?.error_for_status()?.json().await?)
}

fn location(response: &Response) -> Result<Url, Failure2> {
    let location = response.headers().get(header::LOCATION);
    let told = || format!("{} and no redirect", response.status());
    Ok(location.ok_or_else(told)?.to_str()?.parse()?)
}

fn parameters(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}
