//! The authorities of the demo witness each other's public logs, with what `fairtermin witness` is made of.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    sync::Arc,
};

use ambient::Clock;
use ids::AuthorityId;
use serde_json::{Value, json};
use telemetry::Shutdown;
use tlog::{Hash, KeyKind, SigningKey, VerifierKey, Witness};

use crate::{
    command_error::CommandError,
    running::Running,
    witness::{Watch, serve_several},
};

/// One witness an authority, all at one port of the loopback address.
pub struct Witnesses {
    listener: TcpListener,
    address: SocketAddr,
    keys: Vec<(AuthorityId, SigningKey)>,
}

impl Witnesses {
    /// Opens the port: logs can be sent there from now on and wait. The keys follow from `secret`.
    pub fn open(
        authorities: impl Iterator<Item = AuthorityId>,
        secret: &str,
    ) -> Result<Self, CommandError> {
        let refused = |error: &io::Error| CommandError::from_error("no port for witnesses", error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|why| refused(&why))?;
        let address = listener.local_addr().map_err(|why| refused(&why))?;
        let keys = authorities.map(|authority| {
            let name = format!("{authority}/witness");
            let seed = Hash::of(&[secret.as_bytes(), name.as_bytes()]);
            let key = SigningKey::from_seed(&name, KeyKind::Cosignature, &seed.0);
            let key = key.map_err(|error| CommandError::from_error("no key of a witness", &error));
            Ok((authority, key?))
        });
        Ok(Self { listener, address, keys: keys.collect::<Result<_, CommandError>>()? })
    }

    /// The witnesses of each authority's log, as its settings name them: the other authorities.
    pub fn of_each(&self) -> BTreeMap<AuthorityId, Vec<Value>> {
        self.keys.iter().map(|(authority, _)| (authority.clone(), self.of(authority))).collect()
    }

    fn of(&self, authority: &AuthorityId) -> Vec<Value> {
        let others = self.keys.iter().filter(|(other, _)| other != authority);
        let written = others.map(|(other, key)| {
            json!({
                "key": key.verifier().to_string(),
                "url": format!("http://{}/{other}", self.address),
            })
        });
        written.collect()
    }

    /// Cosigns from now on. `logs` are the keys of the logs of all authorities; the states lie in `folder`.
    pub fn start(
        self,
        logs: &[VerifierKey],
        folder: &Path,
        clock: &Arc<dyn Clock>,
        shutdown: Shutdown,
        running: &mut Running,
    ) -> Result<(), CommandError> {
        let watches = self.keys.into_iter().map(|(authority, key)| {
            let state = folder.join(format!("witness-{authority}"));
            let witness = Witness { key, logs: logs.to_vec() };
            Ok((authority.to_string(), Watch::open(witness, state, Arc::clone(clock))?))
        });
        let watches = watches.collect::<Result<Vec<_>, CommandError>>()?;
        let stopped = |error: io::Error| CommandError::from_error("the witnesses stopped", &error);
        let server = serve_several(self.listener, watches).map_err(stopped)?;
        let handle = server.handle();
        tokio::spawn(async move {
            shutdown.triggered().await;
            handle.stop(true).await;
        });
        running.spawn(async move { server.await.map_err(stopped) });
        Ok(())
    }
}
