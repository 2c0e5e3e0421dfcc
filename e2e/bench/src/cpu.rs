//! How much of a processor a program takes: what a ratio of rates is made of.

use std::path::Path;

use crate::{Failure, Run};

/// Time on a processor, user and system, in microseconds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cpu {
    /// Of the program that answers.
    pub program: f64,
    /// Of Redis.
    pub redis: f64,
}

impl Cpu {
    /// What both took up to now.
    pub async fn taken(run: &Run, pid: u32) -> Result<Self, Failure> {
        Ok(Self { program: of_process(pid)?, redis: of_redis(run).await? })
    }

    /// What was taken since `earlier`, for each of `count`.
    pub fn each_since(self, earlier: Self, count: usize) -> Self {
        let each = |now: f64, then: f64| (now - then) / count as f64;
        Self {
            program: each(self.program, earlier.program),
            redis: each(self.redis, earlier.redis),
        }
    }
}

/// The threads of a process that still run, by `/proc/<pid>/task/<tid>/schedstat` (nanoseconds).
fn of_process(pid: u32) -> Result<f64, Failure> {
    let mut nanoseconds = 0.0;
    for task in Path::new("/proc").join(pid.to_string()).join("task").read_dir()? {
        let text = std::fs::read_to_string(task?.path().join("schedstat"))?;
        let spent = text.split_whitespace().next().ok_or("an empty schedstat")?;
        nanoseconds += spent.parse::<f64>()?;
    }
    Ok(nanoseconds / 1_000.0)
}

async fn of_redis(run: &Run) -> Result<f64, Failure> {
    let mut redis = redis::Client::open(&*run.redis)?.get_multiplexed_async_connection().await?;
    let info: redis::InfoDict = redis::cmd("INFO").arg("cpu").query_async(&mut redis).await?;
    let of = |name| info.get::<f64>(name).ok_or("Redis does not state its processor time");
    Ok((of("used_cpu_user")? + of("used_cpu_sys")?) * 1e6)
}
