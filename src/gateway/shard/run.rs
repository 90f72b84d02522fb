use std::time::Instant;

use super::shard::{Next, Shard};
use super::sink::Sink;
use crate::error::Error;
use crate::gateway::session::{Input, Now};
use crate::gateway::socket::Received;

impl Shard {
    /// One turn: waits for the next input, passes it to the session, and carries out what the session returns.
    /// Returns true when the shard is done.
    pub(super) fn turn(&mut self, sink: &mut dyn Sink) -> Result<bool, Error> {
        let text;
        let input = match self.next(sink) {
            Next::Text(frame) => {
                text = frame;
                Input::Text(&text)
            }
            Next::Input(input) => input,
        };
        let step = self.session.handle(self.now, input);
        for action in step.actions {
            if self.carry_out(action, sink)? {
                return Ok(true);
            }
        }
        if let Some(event) = &step.dispatch {
            sink.event(event);
        }
        Ok(false)
    }

    /// Returns exactly one input: a pending one, one that was read before, or what happens until the deadline.
    fn next(&mut self, sink: &mut dyn Sink) -> Next {
        if let Some(next) = self.pending.pop_front() {
            return next;
        }
        if let Some(next) = self.read_buffered() {
            return next;
        }
        // Before it waits, the shard delivers the collected events and reads the program's requests.
        self.update_health();
        self.report_session(sink);
        let backpressure = sink.flush();
        let next = if backpressure != self.backpressure {
            self.backpressure = backpressure;
            Input::Backpressure(backpressure).into()
        } else if let Some(request) = self.requests.take() {
            request.into()
        } else {
            self.wait(sink)
        };
        self.now = Now::read();
        next
    }

    /// Waits for something to happen, but not longer than until the session's deadline.
    fn wait(&mut self, sink: &mut dyn Sink) -> Next {
        let reads = self.reads();
        let deadline = self.wait_until(reads);
        self.meter.set_due_at(deadline);
        let timeout = deadline.saturating_duration_since(Instant::now());
        match &mut self.socket {
            None => self.requests.wait(timeout).into(),
            Some(_) if !reads => {
                sink.wait_for_room(timeout);
                self.check_connection()
            }
            Some(socket) => {
                if !self.requests.wait_with(socket, deadline) {
                    return self.requests.take().map_or_else(|| self.on_no_frame(), Next::from);
                }
                match socket.read(Instant::now()) {
                    Received::NoFrame => self.on_no_frame(),
                    received => self.on_received(received),
                }
            }
        }
    }
}
