//! Draws and their logs, looked at from outside.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub struct VerifyDraw {
    /// The published proof
    pub proof: PathBuf,
    /// Your receipt: checks your own entry and what you got
    #[arg(long)]
    pub receipt: Option<PathBuf>,
    /// The signed end of your entry, if it ended before the list was closed: the authority shows it
    /// at /v1/draws/DRAW/ends/SERIAL. Without --receipt it is checked alone
    #[arg(long)]
    pub ended: Option<PathBuf>,
    /// Everybody's wishes, which the auditor has: settles the draw again
    #[arg(long)]
    pub wishes: Option<PathBuf>,
    /// The key of the log as the authority publishes it
    #[arg(long)]
    pub log_key: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Auditor {
    /// Make the key that authorities encrypt their seeds to; prints its public half
    Key {
        /// Where the private half goes; never replaces a file
        file: PathBuf,
    },
    /// Open the escrow of a draw, compare it with the announcement, print the seed
    Open {
        /// The file of the auditor's key
        #[arg(long)]
        key: PathBuf,
        announcement: PathBuf,
        escrow: PathBuf,
    },
    /// Make a seed for a draw without public beacon; prints what is announced of it
    Seed {
        /// Where the seed goes; never replaces a file
        file: PathBuf,
        /// The draw's id
        #[arg(long)]
        draw: String,
    },
    /// Print a seed, once the list is frozen. A file that holds a key, or does not say what it holds, is refused
    Reveal {
        /// The file of the seed
        file: PathBuf,
    },
    /// Serve commitments and, half an hour after a draw closes, seeds: for authorities that reach no
    /// public beacon
    ///
    /// It answers GET /DRAW/CLOSES/commitment at any time and GET /DRAW/CLOSES/seed half an hour after CLOSES
    /// (seconds since 1970), by its own clock; /livez and /readyz say that it runs. Run it behind https and
    /// where the authority has no access. In Kubernetes: charts/fairtermin, values-auditor.yaml.
    ///
    /// With --key it also keeps deposits: each minute it looks at the draws of each --authority, opens the copy of
    /// the seed at once, compares it with the announcement, writes what it found to the terminal, and answers
    /// GET /deposits/DIGEST (the SHA-256 of the announcement) with `holds` or `wrong: ...`.
    Serve(AuditorServe),
}

#[derive(Debug, Args)]
pub struct AuditorServe {
    /// The file of the secret from which all seeds follow: 64 hexadecimal digits; made if it is not there.
    /// Without it the draws under way are void
    pub file: PathBuf,
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8091")]
    pub listen: std::net::SocketAddr,
    /// The file of the key that `auditor key` made: keeps deposits
    #[arg(long, requires = "deposits", requires = "authorities")]
    pub key: Option<PathBuf>,
    /// The folder of the deposits, as they were published: sealed. Keep it: with it and the key the seed can be
    /// revealed if the authority withholds it
    #[arg(long, requires = "key")]
    pub deposits: Option<PathBuf>,
    /// Where the API of an authority begins, for example `https://lea.example.org`; once for each
    #[arg(long = "authority", requires = "key")]
    pub authorities: Vec<String>,
}

#[derive(Debug, Args)]
pub struct WitnessArguments {
    /// The name under which it signs, for example witness.example/w1
    #[arg(long)]
    pub name: String,
    /// A file with 64 hexadecimal digits: the secret seed of its Ed25519 key
    #[arg(long)]
    pub key: PathBuf,
    /// The keys of the logs that it watches
    #[arg(long = "log", required = true)]
    pub logs: Vec<String>,
    /// A folder for the last checkpoint of each log. Lost state means that a fork is not noticed
    #[arg(long)]
    pub state: PathBuf,
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8090")]
    pub listen: std::net::SocketAddr,
}
