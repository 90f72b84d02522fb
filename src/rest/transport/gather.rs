//! Headers and body leave together: one write, one TLS record, one packet, one wake-up at the other end.

use ureq::unversioned::transport::{Buffers, ConnectionDetails, Connector, NextTimeout, Transport};

/// Holds output back until an answer is waited for, or until there is a buffer full of it.
#[derive(Debug)]
pub(super) struct GatherLayer;

impl<In: Transport> Connector<In> for GatherLayer {
    type Out = GatherTransport<In>;

    fn connect(
        &self,
        _: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        Ok(chained.map(|inner| GatherTransport { inner, gathered: Vec::new() }))
    }
}

#[derive(Debug)]
pub(super) struct GatherTransport<In> {
    inner: In,
    gathered: Vec<u8>,
}

impl<In: Transport> GatherTransport<In> {
    fn send(&mut self, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let amount = self.gathered.len();
        if amount == 0 {
            return Ok(());
        }
        self.inner.buffers().output()[..amount].copy_from_slice(&self.gathered);
        self.gathered.clear();
        self.inner.transmit_output(amount, timeout)
    }
}

impl<In: Transport> Transport for GatherTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let output = self.inner.buffers().output();
        if self.gathered.len() + amount <= output.len() {
            self.gathered.extend_from_slice(&output[..amount]);
            return Ok(());
        }
        // The new output stands where the gathered has to go.
        let output = output[..amount].to_vec();
        self.send(timeout)?;
        self.gathered = output;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.send(timeout)?;
        self.inner.await_input(timeout)
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
