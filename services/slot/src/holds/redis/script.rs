//! The Lua scripts.

use redis::{Cmd, ErrorKind, RedisResult, ServerErrorKind, ToRedisArgs, Value};

use super::connection::RedisConnection;

/// Room for a usual call, so that its buffers need not grow: for some holds that share one.
const USUAL_ARGUMENTS: usize = 64;
const USUAL_BYTES: usize = 2_048;

/// One script; its body is sent only to a server that does not know it yet.
pub(super) struct Script(redis::Script, String);

/// A script from the file beside it, after what it shares with others.
macro_rules! script {
    ($file:literal $(, $shared:literal)*) => {
        std::sync::LazyLock::new(|| {
            $crate::holds::redis::script::Script::new(&[
                include_str!("shared/epoch.lua"),
                $(include_str!(concat!("shared/", $shared, ".lua")),)*
                include_str!($file),
            ])
        })
    };
}
pub(super) use script;

impl Script {
    pub fn new(parts: &[&str]) -> Self {
        let body = parts.concat();
        Self(redis::Script::new(&body), body)
    }

    /// A call with these keys; arguments are added to it.
    pub fn call<K: ToRedisArgs>(&self, keys: &[K]) -> Call<'_> {
        let mut command = Cmd::with_capacity(USUAL_ARGUMENTS, USUAL_BYTES);
        command.arg("EVALSHA").arg(self.0.get_hash()).arg(keys.len()).arg(keys);
        Call { script: self, command }
    }
}

/// One call of a script.
pub(super) struct Call<'a> {
    script: &'a Script,
    command: Cmd,
}

impl Call<'_> {
    pub fn arg(mut self, argument: impl ToRedisArgs) -> Self {
        self.command.arg(argument);
        self
    }

    /// Runs it: one round trip, two after the server forgot the script.
    pub async fn run(self, connection: &RedisConnection) -> RedisResult<Value> {
        match connection.send(&self.command).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                connection.send(&self.with_body()).await
            }
            answer => answer,
        }
    }

    fn with_body(&self) -> Cmd {
        let mut command = redis::cmd("EVAL");
        command.arg(&self.script.1);
        for argument in self.command.args_iter().skip(2) {
            if let redis::Arg::Simple(bytes) = argument {
                command.arg(bytes);
            }
        }
        command
    }
}
