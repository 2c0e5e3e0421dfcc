//! The life of a service: it answers, and it ends in order.

mod guard;

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{HttpResponse, web};
use ambient::{Clock, SeededEntropy, SystemClock};
use service::{Host, HttpSettings, Jobs, Mode, RunError, Runtime};
use telemetry::Shutdown;

/// A test that takes longer hangs.
const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

fn runtime(clock: Arc<dyn Clock>) -> Runtime {
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    Runtime {
        clock,
        entropy: Arc::new(SeededEntropy::new(1)),
        shutdown: Shutdown::new(),
        in_process_bus: None,
        mode: Mode::Demo,
    }
}

fn open() -> (Host, Shutdown) {
    let runtime = runtime(Arc::new(SystemClock));
    let shutdown = runtime.shutdown.clone();
    let any = "127.0.0.1:0".parse().unwrap();
    let settings = HttpSettings { metrics: Some(any), ..HttpSettings::at(any, Some(1)) };
    (Host::open(&settings, runtime).unwrap(), shutdown)
}

fn routes(config: &mut web::ServiceConfig) {
    config.route("/hello", web::get().to(async || HttpResponse::Ok().body("hello")));
}

async fn finished(run: impl Future<Output = Result<(), RunError>>) -> Result<(), RunError> {
    tokio::time::timeout(WAIT_TIMEOUT, run).await.expect("the service ends")
}

#[tokio::test]
async fn a_service_answers_and_ends_its_jobs_in_order() {
    let (host, shutdown) = open();
    let (address, metrics) = (host.address(), host.metrics_address().unwrap());
    let said: Arc<Mutex<Vec<&str>>> = Arc::default();
    let mut jobs = Jobs::default();
    let guard = NotesItsEnd("the job ended", Arc::clone(&said));
    jobs.spawn(async move {
        let _guard = guard;
        std::future::pending().await
    });
    let guard = NotesItsEnd("the last job ended", Arc::clone(&said));
    jobs.spawn_last("last", async move |others_ended| {
        let _guard = guard;
        others_ended.triggered().await;
    });
    let asked = async {
        let mut statuses = Vec::new();
        for (address, path) in [
            (address, "hello"),
            (address, "livez"),
            (address, "readyz"),
            (address, "nowhere"),
            (address, "metrics"),
            (metrics, "metrics"),
            (metrics, "hello"),
        ] {
            let answer = reqwest::get(format!("http://{address}/{path}")).await.unwrap();
            statuses.push(answer.status().as_u16());
        }
        shutdown.trigger();
        statuses
    };
    let (ended, statuses) = tokio::join!(finished(host.run(jobs, routes)), asked);
    ended.unwrap();
    assert_eq!(statuses, [200, 200, 200, 404, 404, 200, 404]);
    assert_eq!(*said.lock().unwrap(), ["the job ended", "the last job ended"]);
}

#[tokio::test]
async fn a_job_that_panics_ends_the_service() {
    let (host, _shutdown) = open();
    let mut jobs = Jobs::default();
    jobs.spawn(async {});
    jobs.spawn(async { panic!("a mistake") });
    let ended = finished(host.run(jobs, routes)).await;
    assert!(matches!(ended, Err(RunError::Job(_))), "{ended:?}");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let (host, _shutdown) = open();
    let settings = HttpSettings::at(host.address(), None);
    let error = Host::open(&settings, host.runtime().clone()).unwrap_err().to_string();
    assert!(error.contains(&host.address().to_string()), "{error}");
}

/// Says so when it is dropped.
struct NotesItsEnd(&'static str, Arc<Mutex<Vec<&'static str>>>);

impl Drop for NotesItsEnd {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}
