//! Several tokens at one address of the API.

use super::{Scene, headers, message, seconds, sent, too_many};
use crate::fingerprint::Fingerprint;
use crate::rest::limiter::{Change, Decision, Owner, RateLimitHeaders, RateLimitScope, Rules};
use crate::rest::route::EXECUTE_WEBHOOK;

fn bot(name: &str) -> Owner {
    Owner::Bot(Fingerprint::of(name))
}

impl Scene {
    fn of(&mut self, owner: Owner) -> &mut Scene {
        self.owner = owner;
        self
    }
}

#[test]
fn owners_have_their_own_buckets_and_global_limits() {
    let mut scene = Scene::with(Rules { per_second: 2, ..Rules::default() });
    scene.limiter.set_per_second(bot("large"), 3);
    for (owner, limit) in [(bot("small"), 2), (bot("large"), 3), (Owner::Address, 2)] {
        for channel in 0..limit {
            scene.of(owner).send(&message(channel));
        }
        scene.of(owner).wait(&message(limit));
    }
}

#[test]
fn a_global_429_pauses_only_its_owner_and_one_of_the_address_pauses_all() {
    let mut scene = Scene::new();
    scene.of(bot("one")).respond(&message(1), &too_many(3, RateLimitScope::Global));
    let first = scene.of(bot("one")).wait(&message(2));
    let request = scene.of(bot("two")).send(&message(2));
    scene.complete(request, &too_many(5, RateLimitScope::Address));
    let second = scene.of(bot("two")).wait(&message(3));
    let third = scene.of(Owner::Address).wait(&EXECUTE_WEBHOOK.at(&[&1, &"t"]));
    assert_eq!(scene.advance(seconds(4)), []);
    let mut decisions = scene.advance(seconds(1));
    decisions.sort_by_key(|(ticket, _)| *ticket);
    assert_eq!(decisions, sent(&[first, second, third]));
}

#[test]
fn refused_requests_of_all_owners_count_together() {
    let mut scene = Scene::with(Rules { invalid: 3, ..Rules::default() });
    let forbidden = RateLimitHeaders { is_invalid: true, is_complete: true, ..RateLimitHeaders::default() };
    for owner in [bot("one"), bot("two"), Owner::Address] {
        scene.of(owner).respond(&message(1), &forbidden);
    }
    let (_, decisions) = scene.of(bot("three")).enter(&message(1), 1);
    assert!(matches!(decisions[..], [(_, Decision::Stopped { refused: 3, .. })]), "{decisions:?}");
    assert!(!scene.limiter.is_idle(scene.now + seconds(600)));
    assert!(scene.limiter.is_idle(scene.now + seconds(611)));
}

impl Scene {
    fn changes(&mut self) -> Vec<Change> {
        std::iter::from_fn(|| self.limiter.next_change()).collect()
    }
}

#[test]
fn a_limited_route_is_one_change_until_it_is_accepted() {
    let mut scene = Scene::new();
    let (first, second) = (scene.send(&message(1)), scene.send(&message(2)));
    let (endpoint, retry_after) = (message(1).endpoint, seconds(3));
    scene.complete(first, &too_many(3, RateLimitScope::Route));
    assert_eq!(scene.changes(), [Change::RouteLimited { endpoint, retry_after }]);
    scene.complete(second, &too_many(3, RateLimitScope::Route));
    for _ in 0..5 {
        scene.advance(seconds(3));
        scene.respond(&message(1), &too_many(3, RateLimitScope::Route));
    }
    scene.advance(seconds(3));
    scene.respond(&message(1), &headers("a", 5, 4, 1));
    assert_eq!(scene.changes(), [], "another channel is limited");
    scene.respond(&message(2), &headers("a", 5, 4, 1));
    assert_eq!(scene.changes(), [Change::RouteAccepted { endpoint }]);
}

#[test]
fn a_limited_route_that_is_never_used_again_is_forgotten() {
    let mut scene = Scene::new();
    let retry_after = seconds(3);
    for channel in 1..=3 {
        scene.respond(&message(channel), &too_many(3, RateLimitScope::Route));
        let endpoint = message(channel).endpoint;
        assert_eq!(scene.changes(), [Change::RouteLimited { endpoint, retry_after }], "{channel}");
        assert!(!scene.limiter.is_idle(scene.now + seconds(590)));
        scene.advance(seconds(620));
        assert!(scene.limiter.is_idle(scene.now));
    }
}

#[test]
fn a_global_pause_is_one_change_until_a_later_request_is_accepted() {
    let mut scene = Scene::new();
    let [first, second, third] = [1, 2, 3].map(|channel| scene.send(&message(channel)));
    let (owner, retry_after) = (scene.owner, seconds(3));
    scene.complete(first, &too_many(3, RateLimitScope::Global));
    scene.complete(second, &too_many(3, RateLimitScope::Global));
    scene.complete(third, &headers("a", 5, 4, 1));
    assert_eq!(scene.changes(), [Change::OwnerPaused { owner, retry_after }]);
    scene.advance(seconds(3));
    scene.respond(&message(1), &too_many(3, RateLimitScope::Global));
    scene.advance(seconds(3));
    scene.respond(&message(1), &headers("a", 5, 4, 1));
    assert_eq!(scene.changes(), [Change::OwnerAccepted { owner }]);
}

#[test]
fn what_still_limits_is_not_idle() {
    let mut scene = Scene::new();
    assert!(scene.limiter.is_idle(scene.now));
    scene.of(bot("one")).respond(&message(1), &headers("a", 5, 4, 20));
    assert!(!scene.limiter.is_owner_idle(scene.now, bot("one")));
    assert!(scene.limiter.is_owner_idle(scene.now + seconds(3), bot("one")));
    assert!(!scene.limiter.is_idle(scene.now + seconds(3)));
    assert!(scene.limiter.is_idle(scene.now + seconds(21)));
}
