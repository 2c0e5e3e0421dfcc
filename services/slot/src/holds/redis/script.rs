//! The Lua scripts.

use std::sync::LazyLock;

use redis::{Cmd, ErrorKind, RedisResult, ServerErrorKind, ToRedisArgs, Value};

use super::link::Link;

/// One script; its body is sent only to a server that does not know it yet.
pub(super) struct Script(redis::Script, &'static str);

macro_rules! scripts {
    ($($name:ident = $file:literal;)+) => {$(
        pub(super) static $name: LazyLock<Script> =
            LazyLock::new(|| Script::new(concat!(include_str!("seat.lua"), include_str!($file))));
    )+};
}

scripts! {
    HOLD = "hold.lua";
    RELEASE = "release.lua";
    SETTLE = "settle.lua";
    FREE = "free.lua";
    FORGET = "forget.lua";
    CHANGES = "changes.lua";
    RECONCILE = "reconcile.lua";
}

impl Script {
    fn new(body: &'static str) -> Self {
        Self(redis::Script::new(body), body)
    }

    /// A call with these keys; arguments are added to it.
    pub fn call<K: ToRedisArgs>(&self, keys: &[K]) -> Call<'_> {
        let mut command = redis::cmd("EVALSHA");
        command.arg(self.0.get_hash()).arg(keys.len()).arg(keys);
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
    pub async fn run(self, link: &Link) -> RedisResult<Value> {
        match link.send(&self.command).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                link.send(&self.with_body()).await
            }
            answer => answer,
        }
    }

    fn with_body(&self) -> Cmd {
        let mut command = redis::cmd("EVAL");
        command.arg(self.script.1);
        for argument in self.command.args_iter().skip(2) {
            if let redis::Arg::Simple(bytes) = argument {
                command.arg(bytes);
            }
        }
        command
    }
}
