//! Against a real API server (`make test-kube`).

mod config_map;
mod election;
mod event;
mod playground;
