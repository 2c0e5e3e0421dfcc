//! Which way to log in is enough for which services, said before one is chosen.

use std::collections::BTreeMap;

use client::TrustLevel;

use crate::http::{
    visit::{Name, level_key, ways_key},
    visitor::Visitor,
};

/// The services for which a level is enough and no lower one is.
pub(super) struct LevelPart {
    /// The text that names the ways.
    pub(super) title_key: &'static str,
    /// The text that says what proves the level.
    pub(super) level_key: &'static str,
    pub(super) services: Vec<ServicePart>,
}

pub(super) struct ServicePart {
    pub(super) name: Name,
    pub(super) authority: Name,
    pub(super) link: String,
}

/// The lowest level first. What no authority has offered yet, and what only staff book, is left out.
pub(super) async fn levels(visitor: &Visitor) -> Vec<LevelPart> {
    let offices = visitor.portal.directory.all();
    let known = offices.iter().map(|office| async move { (office, office.known().await.offer) });
    let mut services: BTreeMap<TrustLevel, Vec<ServicePart>> = BTreeMap::new();
    for (office, offer) in futures_util::future::join_all(known).await {
        let Some(offer) = offer else { continue };
        let bookable = offer.services.iter().filter(|it| !offer.is_for_staff_alone(&it.id));
        for service in bookable {
            services.entry(service.trust_level).or_default().push(ServicePart {
                name: Name::of(&service.name, visitor.texts),
                authority: Name::of(&offer.name, visitor.texts),
                link: visitor.links.service(&office.id, &service.id),
            });
        }
    }
    let part = |(level, services)| LevelPart {
        title_key: ways_key(level),
        level_key: level_key(level),
        services,
    };
    services.into_iter().map(part).collect()
}
