//! Whose turn it is: fair between authorities, then between agencies, then between endpoints.
//!
//! The one with the fewest attempts in flight comes next, so a flood of one authority delays only
//! itself. An endpoint whose last attempt failed has one attempt at a time, from a share of its own:
//! however many hang, the others find room. All of it is this process's view; what several
//! processes must agree on (leases, the breaker) is in the database.

use std::collections::BTreeMap;

use ids::{AuthorityId, SubscriptionId};

use super::subscription::Owner;

/// How many attempts may be in flight, each for one delivery or batch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// In all, to endpoints whose last attempt succeeded.
    pub(crate) healthy: usize,
    /// In all, to the others.
    pub(crate) troubled: usize,
    /// To the endpoints of one authority.
    pub(crate) authority: usize,
    /// To the endpoints of one agency with one authority.
    pub(crate) agency: usize,
    /// To one endpoint.
    pub(crate) endpoint: usize,
}

/// Attempts that an endpoint may begin with; each success allows one more.
const FIRST_WINDOW: usize = 2;

/// Endpoints that have something to deliver, and what is in flight.
#[derive(Debug)]
pub(crate) struct Turns {
    limits: Limits,
    endpoints: BTreeMap<SubscriptionId, Endpoint>,
    healthy: usize,
    troubled: usize,
    authorities: InFlight<AuthorityId>,
    agencies: InFlight<Owner>,
    /// How many turns were given: the age of an endpoint's last one.
    given: u64,
}

#[derive(Debug)]
struct Endpoint {
    /// Places in the counts of authorities and agencies.
    authority: usize,
    agency: usize,
    /// Deliveries that may be due.
    wanted: usize,
    window: usize,
    is_troubled: bool,
    in_flight: usize,
    last_turn: u64,
}

/// Attempts in flight of each key. A key keeps its place, so that thousands of endpoints are compared
/// quickly.
#[derive(Debug)]
struct InFlight<K> {
    places: BTreeMap<K, usize>,
    used: Vec<usize>,
}

/// The right to make up to `most` attempts at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turn {
    pub(crate) subscription: SubscriptionId,
    pub(crate) most: usize,
    authority: usize,
    agency: usize,
    is_troubled: bool,
}

/// What came of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Done {
    /// How many attempts there were; 0 if nothing was due.
    pub(crate) attempts: usize,
    /// Whether one of them failed; `None` if there were none.
    pub(crate) failed: Option<bool>,
    /// Whether more may wait for the endpoint, due or not.
    pub(crate) more: bool,
}

impl<K: Ord + Clone> InFlight<K> {
    const fn new() -> Self {
        Self { places: BTreeMap::new(), used: Vec::new() }
    }

    fn place(&mut self, key: &K) -> usize {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        self.used.push(0);
        let place = self.used.len() - 1;
        self.places.insert(key.clone(), place);
        place
    }
}

impl Turns {
    pub(crate) const fn new(limits: Limits) -> Self {
        Self {
            limits,
            endpoints: BTreeMap::new(),
            healthy: 0,
            troubled: 0,
            authorities: InFlight::new(),
            agencies: InFlight::new(),
            given: 0,
        }
    }

    /// Notes that up to `count` more deliveries of an endpoint may be due.
    pub(crate) fn add(
        &mut self,
        subscription: SubscriptionId,
        owner: &Owner,
        count: usize,
        is_troubled: bool,
    ) {
        let endpoint = self.endpoints.entry(subscription).or_insert_with(|| Endpoint {
            authority: self.authorities.place(&owner.authority),
            agency: self.agencies.place(owner),
            wanted: 0,
            window: FIRST_WINDOW,
            is_troubled,
            in_flight: 0,
            last_turn: 0,
        });
        endpoint.wanted = endpoint.wanted.saturating_add(count);
        // What is in flight knows better.
        if endpoint.in_flight == 0 {
            endpoint.is_troubled = is_troubled;
        }
    }

    /// The next turn, if somebody has something to deliver and there is room.
    pub(crate) fn next(&mut self) -> Option<Turn> {
        let ready = self.endpoints.iter().filter(|(_, it)| it.wanted > 0 && self.room(it) > 0);
        let (subscription, endpoint) = ready.min_by_key(|(_, it)| self.burden(it))?;
        let turn = Turn {
            subscription: *subscription,
            most: endpoint.wanted.min(self.room(endpoint)),
            authority: endpoint.authority,
            agency: endpoint.agency,
            is_troubled: endpoint.is_troubled,
        };
        self.given += 1;
        if let Some(endpoint) = self.endpoints.get_mut(&turn.subscription) {
            endpoint.wanted -= turn.most;
            endpoint.in_flight += turn.most;
            endpoint.last_turn = self.given;
        }
        *self.pool(turn.is_troubled) += turn.most;
        self.authorities.used[turn.authority] += turn.most;
        self.agencies.used[turn.agency] += turn.most;
        Some(turn)
    }

    /// Gives a turn back.
    pub(crate) fn done(&mut self, turn: &Turn, done: Done) {
        *self.pool(turn.is_troubled) -= turn.most;
        self.authorities.used[turn.authority] -= turn.most;
        self.agencies.used[turn.agency] -= turn.most;
        let most_at_once = self.limits.endpoint;
        let Some(endpoint) = self.endpoints.get_mut(&turn.subscription) else { return };
        endpoint.in_flight -= turn.most;
        match done.failed {
            Some(true) => (endpoint.is_troubled, endpoint.window) = (true, 1),
            Some(false) => {
                endpoint.is_troubled = false;
                endpoint.window = (endpoint.window + done.attempts).min(most_at_once);
            }
            None => {}
        }
        // Where something was due, more may be: also what waited for an earlier event of its booking. A turn that
        // finds nothing says when something is due.
        if done.attempts > 0 && done.more {
            endpoint.wanted = endpoint.wanted.max(2 * done.attempts);
        }
        if endpoint.wanted == 0 && endpoint.in_flight == 0 {
            self.endpoints.remove(&turn.subscription);
        }
    }

    /// How many attempts an endpoint may begin now.
    fn room(&self, endpoint: &Endpoint) -> usize {
        let limits = self.limits;
        let left = |limit: usize, used: usize| limit.saturating_sub(used);
        let (own, pool) = match endpoint.is_troubled {
            true => (1, left(limits.troubled, self.troubled)),
            false => (endpoint.window.min(limits.endpoint), left(limits.healthy, self.healthy)),
        };
        left(own, endpoint.in_flight)
            .min(pool)
            .min(left(limits.authority, self.authorities.used[endpoint.authority]))
            .min(left(limits.agency, self.agencies.used[endpoint.agency]))
    }

    /// The endpoint with the smallest one comes first.
    fn burden(&self, endpoint: &Endpoint) -> (usize, usize, usize, u64) {
        let of_authority = self.authorities.used[endpoint.authority];
        let of_agency = self.agencies.used[endpoint.agency];
        (of_authority, of_agency, endpoint.in_flight, endpoint.last_turn)
    }

    fn pool(&mut self, is_troubled: bool) -> &mut usize {
        if is_troubled { &mut self.troubled } else { &mut self.healthy }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { healthy: 16, troubled: 4, authority: 12, agency: 8, endpoint: 4 };
    const OK: Done = Done { attempts: 1, failed: Some(false), more: true };
    const BAD: Done = Done { attempts: 1, failed: Some(true), more: true };

    fn owner(authority: &str, client: &str) -> Owner {
        Owner { authority: authority.parse().unwrap(), client: client.parse().unwrap() }
    }

    fn endpoint(number: u128) -> SubscriptionId {
        SubscriptionId::from_bits(number)
    }

    fn all(turns: &mut Turns) -> Vec<Turn> {
        std::iter::from_fn(|| turns.next()).collect()
    }

    fn attempts(given: &[Turn], of: impl Fn(&Turn) -> bool) -> usize {
        given.iter().filter(|turn| of(turn)).map(|turn| turn.most).sum()
    }

    #[test]
    fn a_flood_of_one_authority_leaves_room_for_another() {
        let mut turns = Turns::new(LIMITS);
        for number in 0..100 {
            turns.add(endpoint(number), &owner("lea", &format!("agency-{number}")), 1000, false);
        }
        let flood = all(&mut turns);
        assert_eq!(attempts(&flood, |_| true), LIMITS.authority, "an authority's share");
        turns.add(endpoint(1000), &owner("kfz", "zab"), 1, false);
        assert_eq!(turns.next().map(|turn| turn.subscription), Some(endpoint(1000)));
    }

    #[test]
    fn a_flood_of_one_agency_leaves_room_for_another() {
        let mut turns = Turns::new(LIMITS);
        for number in 0..20 {
            turns.add(endpoint(number), &owner("lea", "flood"), 1000, false);
        }
        assert_eq!(attempts(&all(&mut turns), |_| true), LIMITS.agency);
        turns.add(endpoint(1000), &owner("lea", "zab"), 2, false);
        assert_eq!(attempts(&all(&mut turns), |turn| turn.subscription == endpoint(1000)), 2);
    }

    #[test]
    fn however_many_hang_the_others_find_room() {
        let mut turns = Turns::new(LIMITS);
        for number in 0..50 {
            let owner = owner(&format!("office-{number}"), "hanging");
            turns.add(endpoint(number), &owner, 10, true);
        }
        let hanging = all(&mut turns);
        assert_eq!(attempts(&hanging, |_| true), LIMITS.troubled);
        assert!(hanging.iter().all(|turn| turn.most == 1));
        turns.add(endpoint(1000), &owner("office-1", "good"), 1, false);
        assert_eq!(turns.next().map(|turn| turn.subscription), Some(endpoint(1000)));
    }

    #[test]
    fn an_endpoint_gets_more_with_each_success_and_one_at_a_time_after_a_failure() {
        let mut turns = Turns::new(LIMITS);
        turns.add(endpoint(1), &owner("lea", "zab"), 100, false);
        let first = turns.next().unwrap();
        assert_eq!((first.most, turns.next()), (FIRST_WINDOW, None));
        turns.done(&first, Done { attempts: 2, ..OK });
        let second = turns.next().unwrap();
        assert_eq!(second.most, LIMITS.endpoint);
        turns.done(&second, BAD);
        let third = turns.next().unwrap();
        assert_eq!((third.most, turns.next()), (1, None));
    }

    #[test]
    fn an_endpoint_for_which_nothing_more_waits_gets_no_turn_to_find_that_out() {
        let mut turns = Turns::new(LIMITS);
        for (more, next) in [(true, true), (false, false)] {
            turns.add(endpoint(1), &owner("lea", "zab"), 1, false);
            let turn = turns.next().unwrap();
            turns.done(&turn, Done { more, ..OK });
            let again = turns.next();
            assert_eq!(again.is_some(), next);
            if let Some(turn) = again {
                turns.done(&turn, Done { attempts: 0, failed: None, more: false });
            }
        }
        // What was planned meanwhile has its own turn.
        turns.add(endpoint(1), &owner("lea", "zab"), 1, false);
        let turn = turns.next().unwrap();
        turns.add(endpoint(1), &owner("lea", "zab"), 1, false);
        turns.done(&turn, Done { more: false, ..OK });
        assert!(turns.next().is_some());
    }

    #[test]
    fn endpoints_take_turns_and_nothing_stays_behind() {
        let limits = Limits { healthy: 1, ..LIMITS };
        let mut turns = Turns::new(limits);
        for number in 0..3 {
            turns.add(endpoint(number), &owner("lea", "zab"), 2, false);
        }
        let mut order = Vec::new();
        for _ in 0..6 {
            let turn = turns.next().unwrap();
            assert_eq!(turns.next(), None, "there is room for one");
            order.push(turn.subscription);
            turns.done(&turn, OK);
        }
        assert_eq!(order[..3].iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
        while let Some(turn) = turns.next() {
            turns.done(&turn, Done { attempts: 0, failed: None, more: false });
        }
        assert!(turns.endpoints.is_empty() && turns.healthy == 0 && turns.troubled == 0);
        assert!(turns.authorities.used.iter().chain(&turns.agencies.used).all(|used| *used == 0));
    }
}
