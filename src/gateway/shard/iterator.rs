use super::shard::Shard;
use super::sink::ShardEvent;
use crate::error::Error;
use crate::gateway::session::State;

/// The events, as they arrive. Heartbeats are sent only while `next` runs: a program that takes longer than a heartbeat
/// interval to handle an event must run the shard on a separate thread.
impl Iterator for Shard {
    type Item = Result<ShardEvent, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(event) = self.collected.pop() {
                return Some(Ok(event));
            }
            if let Some(error) = self.failure.take() {
                return Some(Err(error));
            }
            if self.ended || self.session.state() == State::Stopped {
                return None;
            }
            let mut collected = std::mem::take(&mut self.collected);
            let done = self.turn(&mut collected);
            self.collected = collected;
            match done {
                Ok(done) => self.ended = done,
                // The events that led to the error come before it.
                Err(error) => (self.ended, self.failure) = (true, Some(error)),
            }
        }
    }
}
