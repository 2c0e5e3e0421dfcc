//! Staff log in with their office's accounts.

use auth::{Reach, Role};
use serde_json::json;

use crate::{
    browser::{Browser, PORTAL, Page},
    world::World,
};

#[actix_web::test]
async fn a_clerk_gets_a_token_with_role_and_reach_for_their_own_authority_only() {
    let world = World::start().await;
    let tokens = world.staff_tokens("lea-clerk").await;
    let claims = world.claims(&tokens, "lea").await;
    assert!(claims.sub.starts_with("stf_") && claims.has_scope("desk"), "{claims:?}");
    assert_eq!((claims.roles, claims.locations), (vec![Role::Clerk], Reach::Everywhere));
    assert_eq!(world.refresh(&tokens, "kfz").await.unwrap_err()["error"], "invalid_target");
    let again = world.claims(&world.staff_tokens("lea-clerk").await, "lea").await;
    assert_eq!(again.sub, claims.sub);
}

#[actix_web::test]
async fn citizens_and_staff_are_offered_their_own_ways_only() {
    let world = World::start().await;
    let citizens = Browser::new().open(&world.authorize("")).await;
    assert!(citizens.text.contains("provider=bundid") && !citizens.text.contains("provider=staff"));
    // A citizen's log-in cannot be continued at the staff provider by changing the address.
    let mut browser = Browser::new();
    let choice = browser.open(&world.authorize("")).await;
    let changed = choice.link(&["provider=bundid"]).replace("provider=bundid", "provider=staff");
    assert_eq!(browser.open(&changed).await.status, 400);
}

/// Logs the one account of a provider for staff in, with these groups.
async fn log_in(world: &World, groups: &[&str]) -> Page {
    world.hostile.also_says(json!({ "groups": groups }));
    let mut browser = Browser::new();
    let url = world.authorize("").replace("scope=openid", "scope=openid%20desk");
    let choice = browser.open(&url).await;
    browser.follow(&choice, &["provider=hostile"]).await
}

#[actix_web::test]
async fn a_group_that_an_account_lost_ends_its_earlier_log_ins_when_it_logs_in_again() {
    let world = World::with("sqlite::memory:", |settings| {
        let grants = "grants: {clerks: [{authority: lea, role: clerk, locations: ['*']}], \
                      auditors: [{authority: kfz, role: supervisor, locations: ['*']}]}";
        let provider = settings.providers.last_mut().unwrap();
        provider.staff = Some(settings::parse_yaml("test", grants).unwrap());
    })
    .await;
    let others: [&[&str]; 3] = [&[], &["auditors"], &["a group that grants nothing"]];
    for other in others {
        let page = log_in(&world, &["clerks"]).await;
        let clerk = world.exchange(&page.parameter("code").unwrap()).await.unwrap();
        log_in(&world, &["auditors", "clerks"]).await;
        world.refresh(&clerk, "lea").await.expect("they are still a clerk");
        let page = log_in(&world, other).await;
        let is_in = page.url.as_str().starts_with(PORTAL);
        assert_eq!(is_in, other == ["auditors"], "{}", page.text);
        let refused = world.refresh(&clerk, "lea").await.unwrap_err();
        assert_eq!(refused["error"], "invalid_grant", "{other:?}");
    }
}
