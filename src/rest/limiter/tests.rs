#![allow(clippy::unwrap_used)]

mod model;
mod owners;
mod simulation;
mod world;

use std::time::{Duration, Instant};

use super::{Decision, Limiter, Owner, RateLimitHeaders, RateLimitScope, Rules, Ticket, TooManyRequests};
use crate::rest::route::{
    CHANNEL, CREATE_INTERACTION_RESPONSE, CREATE_MESSAGE, GUILD, MODIFY_CHANNEL, Route,
    TRIGGER_TYPING_INDICATOR,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn headers(bucket: &str, limit: u32, remaining: u32, reset_after: u64) -> RateLimitHeaders {
    RateLimitHeaders {
        bucket: Some(bucket.to_owned()),
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(seconds(reset_after)),
        is_complete: true,
        ..RateLimitHeaders::default()
    }
}

fn too_many(retry_after: u64, scope: RateLimitScope) -> RateLimitHeaders {
    let too_many_requests = Some(TooManyRequests { retry_after: seconds(retry_after), scope });
    RateLimitHeaders { too_many_requests, is_invalid: true, ..RateLimitHeaders::default() }
}

/// A limiter with a clock.
struct Scene {
    limiter: Limiter,
    now: Instant,
    owner: Owner,
}

impl Scene {
    fn new() -> Scene {
        Scene::with(Rules::default())
    }

    fn with(rules: Rules) -> Scene {
        Scene { limiter: Limiter::new(rules), now: Instant::now(), owner: Owner::Address }
    }

    /// A limiter after one response on the route.
    fn after_response(route: &Route, headers: &RateLimitHeaders) -> Scene {
        let mut scene = Scene::new();
        scene.respond(route, headers);
        scene
    }

    /// Enters a call. Returns it with the decisions that followed.
    fn enter(&mut self, route: &Route, timeout: u64) -> (Ticket, Vec<(Ticket, Decision)>) {
        let ticket = self.limiter.enter(self.now, self.owner, route, self.now + seconds(timeout), None);
        (ticket, self.decisions())
    }

    fn decisions(&mut self) -> Vec<(Ticket, Decision)> {
        self.limiter.release(self.now);
        std::iter::from_fn(|| self.limiter.next_decision()).collect()
    }

    /// Enters a call that is sent at once.
    fn send(&mut self, route: &Route) -> Ticket {
        let (ticket, decisions) = self.enter(route, 10_000);
        assert_eq!(decisions, [(ticket, Decision::Send)]);
        ticket
    }

    /// Enters a call that has to wait.
    fn wait(&mut self, route: &Route) -> Ticket {
        let (ticket, decisions) = self.enter(route, 10_000);
        assert_eq!(decisions, []);
        ticket
    }

    fn respond(&mut self, route: &Route, headers: &RateLimitHeaders) {
        let ticket = self.send(route);
        self.limiter.complete(self.now, ticket, headers);
    }

    fn complete(&mut self, ticket: Ticket, headers: &RateLimitHeaders) -> Vec<(Ticket, Decision)> {
        self.limiter.complete(self.now, ticket, headers);
        self.decisions()
    }

    /// Lets time pass.
    fn advance(&mut self, time: Duration) -> Vec<(Ticket, Decision)> {
        self.now += time;
        self.decisions()
    }

    /// The time until `wake_at`, in whole seconds.
    fn wakes_in(&mut self) -> Option<u64> {
        Some(self.limiter.wake_at(self.now)?.duration_since(self.now).as_secs())
    }
}

fn message(channel: u64) -> Route {
    CREATE_MESSAGE.at(&[&channel])
}

fn sent(tickets: &[Ticket]) -> Vec<(Ticket, Decision)> {
    tickets.iter().map(|ticket| (*ticket, Decision::Send)).collect()
}

#[test]
fn the_first_request_of_an_unknown_bucket_is_sent_alone_to_learn_the_limit() {
    let mut scene = Scene::new();
    let first = scene.send(&message(1));
    let others = [(); 4].map(|()| scene.wait(&message(1)));
    // Another channel is another bucket.
    scene.send(&message(2));
    assert_eq!(scene.complete(first, &headers("a", 5, 2, 5)), sent(&others[..2]));
    assert_eq!(scene.wakes_in(), Some(5));
    assert_eq!(scene.advance(seconds(6)), sent(&others[2..]));
}

#[test]
fn a_route_without_rate_limit_headers_is_not_held_back() {
    let mut scene = Scene::new();
    let first = scene.send(&message(1));
    let other = scene.wait(&message(1));
    assert_eq!(
        scene.complete(first, &RateLimitHeaders { is_complete: true, ..RateLimitHeaders::default() }),
        sent(&[other])
    );
    for _ in 0..10 {
        scene.send(&message(1));
        scene.send(&message(2));
    }
    // Later headers apply.
    assert_eq!(scene.complete(other, &headers("a", 5, 0, 5)), []);
    scene.wait(&message(1));
}

#[test]
fn an_error_without_headers_leaves_the_bucket_unknown() {
    let mut scene = Scene::after_response(&message(1), &RateLimitHeaders::default());
    scene.send(&message(1));
    scene.wait(&message(1));
}

#[test]
fn an_empty_bucket_waits_for_its_reset() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 2, 0, 5));
    let waiting = [(); 3].map(|()| scene.wait(&message(1)));
    assert_eq!(scene.advance(seconds(4)), []);
    assert_eq!(scene.advance(seconds(1) + Duration::from_millis(1)), sent(&waiting[..2]));
}

#[test]
fn requests_in_flight_count_as_used_until_they_are_cancelled() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 2, 5));
    let [first, second] = [(); 2].map(|()| scene.send(&message(1)));
    let [third, fourth] = [(); 2].map(|()| scene.wait(&message(1)));
    scene.limiter.cancel(scene.now, first);
    assert_eq!(scene.decisions(), sent(&[third]));
    // Discord may have counted this request.
    scene.limiter.lost(scene.now, second);
    assert_eq!(scene.decisions(), []);
    assert_eq!(scene.advance(seconds(6)), sent(&[fourth]));
}

#[test]
fn after_a_window_of_lost_requests_the_next_window_opens() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 2, 0, 5));
    scene.advance(seconds(6));
    let lost_tickets = [(); 2].map(|()| scene.send(&message(1)));
    let waiting = scene.wait(&message(1));
    for ticket in lost_tickets {
        scene.limiter.lost(scene.now, ticket);
    }
    assert_eq!(scene.decisions(), []);
    assert_eq!(scene.advance(seconds(6)), sent(&[waiting]));
}

#[test]
fn an_overtaken_response_does_not_refill_the_bucket() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 2, 5));
    let [first, second] = [(); 2].map(|()| scene.send(&message(1)));
    assert_eq!(scene.complete(second, &headers("a", 5, 0, 5)), []);
    assert_eq!(scene.complete(first, &headers("a", 5, 1, 5)), []);
    scene.wait(&message(1));
}

#[test]
fn a_response_of_the_last_window_does_not_change_this_one() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 2, 5));
    let late = scene.send(&message(1));
    scene.advance(seconds(5) + Duration::from_millis(1));
    scene.respond(&message(1), &headers("a", 5, 3, 5));
    // The response was sent just before the reset.
    assert_eq!(scene.complete(late, &headers("a", 5, 0, 0)), []);
    for _ in 0..3 {
        scene.send(&message(1));
    }
    scene.wait(&message(1));
}

#[test]
fn endpoints_with_one_hash_share_a_bucket() {
    let typing = TRIGGER_TYPING_INDICATOR.at(&[&1]);
    let mut scene = Scene::after_response(&typing, &headers("a", 5, 3, 5));
    scene.respond(&message(1), &headers("a", 5, 0, 5));
    scene.wait(&typing);
    // In another channel the two are known to share a bucket, although neither was used there.
    scene.send(&message(2));
    scene.wait(&TRIGGER_TYPING_INDICATOR.at(&[&2]));
}

#[test]
fn requests_in_flight_move_to_the_new_bucket_when_a_hash_changes() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 4, 5));
    let [first, _second, _third] = [(); 3].map(|()| scene.send(&message(1)));
    assert_eq!(scene.complete(first, &headers("b", 5, 3, 5)), []);
    scene.send(&message(1));
    scene.wait(&message(1));
}

#[test]
fn an_overtaken_response_does_not_restore_an_old_hash() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 4, 5));
    let [first, second] = [(); 2].map(|()| scene.send(&message(1)));
    scene.now += seconds(1);
    assert_eq!(scene.complete(second, &headers("b", 5, 0, 5)), []);
    assert_eq!(scene.complete(first, &headers("a", 5, 3, 4)), []);
    scene.wait(&message(1));
}

#[test]
fn the_end_of_a_window_counts_from_the_arrival_of_its_response() {
    let mut scene = Scene::new();
    let first = scene.send(&message(1));
    scene.now += seconds(2);
    scene.complete(first, &headers("a", 1, 0, 5));
    scene.wait(&message(1));
    assert_eq!(scene.wakes_in(), Some(5));
}

#[test]
fn calls_of_one_route_keep_their_order_even_after_a_429() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 1, 5));
    let first = scene.send(&message(1));
    let [second, third] = [(); 2].map(|()| scene.wait(&message(1)));
    scene.complete(first, &too_many(7, RateLimitScope::Route));
    let deadline = scene.now + seconds(100);
    assert_eq!(scene.limiter.enter(scene.now, Owner::Address, &message(1), deadline, Some(first)), first);
    assert_eq!(scene.decisions(), []);
    assert_eq!(scene.advance(seconds(8)), sent(&[first]));
    // After a 429 one request is sent alone.
    assert_eq!(scene.complete(first, &headers("a", 5, 4, 5)), sent(&[second, third]));
}

#[test]
fn a_429_that_the_bucket_does_not_explain_holds_back_only_its_route() {
    let (rename, read) = (MODIFY_CHANNEL.at(&[&1]), CHANNEL.at(&[&1]));
    let mut scene = Scene::after_response(&read, &headers("a", 5, 4, 5));
    let renaming = scene.send(&rename);
    scene.complete(
        renaming,
        &RateLimitHeaders {
            too_many_requests: too_many(600, RateLimitScope::Route).too_many_requests,
            ..headers("a", 5, 3, 5)
        },
    );
    scene.wait(&rename);
    // Another endpoint of the bucket, and the same endpoint in another channel.
    scene.send(&read);
    scene.send(&MODIFY_CHANNEL.at(&[&2]));
}

#[test]
fn a_blocked_route_does_not_delay_others() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 5, 0, 500));
    for _ in 0..20 {
        scene.wait(&message(1));
    }
    scene.send(&message(2));
    scene.send(&GUILD.at(&[&1]));
}

#[test]
fn a_global_429_pauses_all_but_interaction_responses() {
    let callback = CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]);
    let mut scene = Scene::after_response(&message(1), &too_many(3, RateLimitScope::Global));
    let first = scene.wait(&message(2));
    scene.send(&callback);
    assert_eq!(scene.advance(seconds(2)), []);
    assert_eq!(scene.advance(seconds(1)), sent(&[first]));
}

#[test]
fn a_429_of_the_address_pauses_everything() {
    let mut scene = Scene::after_response(&message(1), &too_many(3, RateLimitScope::Address));
    let callback = scene.wait(&CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]));
    let other = scene.wait(&message(2));
    assert_eq!(scene.advance(seconds(3)), sent(&[callback, other]));
}

#[test]
fn the_global_limit_keeps_the_order_and_exempts_interactions() {
    let mut scene = Scene::with(Rules { per_second: 2, ..Rules::default() });
    let in_flight = [1, 2].map(|channel| scene.send(&message(channel)));
    let waiting = [3, 4, 5].map(|channel| scene.wait(&message(channel)));
    scene.send(&CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]));
    for ticket in in_flight {
        assert_eq!(scene.complete(ticket, &headers("a", 5, 4, 5)), []);
    }
    assert_eq!(scene.advance(Duration::from_millis(1000)), []);
    assert_eq!(scene.advance(Duration::from_millis(1)), sent(&waiting[..2]));
}

#[test]
fn a_call_that_cannot_be_sent_in_time_is_rejected_at_once() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 1, 0, 600));
    let (ticket, decisions) = scene.enter(&message(1), 30);
    let [(rejected, Decision::TooLate(at))] = decisions[..] else { panic!("{decisions:?}") };
    assert_eq!((rejected, at.duration_since(scene.now).as_secs()), (ticket, 600));
}

#[test]
fn calls_ahead_count_towards_the_estimate() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 2, 0, 10));
    for _ in 0..4 {
        scene.wait(&message(1));
    }
    // Two are sent after 10 seconds and two after 20; this one would be the first after 30.
    let (_, decisions) = scene.enter(&message(1), 29);
    let [(_, Decision::TooLate(at))] = decisions[..] else { panic!("{decisions:?}") };
    assert_eq!(at.duration_since(scene.now).as_secs(), 30);
    assert_eq!(scene.enter(&message(1), 31).1, []);
}

#[test]
fn a_waiting_call_is_rejected_as_soon_as_it_cannot_be_sent_in_time() {
    let mut scene = Scene::new();
    let first = scene.send(&message(1));
    let (impatient, _) = scene.enter(&message(1), 30);
    let patient = scene.wait(&message(1));
    let decisions = scene.complete(first, &headers("a", 1, 0, 600));
    let [(rejected, Decision::TooLate(_))] = decisions[..] else { panic!("{decisions:?}") };
    assert_eq!(rejected, impatient);
    assert_eq!(scene.advance(seconds(601)), sent(&[patient]));

    // A global pause does the same.
    scene.send(&message(2));
    let (impatient, decisions) = scene.enter(&message(2), 30);
    assert_eq!(decisions, []);
    let decisions = scene.complete(patient, &too_many(60, RateLimitScope::Global));
    assert!(
        matches!(decisions[..], [(rejected, Decision::TooLate(_))] if rejected == impatient),
        "{decisions:?}"
    );
}

#[test]
fn a_call_that_gives_up_does_not_block_the_next() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 1, 0, 10));
    let [first, second] = [(); 2].map(|()| scene.wait(&message(1)));
    assert_eq!(scene.limiter.give_up(scene.now, first).duration_since(scene.now).as_secs(), 10);
    assert_eq!(scene.advance(seconds(11)), sent(&[second]));
}

#[test]
fn too_many_refused_requests_stop_all_requests_for_ten_minutes() {
    let mut scene = Scene::with(Rules { invalid: 3, ..Rules::default() });
    let waiting = {
        scene.respond(&message(9), &headers("a", 1, 0, 3000));
        scene.wait(&message(9))
    };
    let forbidden = RateLimitHeaders { is_invalid: true, is_complete: true, ..RateLimitHeaders::default() };
    for _ in 0..2 {
        scene.respond(&message(1), &forbidden);
    }
    let last = scene.send(&message(1));
    let decisions = scene.complete(last, &forbidden);
    let [(stopped, Decision::Stopped { refused: 3, until })] = decisions[..] else { panic!("{decisions:?}") };
    assert_eq!((stopped, until.duration_since(scene.now).as_secs()), (waiting, 610));
    let callback = CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]);
    assert!(matches!(scene.enter(&callback, 1).1[..], [(_, Decision::Stopped { .. })]));
    scene.advance(seconds(610));
    scene.send(&message(1));
}

#[test]
fn the_breaker_stops_well_before_discord_blocks_the_address() {
    assert_eq!((Rules::default().per_second, Rules::default().invalid), (50, 5_000));
}

#[test]
fn a_limit_of_0_is_taken_for_1() {
    let mut scene = Scene::after_response(&message(1), &headers("a", 0, 0, 5));
    let waiting = scene.wait(&message(1));
    assert_eq!(scene.advance(seconds(6)), sent(&[waiting]));
}

#[test]
fn idle_buckets_are_removed_over_a_million_channels() {
    // A debug build is slow, and a tenth shows the same.
    let channels = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    let mut scene = Scene::with(Rules { per_second: u32::MAX, ..Rules::default() });
    scene.respond(&message(0), &headers("a", 5, 0, 5_000));
    for channel in 1..channels {
        scene.now += Duration::from_millis(1);
        scene.respond(&message(channel), &headers("a", 5, 4, 1));
        if channel % 1000 == 0 {
            let (queues, buckets) = scene.limiter.table.size();
            assert!(queues <= 4096 && buckets <= 4096, "{queues} queues and {buckets} buckets");
        }
    }
    // The search for idle ones has a constant cost per call.
    let inspected = scene.limiter.table.inspected();
    assert!(inspected as u64 <= 4 * channels, "{inspected}");
    // A bucket that still limits is not removed.
    scene.wait(&message(0));
}
