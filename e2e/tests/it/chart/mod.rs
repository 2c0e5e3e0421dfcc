//! What the chart promises, on manifests that real Helm rendered.

mod access;
mod auditor;
mod backups;
mod clusters;
mod manifests;
mod network;
mod operation;
mod operators;
mod overlays;
mod pods;
mod test_hook;

/// Every preset that a release is made of.
const PRESETS: [&str; 4] = ["lea", "buergeramt", "kfz", "platform"];
