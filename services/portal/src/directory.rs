//! The authorities and what each of them offers, kept in memory.
//!
//! A page never waits for a slow authority to learn its name or services: a job per authority
//! keeps its offer fresh, and pages read the last one together with whether the authority can
//! be reached at the moment.

use std::{sync::Arc, time::Duration};

use client::{ClientError, Group, Location, Names, Service, Services, SlotApi};
use ids::{AuthorityId, LocationId, ServiceId};
use search::Index;
use telemetry::Shutdown;
use tokio::sync::watch;

use crate::{next_free::NextFree, searchable, text::Language};

/// How often an offer is read again.
const REFRESH: Duration = Duration::from_secs(15);

/// How often an authority that cannot be reached is tried again.
const RETRY: Duration = Duration::from_secs(1);

/// How long the first visitors after a start wait for an authority.
const FIRST_ANSWER: Duration = Duration::from_millis(1500);

/// What one authority offers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Offer {
    pub(crate) name: Names,
    /// The tags of the languages that the authority lists.
    pub(crate) languages: Vec<String>,
    pub(crate) services: Vec<Service>,
    pub(crate) groups: Vec<Group>,
    pub(crate) locations: Vec<Location>,
    /// The services as they are searched, in the same order.
    pub(crate) index: Index,
}

impl Offer {
    pub(crate) fn service(&self, id: &ServiceId) -> Option<&Service> {
        self.services.iter().find(|service| service.id == *id)
    }

    pub(crate) fn location(&self, id: &LocationId) -> Option<&Location> {
        self.locations.iter().find(|location| location.id == *id)
    }

    /// Whether only staff book a service, at each place that does it.
    pub(crate) fn is_for_staff_alone(&self, id: &ServiceId) -> bool {
        self.locations.iter().any(|place| place.staff_services.contains(id))
            && !self.locations.iter().any(|place| place.services.contains(id))
    }

    /// The tag of the language in which the authority tells somebody who reads `language`: English, if that
    /// is none that is shipped and the authority does not list it.
    pub(crate) fn tells_in(&self, language: Language) -> String {
        let is_listed = self.languages.iter().any(|tag| tag == language.tag());
        let is_told = is_listed || Language::SHIPPED.contains(&language);
        let told = if is_told { language } else { Language::English };
        told.tag().to_owned()
    }

    /// Whether one of `these` is in the group of one of `those`: a person has one booking in a group.
    pub(crate) fn share_a_group(&self, these: &[ServiceId], those: &[ServiceId]) -> bool {
        let group = |id| self.service(id).map(|service| &service.group);
        these
            .iter()
            .filter_map(group)
            .any(|known| those.iter().filter_map(group).any(|it| it == known))
    }

    /// The places that do all of `services`.
    pub(crate) fn places_for<'a>(
        &'a self,
        services: &'a [ServiceId],
    ) -> impl Iterator<Item = &'a Location> {
        self.locations
            .iter()
            .filter(move |place| services.iter().all(|wanted| place.services.contains(wanted)))
    }
}

/// What is known about an authority at the moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The last offer that was read.
    pub(crate) offer: Option<Arc<Offer>>,
    /// Whether the last attempt succeeded; `None` before the first.
    pub(crate) reachable: Option<bool>,
}

/// One authority.
#[derive(Debug, Clone)]
pub(crate) struct Office {
    pub(crate) id: AuthorityId,
    pub(crate) api: SlotApi,
    pub(crate) next_free: Arc<NextFree>,
    name: Names,
    known: Arc<watch::Sender<Known>>,
}

/// All authorities, in the order of the settings.
#[derive(Debug, Clone)]
pub(crate) struct Directory(Arc<[Office]>);

impl Directory {
    pub(crate) fn new(offices: Vec<Office>) -> Self {
        Self(offices.into())
    }

    pub(crate) fn all(&self) -> &[Office] {
        &self.0
    }

    pub(crate) fn get(&self, id: &AuthorityId) -> Option<&Office> {
        self.0.iter().find(|office| office.id == *id)
    }

    /// Keeps all offers fresh until `shutdown`.
    pub(crate) async fn keep_fresh(self, shutdown: Shutdown) {
        let jobs: Vec<_> = self.0.iter().map(|office| office.clone().keep_fresh()).collect();
        tokio::select! {
            _ = futures_util::future::join_all(jobs) => {}
            () = shutdown.triggered() => {}
        }
    }
}

impl Office {
    pub(crate) fn new(id: AuthorityId, name: Names, api: SlotApi) -> Self {
        let known = Arc::new(watch::Sender::new(Known::default()));
        Self { id, api, next_free: Arc::default(), name, known }
    }

    /// What is known now. Only before the first answer since the start does this wait a moment.
    pub(crate) async fn known(&self) -> Known {
        let mut updates = self.known.subscribe();
        let first = updates.wait_for(|known| known.reachable.is_some());
        // Past the deadline the page says that the authority cannot be reached.
        let _ = tokio::time::timeout(FIRST_ANSWER, first).await;
        self.known.borrow().clone()
    }

    /// What the authority offers, as far as it was ever said.
    pub(crate) fn offer(&self) -> Option<Arc<Offer>> {
        self.known.borrow().offer.clone()
    }

    /// What the authority is called, from its offer or else from the settings.
    pub(crate) fn name(&self) -> Names {
        match &self.known.borrow().offer {
            Some(offer) => offer.name.clone(),
            None if self.name.is_empty() => Names([("de".to_owned(), self.id.to_string())].into()),
            None => self.name.clone(),
        }
    }

    async fn keep_fresh(self) {
        loop {
            let reachable = match self.load().await {
                Ok(offer) => {
                    let offer = Some(offer);
                    self.known.send_replace(Known { offer, reachable: Some(true) });
                    true
                }
                Err(error) => {
                    if self.known.borrow().reachable != Some(false) {
                        tracing::warn!(authority = %self.id, %error, "cannot reach an authority; its last known offer is shown");
                    }
                    self.known.send_modify(|known| known.reachable = Some(false));
                    false
                }
            };
            tokio::time::sleep(if reachable { REFRESH } else { RETRY }).await;
        }
    }

    /// What is offered now: the known offer if nothing has changed, since to index one takes longer
    /// than to compare two.
    async fn load(&self) -> Result<Arc<Offer>, ClientError> {
        let authority = self.api.authority().await?;
        if authority.id != self.id {
            return Err(ClientError::Unreadable {
                status: 200,
                reason: format!("this is {} and not {}", authority.id, self.id),
            });
        }
        let services = self.api.services().await?;
        let locations = self.api.locations().await?;
        let Services { services, groups } = services;
        let known = self.known.borrow().offer.clone();
        let same = known.filter(|known| {
            known.name == authority.name
                && known.languages == authority.languages
                && known.services == services
                && known.groups == groups
                && known.locations == locations
        });
        Ok(same.unwrap_or_else(|| {
            let index = searchable::index(&services);
            let (name, languages) = (authority.name, authority.languages);
            Arc::new(Offer { name, languages, services, groups, locations, index })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_tells_people_in_a_further_language_only_if_it_lists_that() {
        let offer = Offer {
            name: Names::default(),
            languages: vec!["de".to_owned(), "pl".to_owned()],
            services: Vec::new(),
            groups: Vec::new(),
            locations: Vec::new(),
            index: Index::default(),
        };
        for (reads, told) in [("pl", "pl"), ("tr", "tr"), ("de-easy", "de-easy"), ("vi", "en")] {
            assert_eq!(offer.tells_in(reads.parse().unwrap()), told);
        }
    }
}
