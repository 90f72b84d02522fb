#![allow(clippy::unwrap_used)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Counts, Mailboxes};
use crate::bot::event_scope::EventScope;
use crate::bot::fixture::{Number, READ};
use crate::bot::threads::batch::Name;
use crate::bot::threads::mailbox::mail::MAX_MAILS;
use crate::bot::threads::mailbox::{Candidate, EventIds, Mailbox, Waited, Wanted};
use crate::bot::waits::Waits;
use crate::id::{ChannelId, UserId};

const PATIENCE: Duration = Duration::from_secs(30);
const A: &str = "MESSAGE_CREATE";
const B: &str = "NOT_IN_THE_TABLE";

impl Waited<Box<String>> {
    fn found(self) -> String {
        match self {
            Waited::Found(found) => *found,
            other => format!("{other:?}"),
        }
    }
}

fn open(boxes: &Mailboxes, names: &[&'static str]) -> Arc<Mailbox> {
    boxes.open(&Arc::new(Waits { node: String::new(), names: names.to_vec() }))
}

fn any(name: &'static str) -> Vec<Wanted> {
    vec![Wanted { name, type_name: "", ids: EventIds::default() }]
}

fn message_of(channel: u64, user: u64) -> Vec<Wanted> {
    let scope = EventScope::new().channel(ChannelId::new(channel)).user(UserId::new(user));
    vec![Wanted { name: A, type_name: "", ids: scope.into() }]
}

fn message(channel: u64, user: u64, content: &str) -> String {
    format!(r#"{{"id":"1","content":"{content}","channel_id":"{channel}","author":{{"id":"{user}"}}}}"#)
}

fn text(candidate: &Candidate<'_>) -> Option<String> {
    Some(candidate.data.to_owned())
}

fn is(wanted: &str) -> impl Fn(&Candidate<'_>) -> Option<String> {
    move |candidate| (candidate.data == wanted).then(|| wanted.to_owned())
}

fn offer(boxes: &Mailboxes, name: &str, data: impl AsRef<str>) {
    boxes.offer(Name::of(name), data.as_ref(), None);
}

/// The oldest event that has arrived.
fn now(boxes: &Mailboxes, mailbox: &Arc<Mailbox>, name: &'static str) -> String {
    boxes.wait(mailbox, any(name), Instant::now(), text).found()
}

/// Waits until this number of waits are registered.
fn wait_for_waits(boxes: &Mailboxes, count: usize) {
    let deadline = Instant::now() + PATIENCE;
    while boxes.lock().waits_of(A) < count {
        assert!(Instant::now() < deadline);
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn only_declared_events_are_received() {
    let boxes = Mailboxes::default();
    assert!(!boxes.want(Name::of(A)) && !boxes.want(Name::of(B)));
    let mailbox = open(&boxes, &[A]);
    assert!(boxes.want(Name::of(A)) && !boxes.want(Name::of(B)));
    offer(&boxes, A, "1");
    offer(&boxes, B, "2");
    assert_eq!(boxes.counts().kept, 1);
    assert_eq!(now(&boxes, &mailbox, A), "1");
    assert_eq!(now(&boxes, &mailbox, A), "TimedOut");
    boxes.close(&mailbox);
    assert!(!boxes.want(Name::of(A)));
    let other = open(&boxes, &[B]);
    assert!(!boxes.want(Name::of(A)) && boxes.want(Name::of(B)));
    offer(&boxes, B, "3");
    offer(&boxes, "ANOTHER", "4");
    assert_eq!(now(&boxes, &other, B), "3");
    assert_eq!(now(&boxes, &other, B), "TimedOut");
}

#[test]
fn five_hundred_waiting_tasks_cost_a_foreign_event_what_one_costs() {
    let counts = |tasks: u64| {
        let boxes = Mailboxes::default();
        let mailboxes: Vec<_> = (0..tasks).map(|_| open(&boxes, &[A])).collect();
        let wanted: Vec<_> = (0..tasks).map(|task| message_of(1, 1000 + task)).collect();
        let _waits: Vec<_> = mailboxes
            .iter()
            .zip(&wanted)
            .map(|(mailbox, wanted)| boxes.begin(mailbox, wanted.clone()))
            .collect();
        for n in 0..1000 {
            // Others write in the same channel, and the same users write elsewhere.
            offer(&boxes, A, message(1, 7, &n.to_string()));
        }
        boxes.counts()
    };
    let expected = Counts { kept: 1000, read: 0, mails: 0, woken: 0, searched: 0 };
    assert_eq!((counts(1), counts(500)), (expected, expected));
}

#[test]
fn of_five_hundred_waiting_tasks_only_the_one_that_waits_for_the_event_is_woken() {
    let boxes = Mailboxes::default();
    let mailboxes: Vec<_> = (0..500).map(|_| open(&boxes, &[A])).collect();
    let wanted: Vec<_> = (0..500).map(|task| message_of(1, 1000 + task)).collect();
    let _waits: Vec<_> =
        mailboxes.iter().zip(&wanted).map(|(mailbox, wanted)| boxes.begin(mailbox, wanted.clone())).collect();
    offer(&boxes, A, message(2, 1300, "in another channel"));
    assert_eq!(boxes.counts(), Counts { kept: 1, read: 1, mails: 0, woken: 0, searched: 0 });
    offer(&boxes, A, message(1, 1300, "this"));
    assert_eq!(boxes.counts(), Counts { kept: 2, read: 2, mails: 1, woken: 1, searched: 0 });
    let mail = mailboxes[300].next().unwrap();
    assert_eq!(&*mail.data, message(1, 1300, "this"));
}

#[test]
fn tasks_that_wait_for_nothing_are_not_woken() {
    let boxes = Mailboxes::default();
    let _mailboxes: Vec<_> = (0..500).map(|_| open(&boxes, &[A])).collect();
    for n in 0..100 {
        offer(&boxes, A, message(1, n, "hello"));
    }
    assert_eq!(boxes.counts(), Counts { kept: 100, read: 0, mails: 0, woken: 0, searched: 0 });
}

#[test]
fn an_event_is_decoded_once_for_all_the_tasks_whose_filter_must_see_it() {
    let boxes = Mailboxes::default();
    let mailboxes: Vec<_> = (0..20).map(|_| open(&boxes, &[A])).collect();
    let wanted = any(A);
    let _waits: Vec<_> = mailboxes.iter().map(|mailbox| boxes.begin(mailbox, wanted.clone())).collect();
    READ.set(0);
    offer(&boxes, A, "7");
    for mailbox in &mailboxes {
        let mail = mailbox.next().unwrap();
        assert_eq!(mail.candidate().shared::<Number>().map(|number| number.0), Some(7));
    }
    assert_eq!(READ.get(), 1);
    assert_eq!(boxes.counts(), Counts { kept: 1, read: 0, mails: 1, woken: 20, searched: 0 });
}

#[test]
fn early_events_are_found_and_events_not_picked_stay() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A, B]);
    for (name, data) in [(A, "1"), (B, "2"), (A, "3"), (A, "4")] {
        offer(&boxes, name, data);
    }
    let wait = |name, pick: &dyn Fn(&Candidate<'_>) -> Option<String>| {
        boxes.wait(&mailbox, any(name), Instant::now(), pick).found()
    };
    assert_eq!(wait(A, &is("3")), "3");
    assert_eq!(wait(A, &text), "1");
    assert_eq!(wait(B, &text), "2");
    assert_eq!(wait(A, &text), "4");
    assert_eq!(wait(A, &text), "TimedOut");
}

#[test]
fn a_wait_in_a_loop_looks_at_each_kept_event_once() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    let mut found = Vec::new();
    for round in 0..50 {
        offer(&boxes, A, message(1, 7, "foreign"));
        for n in 0..3 {
            offer(&boxes, A, message(1, 10, &format!("{round} {n}")));
        }
        // The filter refuses the first until the last round.
        let pick = |candidate: &Candidate<'_>| text(candidate).filter(|data| !data.contains(r#""0 0""#));
        found.push(boxes.wait(&mailbox, message_of(1, 10), Instant::now(), pick).found());
    }
    assert_eq!(boxes.counts().searched, 200);
    let expected = (0..51).filter(|n| *n > 0).map(|n| message(1, 10, &format!("{} {}", n / 3, n % 3)));
    assert!(found.into_iter().eq(expected));
    let wait = |wanted| boxes.wait(&mailbox, wanted, Instant::now(), text).found();
    assert_eq!(wait(message_of(1, 10)), message(1, 10, "0 0"));
    assert_eq!(wait(any(A)), message(1, 7, "foreign"));
}

#[test]
fn a_task_has_its_own_copy_of_an_event_and_none_from_before_its_start() {
    let boxes = Mailboxes::default();
    let first = open(&boxes, &[A]);
    offer(&boxes, A, "1");
    let second = open(&boxes, &[A]);
    offer(&boxes, A, "2");
    assert_eq!(now(&boxes, &second, A), "2");
    assert_eq!(now(&boxes, &first, A), "1");
    assert_eq!(now(&boxes, &first, A), "2");
    assert_eq!(now(&boxes, &second, A), "TimedOut");
}

#[test]
fn what_arrives_during_a_wait_for_something_else_is_found_by_the_next_wait() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A, B]);
    thread::scope(|scope| {
        let (for_ann, for_bob) = (message_of(1, 10), message_of(1, 11));
        let waiter = scope.spawn({
            let (boxes, mailbox) = (&boxes, &mailbox);
            move || {
                let until = Instant::now() + PATIENCE;
                let ann = boxes.wait(mailbox, for_ann, until, text).found();
                let bob = boxes.wait(mailbox, for_bob, until, text).found();
                let other = boxes.wait(mailbox, any(B), until, text).found();
                [ann, bob, other]
            }
        });
        wait_for_waits(&boxes, 1);
        offer(&boxes, B, "other");
        offer(&boxes, A, message(1, 11, "bob was first"));
        offer(&boxes, A, message(1, 10, "ann"));
        let expected = [message(1, 10, "ann"), message(1, 11, "bob was first"), "other".to_owned()];
        assert_eq!(waiter.join().unwrap(), expected);
    });
}

#[test]
fn events_that_woke_a_task_and_were_not_looked_at_are_not_displaced_by_foreign_ones() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    let wanted = message_of(1, 10);
    let wait = boxes.begin(&mailbox, wanted.clone());
    for n in 1..4 {
        offer(&boxes, A, message(1, 10, &n.to_string()));
    }
    drop(wait);
    for n in 0..2 * MAX_MAILS {
        offer(&boxes, A, message(1, 7, &n.to_string()));
    }
    for n in 1..4 {
        let found = boxes.wait(&mailbox, wanted.clone(), Instant::now(), text).found();
        assert_eq!(found, message(1, 10, &n.to_string()));
    }
    assert_eq!(boxes.wait(&mailbox, wanted.clone(), Instant::now(), text), Waited::TimedOut);
}

#[test]
fn a_wait_ends_with_the_event_that_it_is_for() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    thread::scope(|scope| {
        let waiter = scope.spawn(|| boxes.wait(&mailbox, any(A), Instant::now() + PATIENCE, is("2")));
        offer(&boxes, A, "1");
        offer(&boxes, A, "2");
        assert_eq!(waiter.join().unwrap(), Waited::Found(Box::new("2".to_owned())));
    });
    assert_eq!(now(&boxes, &mailbox, A), "1");
}

#[test]
fn a_wait_for_two_types_takes_the_first_of_either() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A, B]);
    let wanted = [message_of(1, 10), any(B)].concat();
    let wait =
        || boxes.wait(&mailbox, wanted.clone(), Instant::now(), |found| Some(found.name.to_owned())).found();
    offer(&boxes, A, message(1, 7, "foreign"));
    offer(&boxes, B, "1");
    offer(&boxes, A, message(1, 10, "2"));
    assert_eq!([wait(), wait(), wait()], [B, A, "TimedOut"]);
}

#[test]
fn a_panic_in_a_filter_ends_the_wait_and_loses_nothing() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    offer(&boxes, A, "1");
    let wait = || boxes.wait(&mailbox, any(A), Instant::now(), |_| -> Option<()> { panic!("no good") });
    assert!(catch_unwind(AssertUnwindSafe(wait)).is_err());
    assert_eq!(boxes.lock().waits_of(A), 0);
    assert_eq!(now(&boxes, &mailbox, A), "1");
}

#[test]
fn a_stop_ends_every_wait() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    thread::scope(|scope| {
        let waiter = scope.spawn(|| boxes.wait(&mailbox, any(A), Instant::now() + PATIENCE, text));
        boxes.stop();
        assert_eq!(waiter.join().unwrap(), Waited::Closed);
    });
    let late = open(&boxes, &[A]);
    assert_eq!(boxes.wait(&late, any(A), Instant::now() + PATIENCE, text), Waited::Closed);
    assert_eq!(boxes.sleep(&late, Instant::now() + PATIENCE), Waited::Closed);
}

#[test]
fn what_a_wait_does_not_look_at_is_bounded_and_the_oldest_is_lost() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    let wanted = any(A);
    let wait = boxes.begin(&mailbox, wanted.clone());
    for n in 0..MAX_MAILS + 5 {
        offer(&boxes, A, n.to_string());
    }
    assert_eq!(mailbox.lock().received().lost, 5);
    let first = mailbox.next().unwrap();
    assert_eq!(&*first.data, "5");
    drop(wait);
    assert_eq!(mailbox.lock().received().events.mails.len(), MAX_MAILS);
}

#[test]
fn nothing_is_kept_when_no_task_runs() {
    let boxes = Mailboxes::default();
    let mailbox = open(&boxes, &[A]);
    offer(&boxes, A, "1");
    boxes.close(&mailbox);
    boxes.close(&mailbox);
    offer(&boxes, A, "2");
    let state = boxes.lock();
    assert!(state.open.is_empty() && state.declared.is_empty() && state.events.oldest().is_none());
    assert_eq!(state.undecided_tasks, 0);
}
