#![allow(clippy::unwrap_used)]

mod model;
mod simulation;
mod world;

use std::time::{Duration, Instant};

use super::{Limiter, Reach, Refusal, Rules, Said, Ticket, Verdict};
use crate::rest::route::{
    CHANNEL, CREATE_INTERACTION_RESPONSE, CREATE_MESSAGE, GUILD, MODIFY_CHANNEL, Route,
    TRIGGER_TYPING_INDICATOR,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn said(bucket: &str, limit: u32, remaining: u32, reset_after: u64) -> Said {
    Said {
        bucket: Some(bucket.to_owned()),
        limit: Some(limit),
        remaining: Some(remaining),
        reset_after: Some(seconds(reset_after)),
        complete: true,
        ..Said::default()
    }
}

fn refused(retry_after: u64, reach: Reach) -> Said {
    let refused = Some(Refusal { retry_after: seconds(retry_after), reach });
    Said { refused, invalid: true, ..Said::default() }
}

/// A limiter with its clock.
struct Scene {
    limiter: Limiter,
    now: Instant,
}

impl Scene {
    fn new() -> Scene {
        Scene::with(Rules::default())
    }

    fn with(rules: Rules) -> Scene {
        Scene { limiter: Limiter::new(rules), now: Instant::now() }
    }

    /// A limiter that has had one answer on the route.
    fn taught(route: &Route, answer: &Said) -> Scene {
        let mut scene = Scene::new();
        scene.answer(route, answer);
        scene
    }

    /// A call, with what was decided when it came.
    fn call(&mut self, route: &Route, patience: u64) -> (Ticket, Vec<(Ticket, Verdict)>) {
        let ticket = self.limiter.enter(self.now, route, self.now + seconds(patience), None);
        (ticket, self.decided())
    }

    fn decided(&mut self) -> Vec<(Ticket, Verdict)> {
        self.limiter.release(self.now);
        std::iter::from_fn(|| self.limiter.verdict()).collect()
    }

    /// A call that leaves at once.
    fn go(&mut self, route: &Route) -> Ticket {
        let (ticket, decided) = self.call(route, 10_000);
        assert_eq!(decided, [(ticket, Verdict::Go)]);
        ticket
    }

    /// A call that has to wait.
    fn wait(&mut self, route: &Route) -> Ticket {
        let (ticket, decided) = self.call(route, 10_000);
        assert_eq!(decided, []);
        ticket
    }

    fn answer(&mut self, route: &Route, answer: &Said) {
        let ticket = self.go(route);
        self.limiter.tell(self.now, ticket, answer);
    }

    fn tell(&mut self, ticket: Ticket, answer: &Said) -> Vec<(Ticket, Verdict)> {
        self.limiter.tell(self.now, ticket, answer);
        self.decided()
    }

    /// Time passes, and is all that happens.
    fn pass(&mut self, time: Duration) -> Vec<(Ticket, Verdict)> {
        self.now += time;
        self.decided()
    }

    /// When it wants to be asked again, in seconds and without what rounding adds.
    fn wakes_in(&mut self) -> Option<u64> {
        Some(self.limiter.wake_at(self.now)?.duration_since(self.now).as_secs())
    }
}

fn message(channel: u64) -> Route {
    CREATE_MESSAGE.at(&[&channel])
}

fn gone(tickets: &[Ticket]) -> Vec<(Ticket, Verdict)> {
    tickets.iter().map(|ticket| (*ticket, Verdict::Go)).collect()
}

#[test]
fn the_first_call_of_an_unknown_bucket_goes_alone_and_finds_out_for_all() {
    let mut scene = Scene::new();
    let first = scene.go(&message(1));
    let others = [(); 4].map(|()| scene.wait(&message(1)));
    // Another channel is another bucket.
    scene.go(&message(2));
    assert_eq!(scene.tell(first, &said("a", 5, 2, 5)), gone(&others[..2]));
    assert_eq!(scene.wakes_in(), Some(5));
    assert_eq!(scene.pass(seconds(6)), gone(&others[2..]));
}

#[test]
fn what_headers_say_nothing_of_is_not_held_back() {
    let mut scene = Scene::new();
    let first = scene.go(&message(1));
    let other = scene.wait(&message(1));
    assert_eq!(scene.tell(first, &Said { complete: true, ..Said::default() }), gone(&[other]));
    for _ in 0..10 {
        scene.go(&message(1));
        scene.go(&message(2));
    }
    // If Discord says something after all, it holds.
    assert_eq!(scene.tell(other, &said("a", 5, 0, 5)), []);
    scene.wait(&message(1));
}

#[test]
fn an_error_that_says_nothing_leaves_the_bucket_unknown() {
    let mut scene = Scene::taught(&message(1), &Said::default());
    scene.go(&message(1));
    scene.wait(&message(1));
}

#[test]
fn an_empty_bucket_waits_for_its_reset_and_is_full_then() {
    let mut scene = Scene::taught(&message(1), &said("a", 2, 0, 5));
    let waiting = [(); 3].map(|()| scene.wait(&message(1)));
    assert_eq!(scene.pass(seconds(4)), []);
    assert_eq!(scene.pass(seconds(1) + Duration::from_millis(1)), gone(&waiting[..2]));
}

#[test]
fn calls_under_way_count_as_used_until_they_are_known_not_to_have_left() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 2, 5));
    let [first, second] = [(); 2].map(|()| scene.go(&message(1)));
    let [third, fourth] = [(); 2].map(|()| scene.wait(&message(1)));
    scene.limiter.unsend(scene.now, first);
    assert_eq!(scene.decided(), gone(&[third]));
    // This one may have been counted.
    scene.limiter.lose(scene.now, second);
    assert_eq!(scene.decided(), []);
    assert_eq!(scene.pass(seconds(6)), gone(&[fourth]));
}

#[test]
fn when_every_call_of_a_window_is_lost_the_next_one_still_comes() {
    let mut scene = Scene::taught(&message(1), &said("a", 2, 0, 5));
    scene.pass(seconds(6));
    let lost = [(); 2].map(|()| scene.go(&message(1)));
    let waiting = scene.wait(&message(1));
    for ticket in lost {
        scene.limiter.lose(scene.now, ticket);
    }
    assert_eq!(scene.decided(), []);
    assert_eq!(scene.pass(seconds(6)), gone(&[waiting]));
}

#[test]
fn an_answer_that_was_overtaken_does_not_refill_the_bucket() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 2, 5));
    let [first, second] = [(); 2].map(|()| scene.go(&message(1)));
    assert_eq!(scene.tell(second, &said("a", 5, 0, 5)), []);
    assert_eq!(scene.tell(first, &said("a", 5, 1, 5)), []);
    scene.wait(&message(1));
}

#[test]
fn an_answer_of_the_last_window_says_nothing_of_this_one() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 2, 5));
    let late = scene.go(&message(1));
    scene.pass(seconds(5) + Duration::from_millis(1));
    scene.answer(&message(1), &said("a", 5, 3, 5));
    // It was written just before the reset, and says so.
    assert_eq!(scene.tell(late, &said("a", 5, 0, 0)), []);
    for _ in 0..3 {
        scene.go(&message(1));
    }
    scene.wait(&message(1));
}

#[test]
fn endpoints_with_one_hash_share_a_bucket() {
    let typing = TRIGGER_TYPING_INDICATOR.at(&[&1]);
    let mut scene = Scene::taught(&typing, &said("a", 5, 3, 5));
    scene.answer(&message(1), &said("a", 5, 0, 5));
    scene.wait(&typing);
    // In another channel both are known to share, though neither was used there.
    scene.go(&message(2));
    scene.wait(&TRIGGER_TYPING_INDICATOR.at(&[&2]));
}

#[test]
fn what_is_under_way_moves_along_when_a_hash_changes() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 4, 5));
    let [first, _second, _third] = [(); 3].map(|()| scene.go(&message(1)));
    assert_eq!(scene.tell(first, &said("b", 5, 3, 5)), []);
    scene.go(&message(1));
    scene.wait(&message(1));
}

#[test]
fn an_old_hash_does_not_come_back_with_an_answer_that_was_overtaken() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 4, 5));
    let [first, second] = [(); 2].map(|()| scene.go(&message(1)));
    scene.now += seconds(1);
    assert_eq!(scene.tell(second, &said("b", 5, 0, 5)), []);
    assert_eq!(scene.tell(first, &said("a", 5, 3, 4)), []);
    scene.wait(&message(1));
}

#[test]
fn the_end_of_a_window_is_counted_from_when_its_answer_came_and_no_clock_of_the_wall_is_asked() {
    let mut scene = Scene::new();
    let first = scene.go(&message(1));
    scene.now += seconds(2);
    scene.tell(first, &said("a", 1, 0, 5));
    scene.wait(&message(1));
    assert_eq!(scene.wakes_in(), Some(5));
}

#[test]
fn calls_of_one_route_leave_in_the_order_in_which_they_came_even_after_a_refusal() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 1, 5));
    let first = scene.go(&message(1));
    let [second, third] = [(); 2].map(|()| scene.wait(&message(1)));
    scene.tell(first, &refused(7, Reach::Route));
    let deadline = scene.now + seconds(100);
    assert_eq!(scene.limiter.enter(scene.now, &message(1), deadline, Some(first)), first);
    assert_eq!(scene.decided(), []);
    assert_eq!(scene.pass(seconds(8)), gone(&[first]));
    // One tries for all after a refusal.
    assert_eq!(scene.tell(first, &said("a", 5, 4, 5)), gone(&[second, third]));
}

#[test]
fn a_refusal_that_the_bucket_does_not_explain_holds_its_route_alone() {
    let (rename, read) = (MODIFY_CHANNEL.at(&[&1]), CHANNEL.at(&[&1]));
    let mut scene = Scene::taught(&read, &said("a", 5, 4, 5));
    let renaming = scene.go(&rename);
    scene.tell(renaming, &Said { refused: refused(600, Reach::Route).refused, ..said("a", 5, 3, 5) });
    scene.wait(&rename);
    // Another endpoint of the bucket, and the same endpoint elsewhere.
    scene.go(&read);
    scene.go(&MODIFY_CHANNEL.at(&[&2]));
}

#[test]
fn a_blocked_route_delays_no_other_that_came_later() {
    let mut scene = Scene::taught(&message(1), &said("a", 5, 0, 500));
    for _ in 0..20 {
        scene.wait(&message(1));
    }
    scene.go(&message(2));
    scene.go(&GUILD.at(&[&1]));
}

#[test]
fn a_global_refusal_pauses_the_bot_but_not_its_answers_to_interactions() {
    let callback = CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]);
    let mut scene = Scene::taught(&message(1), &refused(3, Reach::Bot));
    // A shorter one that comes later does not end it early.
    let first = scene.wait(&message(2));
    scene.go(&callback);
    assert_eq!(scene.pass(seconds(2)), []);
    assert_eq!(scene.pass(seconds(1)), gone(&[first]));
}

#[test]
fn a_refusal_of_the_address_pauses_everything() {
    let mut scene = Scene::taught(&message(1), &refused(3, Reach::Address));
    let callback = scene.wait(&CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]));
    let other = scene.wait(&message(2));
    assert_eq!(scene.pass(seconds(3)), gone(&[callback, other]));
}

#[test]
fn the_global_limit_is_passed_in_the_order_of_asking_and_not_by_interactions() {
    let mut scene = Scene::with(Rules { per_second: 2, ..Rules::default() });
    let under_way = [1, 2].map(|channel| scene.go(&message(channel)));
    let waiting = [3, 4, 5].map(|channel| scene.wait(&message(channel)));
    scene.go(&CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]));
    for ticket in under_way {
        assert_eq!(scene.tell(ticket, &said("a", 5, 4, 5)), []);
    }
    assert_eq!(scene.pass(Duration::from_millis(999)), []);
    assert_eq!(scene.pass(Duration::from_millis(1)), gone(&waiting[..2]));
}

#[test]
fn who_cannot_leave_in_time_is_told_at_once_when_it_could() {
    let mut scene = Scene::taught(&message(1), &said("a", 1, 0, 600));
    let (ticket, decided) = scene.call(&message(1), 30);
    let [(late, Verdict::Late(at))] = decided[..] else { panic!("{decided:?}") };
    assert_eq!((late, at.duration_since(scene.now).as_secs()), (ticket, 600));
}

#[test]
fn who_queues_behind_others_is_told_at_once_too() {
    let mut scene = Scene::taught(&message(1), &said("a", 2, 0, 10));
    for _ in 0..4 {
        scene.wait(&message(1));
    }
    // Two leave after 10 seconds, two after 20, and this one would be the first after 30.
    let (_, decided) = scene.call(&message(1), 29);
    let [(_, Verdict::Late(at))] = decided[..] else { panic!("{decided:?}") };
    assert_eq!(at.duration_since(scene.now).as_secs(), 30);
    assert_eq!(scene.call(&message(1), 31).1, []);
}

#[test]
fn who_waits_already_is_told_as_soon_as_it_turns_out_to_be_too_late() {
    let mut scene = Scene::new();
    let first = scene.go(&message(1));
    let (hasty, _) = scene.call(&message(1), 30);
    let patient = scene.wait(&message(1));
    let decided = scene.tell(first, &said("a", 1, 0, 600));
    let [(late, Verdict::Late(_))] = decided[..] else { panic!("{decided:?}") };
    assert_eq!(late, hasty);
    assert_eq!(scene.pass(seconds(601)), gone(&[patient]));

    // And so is everybody when everything pauses.
    scene.go(&message(2));
    let (hasty, decided) = scene.call(&message(2), 30);
    assert_eq!(decided, []);
    let decided = scene.tell(patient, &refused(60, Reach::Bot));
    assert!(matches!(decided[..], [(late, Verdict::Late(_))] if late == hasty), "{decided:?}");
}

#[test]
fn who_gives_up_makes_room() {
    let mut scene = Scene::taught(&message(1), &said("a", 1, 0, 10));
    let [first, second] = [(); 2].map(|()| scene.wait(&message(1)));
    assert_eq!(scene.limiter.give_up(scene.now, first).duration_since(scene.now).as_secs(), 10);
    assert_eq!(scene.pass(seconds(11)), gone(&[second]));
}

#[test]
fn too_many_refused_calls_stop_all_traffic_until_they_are_long_ago() {
    let mut scene = Scene::with(Rules { invalid: 3, ..Rules::default() });
    let waiting = {
        scene.answer(&message(9), &said("a", 1, 0, 3000));
        scene.wait(&message(9))
    };
    let forbidden = Said { invalid: true, complete: true, ..Said::default() };
    for _ in 0..2 {
        scene.answer(&message(1), &forbidden);
    }
    let last = scene.go(&message(1));
    let decided = scene.tell(last, &forbidden);
    let [(stopped, Verdict::Stopped { refused: 3, until })] = decided[..] else { panic!("{decided:?}") };
    assert_eq!((stopped, until.duration_since(scene.now).as_secs()), (waiting, 610));
    let callback = CREATE_INTERACTION_RESPONSE.at(&[&1, &"t"]);
    assert!(matches!(scene.call(&callback, 1).1[..], [(_, Verdict::Stopped { .. })]));
    scene.pass(seconds(610));
    scene.go(&message(1));
}

#[test]
fn the_breaker_stops_well_before_discord_would() {
    assert_eq!((Rules::default().per_second, Rules::default().invalid), (50, 5_000));
}

#[test]
fn a_limit_of_nothing_is_not_the_end() {
    let mut scene = Scene::taught(&message(1), &said("a", 0, 0, 5));
    let waiting = scene.wait(&message(1));
    assert_eq!(scene.pass(seconds(6)), gone(&[waiting]));
}

#[test]
fn idle_buckets_are_forgotten_over_a_million_channels() {
    // Without optimisation a tenth of it takes long enough, and shows the same.
    let channels = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };
    let mut scene = Scene::with(Rules { per_second: u32::MAX, ..Rules::default() });
    scene.answer(&message(0), &said("a", 5, 0, 5_000));
    for channel in 1..channels {
        scene.now += Duration::from_millis(1);
        scene.answer(&message(channel), &said("a", 5, 4, 1));
        if channel % 1000 == 0 {
            let (lines, buckets) = scene.limiter.table.size();
            assert!(lines <= 4096 && buckets <= 4096, "{lines} lines and {buckets} buckets");
        }
    }
    // Looking for the idle ones has cost each call the same.
    let looked = scene.limiter.table.looked_at();
    assert!(looked as u64 <= 4 * channels, "{looked}");
    // What still limits is not forgotten.
    scene.wait(&message(0));
}
