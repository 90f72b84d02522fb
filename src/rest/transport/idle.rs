//! Ends an attempt in which no byte moves. A slow one only ends at its call's deadline.

use std::fmt;
use std::time::Duration;

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

use crate::rest::timeouts::Timeouts;

/// The most that the systems at both ends may hold of a body that counts as sent here, in bytes.
const MAX_UNDERWAY: u64 = 8 * 1024 * 1024;

/// Sets the timeout of each read and write.
#[derive(Clone, Copy, Debug)]
pub(super) struct IdleLayer {
    idle: Duration,
    min_upload_rate: u64,
}

impl IdleLayer {
    pub(super) fn new(timeouts: &Timeouts) -> IdleLayer {
        IdleLayer { idle: timeouts.idle, min_upload_rate: timeouts.min_upload_rate }
    }

    /// How long the next byte may take, after this many bytes were handed to the system. They move where it cannot be
    /// seen, at the rate of the line.
    fn limit(self, sent: u64) -> Duration {
        self.idle.saturating_add(Timeouts::transfer(sent.min(MAX_UNDERWAY), self.min_upload_rate))
    }
}

impl<In: Transport> Connector<In> for IdleLayer {
    type Out = IdleTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| IdleTransport { inner, layer: *self, sent: 0 }))
    }
}

pub(super) struct IdleTransport<In> {
    inner: In,
    layer: IdleLayer,
    /// The bytes of this request that were handed to the system.
    sent: u64,
}

impl<In: Transport> Transport for IdleTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, mut timeout: NextTimeout) -> Result<(), ureq::Error> {
        timeout.per_write = Some(self.layer.limit(self.sent).into());
        self.inner.transmit_output(amount, timeout)?;
        self.sent += amount as u64;
        Ok(())
    }

    fn await_input(&mut self, mut timeout: NextTimeout) -> Result<bool, ureq::Error> {
        timeout.per_read = Some(self.layer.limit(self.sent).into());
        let has_input = self.inner.await_input(timeout)?;
        // The response has begun, so the request has arrived.
        self.sent = 0;
        Ok(has_input)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl<In: fmt::Debug> fmt::Debug for IdleTransport<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdleTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::IdleLayer;
    use crate::rest::timeouts::Timeouts;

    #[test]
    fn what_the_system_still_holds_of_a_body_extends_the_idle_timeout() {
        let layer = IdleLayer::new(&Timeouts::default());
        let limit = |sent| layer.limit(sent).as_secs();
        assert_eq!([0, 64 << 10, 1 << 20, 8 << 20, 1 << 30].map(limit), [15, 16, 31, 143, 143]);
        let fast = Timeouts { min_upload_rate: u64::MAX, ..Timeouts::default() };
        assert_eq!(IdleLayer::new(&fast).limit(1 << 30), Duration::from_secs(15));
    }
}
