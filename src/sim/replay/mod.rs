//! Replays a recorded session to a bot.
//!
//! * [`script`]: reads the file
//! * [`calls`]: answers requests with what was recorded, and notes what differs. Pure
//! * [`replay`]: sends the events
//! * [`report`]: what differed

mod calls;
mod replay;
mod report;
mod script;

pub(super) use calls::{Answer, Made, RecordedCalls, replay_response};
pub use replay::Replay;
pub use report::{DifferentCall, ReplayReport};
