//! Redis: does it answer, does it keep what it was given, and is it new enough?

use slot::holds::{RedisServer, RedisSettings};

use super::look::Look;

/// The oldest Redis that tests run with.
const MIN_MAJOR: u32 = 7;

/// Looks at each server that the settings lead to.
pub async fn look(settings: RedisSettings, mut look: Look) -> Look {
    match RedisServer::all(&settings).await {
        Ok(servers) if servers.is_empty() => {
            look.warn("it says nothing about itself", "may its user run INFO?");
        }
        Ok(servers) => servers.iter().for_each(|server| judge(server, &mut look)),
        Err(error) => look.broken(
            error.to_string(),
            "does it run, and are slot.redis.urls and `redis-password` right? Confirmed bookings are safe",
        ),
    }
    look
}

fn judge(server: &RedisServer, look: &mut Look) {
    let RedisServer { version, eviction, role } = server;
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= MIN_MAJOR => look.saw(format!("Redis {version}")),
        _ => {
            let problem =
                format!("Redis `{version}` is older than {MIN_MAJOR}, the oldest that is tested");
            look.warn(problem, "upgrade it");
        }
    }
    if eviction == "noeviction" {
        look.saw("keeps what it was given");
    } else {
        let problem =
            format!("maxmemory-policy is `{eviction}`: it drops holds when its memory is full");
        look.broken(
            problem,
            "redis-cli CONFIG SET maxmemory-policy noeviction, and in its configuration",
        );
    }
    if role != "master" {
        let problem = format!("it is a `{role}` and takes no holds");
        look.broken(problem, "name the master, or the sentinels that know it (slot.redis.mode)");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(version: &str, eviction: &str, role: &str) -> Look {
        let mut look = Look::at("Redis");
        let server =
            RedisServer { version: version.into(), eviction: eviction.into(), role: role.into() };
        judge(&server, &mut look);
        look
    }

    #[test]
    fn an_evicting_an_old_and_a_replicated_server_are_said() {
        assert_eq!(told("7.0.15", "noeviction", "master").to_mend(), 0);
        assert_eq!(told("6.2.1", "noeviction", "master").to_mend(), 1);
        assert_eq!(told("8.0.0", "allkeys-lru", "slave").to_mend(), 2);
    }
}
