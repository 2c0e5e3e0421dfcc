//! An event belongs to the trace of the request that caused it, up to its effect.

use std::sync::{Arc, Mutex};

use ambient::SystemClock;
use async_trait::async_trait;
use messaging::{Consumer, Event, Handler, HandlerError, Outbox, Queue, Relay, UnitOfWork, Wake};
use proto::person::v1::PersonErased;
use telemetry::TraceContext;

use crate::support::{SOON, event, worlds};

const GIVEN: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

/// Notes in which trace each event is handled.
#[derive(Clone, Default)]
struct Traces(Arc<Mutex<Vec<Option<TraceContext>>>>);

#[async_trait]
impl Handler<PersonErased> for Traces {
    async fn handle<'a>(
        &'a self,
        _: &mut UnitOfWork<'a>,
        _: &Event,
        _: PersonErased,
    ) -> Result<(), HandlerError> {
        self.0.lock().unwrap().push(TraceContext::current());
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_handled_in_the_trace_in_which_it_happened() {
    let trace: TraceContext = GIVEN.parse().unwrap();
    for (bus, database) in worlds("traces").await {
        let traces = Traces::default();
        let queue = Queue::notification();
        let clock = Arc::new(SystemClock);
        let consumer = Consumer::new(queue, database.clone(), Arc::clone(&bus), clock)
            .on::<PersonErased>(traces.clone());
        let relay = Relay::new(database.clone(), Arc::clone(&bus), Wake::default());
        let jobs = [tokio::spawn(consumer.run()), tokio::spawn(relay.run())];

        let (caused, alone) = (trace.scope(async { event("psn_1") }).await, event("psn_1"));
        Outbox::enqueue(database.connection(), &caused).await.unwrap();
        Outbox::enqueue(database.connection(), &alone).await.unwrap();
        let handled = testkit::eventually(SOON, async || {
            let handled = traces.0.lock().unwrap().clone();
            (handled.len() == 2).then_some(handled)
        })
        .await;
        assert_eq!(handled, [Some(trace), None], "{bus:?}");
        jobs.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
