impl Shard {
    /// One turn: wait for what comes next, tell the session, do what it says. True when the shard is done.
    fn turn(&mut self, sink: &mut dyn Sink) -> Result<bool, Error> {
        let next = self.next(sink);
        let step = self.session.handle(self.now, next.input());
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

    /// Exactly one input: what was left over, what was already read, or what comes within the deadline.
    fn next(&mut self, sink: &mut dyn Sink) -> Next {
        if let Some(next) = self.pending.pop_front() {
            return next;
        }
        if let Some(next) = self.buffered() {
            return next;
        }
        // About to wait: what was collected goes to the user, and what the user wants is looked at.
        self.tell_health();
        let backpressure = sink.flush();
        let next = if backpressure != self.backpressure {
            self.backpressure = backpressure;
            Next::Backpressure(backpressure)
        } else if let Some(request) = self.requests.take() {
            request
        } else {
            self.wait(sink)
        };
        self.now = Now::read();
        next
    }

    /// Waits until something comes, but not past the session's deadline.
    fn wait(&mut self, sink: &mut dyn Sink) -> Next {
        let longest = Instant::now() + MAX_READ_TIME;
        let deadline = self.session.deadline().map_or(longest, |at| at.min(longest));
        let timeout = deadline.saturating_duration_since(Instant::now());
        let reads = self.reads();
        match &mut self.socket {
            None => self.requests.wait(timeout),
            Some(_) if !reads => {
                sink.wait_for_room(timeout);
                self.unread()
            }
            Some(socket) => match socket.read(deadline) {
                Received::NoFrame => self.silence(),
                received => self.received(received),
            },
        }
    }
}
