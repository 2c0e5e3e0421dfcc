//! A RabbitMQ of the test's own, to be killed. Only if this run has RabbitMQ at all.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

const PROGRAMS: &str = "/usr/lib/rabbitmq/bin";
const STARTS_WITHIN: Duration = Duration::from_secs(120);

pub struct Broker {
    home: TempDir,
    amqp: u16,
    dist: u16,
    epmd: u16,
    wrapper: Child,
}

impl Broker {
    /// A running broker, or `None` if this run does without.
    pub async fn start() -> Option<Self> {
        testkit::rabbitmq_url()?;
        if !Path::new(PROGRAMS).is_dir() {
            testkit::not_proven("a RabbitMQ to be killed", "apt-get install rabbitmq-server");
            return None;
        }
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("enabled_plugins"), "[].").unwrap();
        fs::write(home.path().join("none"), "").unwrap();
        let (amqp, dist, epmd) = (free_port(), free_port(), free_port());
        let conf = format!("listeners.tcp.1 = 127.0.0.1:{amqp}\n");
        fs::write(home.path().join("rabbitmq.conf"), conf).unwrap();
        let mut broker =
            Self { wrapper: Command::new("true").spawn().unwrap(), home, amqp, dist, epmd };
        broker.start_again().await;
        Some(broker)
    }

    pub fn url(&self) -> String {
        format!("amqp://guest:guest@127.0.0.1:{}/%2f", self.amqp)
    }

    pub async fn start_again(&mut self) {
        self.wrapper.wait().unwrap();
        let log = fs::File::create(self.home.path().join("output")).unwrap();
        self.wrapper = self
            .command("rabbitmq-server")
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        testkit::eventually(STARTS_WITHIN, async || {
            TcpStream::connect(("127.0.0.1", self.amqp)).ok()
        })
        .await;
    }

    /// Ends the broker as a power cut would.
    pub fn kill(&mut self) {
        let pid = fs::read_to_string(self.home.path().join("pid")).unwrap();
        let killed = Command::new("kill").args(["-9", pid.trim()]).status().unwrap();
        assert!(killed.success());
    }

    /// `rabbitmqctl` with `arguments`.
    pub fn control(&self, arguments: &[&str]) {
        let output = self.command("rabbitmqctl").args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn command(&self, program: &str) -> Command {
        let home = self.home.path();
        let mut command = Command::new(Path::new(PROGRAMS).join(program));
        command
            .current_dir(home)
            .stdin(Stdio::null())
            .env("HOME", home)
            .env("RABBITMQ_NODENAME", format!("faults{}@localhost", self.amqp))
            .env("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1")
            .env("RABBITMQ_NODE_PORT", self.amqp.to_string())
            .env("RABBITMQ_DIST_PORT", self.dist.to_string())
            .env("ERL_EPMD_PORT", self.epmd.to_string())
            .env("ERL_EPMD_ADDRESS", "127.0.0.1")
            .env("RABBITMQ_MNESIA_BASE", home.join("mnesia"))
            .env("RABBITMQ_LOG_BASE", home.join("log"))
            .env("RABBITMQ_CONFIG_FILE", home.join("rabbitmq.conf"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", home.join("enabled_plugins"))
            .env("RABBITMQ_PID_FILE", home.join("pid"))
            .env("RABBITMQ_CONF_ENV_FILE", home.join("none"))
            .env(
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                "-kernel inet_dist_use_interface {127,0,0,1}",
            );
        command
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        if let Ok(pid) = fs::read_to_string(self.home.path().join("pid")) {
            let _ = Command::new("kill").args(["-9", pid.trim()]).status();
        }
        let _ = self.wrapper.wait();
        // Erlang's port mapper outlives the broker; it listens on a port of our own.
        let _ = Command::new("epmd")
            .arg("-kill")
            .env("ERL_EPMD_PORT", self.epmd.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
