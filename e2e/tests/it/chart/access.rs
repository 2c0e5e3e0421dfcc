//! Kubernetes permissions.

use serde_json::json;

use super::{
    PRESETS,
    manifests::{Release, named},
};

#[test]
fn only_slot_talks_to_kubernetes() {
    for preset in PRESETS {
        let Some(release) = Release::with_everything(preset) else { return };
        for account in &release.accounts {
            assert_eq!(account.automount_service_account_token, Some(false));
        }
        for (name, pod) in release.pods() {
            let mounted = pod.spec.as_ref().unwrap().automount_service_account_token;
            assert_eq!(mounted, Some(name.ends_with("-slot")), "{name}");
        }
        let slots = release.deployments.iter().filter(|it| named(&it.metadata).ends_with("-slot"));
        assert_eq!(release.roles.len(), slots.count(), "{preset}");
    }
}

#[test]
fn slot_may_do_three_things_to_objects_of_its_own_release() {
    let Some(release) = Release::render("lea", &json!({})) else { return };
    let [role] = &release.roles[..] else { panic!("one role") };
    let rules = serde_json::to_value(&role.rules).unwrap();
    assert_eq!(
        rules,
        json!([
            {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["lea-fairtermin-slot-catalogue"], "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["events.k8s.io"], "resources": ["events"], "verbs": ["create"]},
            {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"], "resourceNames": ["lea-fairtermin-slot"], "verbs": ["get", "update"]},
        ])
    );
    let maps: Vec<_> = release.config_maps.iter().map(|it| named(&it.metadata)).collect();
    assert!(maps.contains(&"lea-fairtermin-slot-catalogue"), "{maps:?}");
    assert_eq!(named(&release.leases[0].metadata), "lea-fairtermin-slot");

    let binding = &release.bindings[0];
    assert_eq!(binding.role_ref.name, named(&role.metadata));
    let [subject] = &binding.subjects.as_ref().unwrap()[..] else { panic!("one subject") };
    let account = release.deployments[0].spec.template.spec.clone().unwrap();
    assert_eq!(account.service_account_name.as_deref(), Some(subject.name.as_str()));
}
