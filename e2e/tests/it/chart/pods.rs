//! Restricted pods that say when they are well.

use std::collections::BTreeSet;

use k8s_openapi::api::core::v1::{Container, PodSpec};

use super::{
    PRESETS,
    manifests::{Release, named},
};

fn every_pod(check: impl Fn(&Release, &str, &PodSpec)) {
    for preset in PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        assert!(!release.deployments.is_empty(), "{preset} runs nothing");
        for (name, pod) in release.pods() {
            check(&release, name, pod.spec.as_ref().unwrap());
        }
    }
}

#[test]
fn every_pod_meets_the_restricted_pod_security_standard() {
    every_pod(|_, name, pod| {
        let security = pod.security_context.as_ref().unwrap();
        assert_eq!(security.run_as_non_root, Some(true), "{name}");
        assert_ne!(security.run_as_user, Some(0), "{name}");
        assert_eq!(security.seccomp_profile.as_ref().unwrap().type_, "RuntimeDefault", "{name}");
        for shared in [pod.host_network, pod.host_pid, pod.host_ipc] {
            assert_ne!(shared, Some(true), "{name} shares with its host");
        }
        for volume in pod.volumes.iter().flatten() {
            assert!(
                volume.config_map.is_some()
                    || volume.secret.is_some()
                    || volume.empty_dir.is_some(),
                "{name}: volume {}",
                volume.name
            );
        }
        assert!(pod.init_containers.is_none());
        pod.containers.iter().for_each(|container| restricted(name, container));
    });
}

fn restricted(name: &str, container: &Container) {
    let security = container.security_context.as_ref().unwrap();
    assert_eq!(security.allow_privilege_escalation, Some(false), "{name}");
    assert_eq!(security.read_only_root_filesystem, Some(true), "{name}");
    assert_ne!(security.privileged, Some(true), "{name}");
    let capabilities = security.capabilities.as_ref().unwrap();
    assert_eq!(capabilities.drop.as_deref(), Some(&["ALL".to_owned()][..]), "{name}");
    assert_eq!(capabilities.add, None, "{name}");
    for port in container.ports.iter().flatten() {
        assert_eq!(port.host_port, None, "{name}");
    }
}

#[test]
fn every_pod_asks_for_what_it_needs_and_has_a_limit_of_memory() {
    every_pod(|_, name, pod| {
        for container in &pod.containers {
            let resources = container.resources.as_ref().unwrap();
            let requests = resources.requests.as_ref().unwrap();
            assert!(requests.contains_key("cpu") && requests.contains_key("memory"), "{name}");
            assert!(resources.limits.as_ref().unwrap().contains_key("memory"), "{name}");
        }
    });
}

#[test]
fn what_a_pod_mounts_is_in_the_release_or_is_its_own_secret() {
    every_pod(|release, name, pod| {
        let maps: BTreeSet<_> =
            release.config_maps.iter().map(|map| named(&map.metadata)).collect();
        for volume in pod.volumes.iter().flatten() {
            if let Some(map) = &volume.config_map {
                assert!(maps.contains(map.name.as_str()), "{name}: ConfigMap {}", map.name);
            }
            if let Some(secret) = &volume.secret {
                let wanted = name.trim_end_matches("-migrate");
                assert_eq!(secret.secret_name.as_deref(), Some(wanted), "{name}");
            }
        }
        for mount in
            pod.containers.iter().flat_map(|container| container.volume_mounts.iter().flatten())
        {
            assert_eq!(mount.sub_path, None, "{name}: a mounted file does not follow changes");
        }
    });
}

#[test]
fn a_service_says_when_it_lives_when_it_is_ready_and_ends_in_peace() {
    for preset in PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        for deployment in &release.deployments {
            let name = named(&deployment.metadata);
            let spec = &deployment.spec;
            let pod = spec.template.spec.as_ref().unwrap();
            let container = &pod.containers[0];
            let path = |probe: &Option<k8s_openapi::api::core::v1::Probe>| {
                probe.as_ref().unwrap().http_get.as_ref().unwrap().path.clone().unwrap()
            };
            assert_eq!(path(&container.liveness_probe), "/livez", "{name}");
            assert_eq!(path(&container.startup_probe), "/livez", "{name}");
            assert_eq!(path(&container.readiness_probe), "/readyz", "{name}");
            let stop = container.lifecycle.as_ref().unwrap().pre_stop.as_ref().unwrap();
            let pause = stop.sleep.as_ref().unwrap().seconds;
            assert!(pause < pod.termination_grace_period_seconds.unwrap(), "{name}");
            let rolling = spec
                .strategy
                .as_ref()
                .unwrap()
                .rolling_update
                .as_ref()
                .unwrap()
                .max_unavailable
                .clone();
            assert_eq!(
                serde_json::to_value(rolling).unwrap(),
                0,
                "{name}: an old pod goes when the new one is ready"
            );
        }
    }
}
