//! A wrong value in any field of an event does not lose the event in a running bot.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use syncord::Bot;
use syncord::gateway::event::Event;
use syncord::gateway::intents::Intents;
use syncord::model::collect_unreadable;
use syncord::sim::Discord;

use crate::events::TYPED;
use crate::wrong_fields;

/// How often each event was handled, and how many unreadable parts its contexts had.
pub(crate) type Calls = Arc<Mutex<BTreeMap<&'static str, (usize, usize)>>>;

/// What a live test needs of an event's type.
pub(crate) struct Live {
    /// Registers a handler that counts the event.
    listen: fn(&mut Bot<'_>, &Calls),
    /// Whether the event can be read.
    reads: fn(&str) -> bool,
}

pub(crate) const fn live<E: Event>() -> Live {
    Live { listen: listen::<E>, reads: |data| E::decode(data).is_ok() }
}

fn listen<E: Event>(bot: &mut Bot<'_>, calls: &Calls) {
    let calls = Arc::clone(calls);
    bot.on(move |cx, _: &E| {
        let mut calls = calls.lock().unwrap();
        let (count, unreadable) = calls.entry(E::NAME).or_default();
        *count += 1;
        *unreadable += cx.unreadable().len();
        Ok(())
    });
}

/// An event that is sent before and after the others.
#[derive(Deserialize)]
struct Marker {}

impl Event for Marker {
    const NAME: &'static str = "MARKER";
    const INTENTS: Intents = Intents::empty();
}

#[test]
fn every_event_with_a_wrong_value_is_handled_by_a_running_bot() {
    let Some(subjects) = wrong_fields::events() else { return };
    let discord = Discord::start().unwrap();
    let mut bot = discord.bot();
    let (calls, (marked, markers)) = (Calls::default(), channel());
    for (.., live) in TYPED {
        (live.listen)(&mut bot, &calls);
    }
    bot.on(move |_, _: &Marker| Ok(Sender::send(&marked, ())?));
    bot.on_error(|_, _| {});
    // The script takes what it uses.
    let (subjects, discord) = (&subjects, &discord);
    let ran = bot.during(move || {
        let mark = || {
            discord.dispatch(Marker::NAME, json!({}));
            markers.recv_timeout(Duration::from_secs(120))
        };
        // The events of the login came before.
        mark()?;
        calls.lock().unwrap().clear();
        let (mut seen, mut expected) =
            (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, (usize, usize)>::new());
        for subject in subjects {
            let live =
                TYPED.iter().find_map(|(name, .., live)| (*name == subject.name).then_some(live)).unwrap();
            subject.each_mutation(seen.entry(subject.name).or_default(), |mutation| {
                discord.dispatch(subject.name, mutation.sent);
                let (is_read, unreadable) = collect_unreadable(|| (live.reads)(&mutation.text));
                if is_read {
                    let (count, parts) = expected.entry(subject.name).or_default();
                    *count += 1;
                    *parts += unreadable.len();
                }
            });
        }
        mark()?;
        assert_eq!(*calls.lock().unwrap(), expected);
        println!("{} events", expected.values().map(|(count, _)| count).sum::<usize>());
        Ok(())
    });
    ran.unwrap();
}
