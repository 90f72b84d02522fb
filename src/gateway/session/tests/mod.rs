//! The behaviour of the session in virtual time, with a file for each subject.

#![allow(clippy::unwrap_used)]

mod at_most_once;
mod backpressure;
mod clocks;
mod close_codes;
mod gap;
mod heartbeat;
mod identify;
mod invalid_frames;
mod invalid_session;
mod member_requests;
mod pacing;
mod previous;
mod reconnect;
mod resume;
mod scenario;
mod secrets;
mod send_events;
mod stop;
mod storms;
mod zombie;
