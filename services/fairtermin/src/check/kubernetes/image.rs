//! Where the image comes from, as nodes read it. What is written is not repeated: a password may be in it, of which
//! `plain_secrets` speaks.

use serde_json::Value as Json;

use super::{Remarks, text};

/// Registry and repository; the schema knows what a tag and a digest are.
pub(super) fn check(image: &Json, said: &mut Remarks<'_>) {
    let is_wrong = |value: &Json, fits: fn(&str) -> bool| text(value).is_some_and(|it| !fits(it));
    if is_wrong(&image["registry"], is_registry) {
        let problem = "is no registry: nodes read a host, perhaps with a port and a path";
        let remedy =
            "write it without scheme and without a slash at its end, for example `ghcr.io`";
        said.error("image.registry", problem, remedy);
    }
    if is_wrong(&image["repository"], is_path) {
        let problem = "is no path of an image";
        let remedy = "write lower-case letters, for example `fairtermin/fairtermin`; the version belongs to \
                      `image.tag`, a digest to `image.digest`";
        said.error("image.repository", problem, remedy);
    }
}

/// Whoever writes a user into it is told so elsewhere.
fn is_registry(registry: &str) -> bool {
    if registry.contains('@') && !registry.contains("://") {
        return true;
    }
    let (host, path) =
        registry.split_once('/').map_or((registry, None), |(host, path)| (host, Some(path)));
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_inner);
    name.split('.').all(is_label)
        && port.is_none_or(|port| port.parse::<u16>().is_ok())
        && path.is_none_or(is_path)
}

/// Parts of lower-case letters and digits, with signs between them (the OCI distribution specification).
fn is_path(path: &str) -> bool {
    let is_inner =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte);
    let is_end = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let is_part = |part: &str| {
        part.bytes().all(is_inner)
            && is_end(part.bytes().next())
            && is_end(part.bytes().next_back())
    };
    path.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_and_paths_are_those_that_nodes_read() {
        for registry in ["ghcr.io", "localhost:5000", "registry.amt.de:5000/mirror/ghcr"] {
            assert!(is_registry(registry), "{registry}");
        }
        for registry in ["https://ghcr.io", "ghcr.io/", "ghcr.io:port", "ghcr..io", "ghcr.io/A"] {
            assert!(!is_registry(registry), "{registry}");
        }
        for path in ["fairtermin", "fairtermin/fairtermin", "a/b-c_d.e"] {
            assert!(is_path(path), "{path}");
        }
        for path in ["Fairtermin", "fairtermin:1.0", "/fairtermin", "a//b", "a@sha256:5e", "a-"] {
            assert!(!is_path(path), "{path}");
        }
    }
}
