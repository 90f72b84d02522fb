//! The bot keeps its promises on real sockets, whatever the simulated Discord does to it.

#![allow(clippy::unwrap_used)]
// `Ok(note(..))` is how a closure of one line ends.
#![allow(clippy::unit_arg)]

mod answers;
mod backpressure;
mod child;
mod close_codes;
mod contained;
mod faults;
mod gaps;
mod lanes;
mod logged;
mod outages;
mod polling;
mod requests;
mod scene;
mod send_events;
mod sequence;
mod shards;
mod stopping;
mod tasks;
mod timers;
