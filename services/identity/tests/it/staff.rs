//! Staff log in with their office's accounts.

use auth::{Reach, Role};

use crate::{browser::Browser, world::World};

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
