//! Connections whose reads and writes can be cut from another thread.

use std::fmt;
use std::io;

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use crate::rest::cut::{self, Connection};

/// A connection that says which call uses it.
pub(super) struct CutTransport<In> {
    pub(super) inner: In,
    pub(super) connection: Connection,
}

impl<In: Transport> CutTransport<In> {
    fn run<T>(&mut self, work: impl FnOnce(&mut In) -> Result<T, ureq::Error>) -> Result<T, ureq::Error> {
        if !cut::use_connection(Some(&self.connection)) {
            return Err(was_cut());
        }
        let result = work(&mut self.inner);
        // A connection that was shut down looks closed, or even complete.
        if cut::use_connection(None) { result } else { Err(was_cut()) }
    }
}

fn was_cut() -> ureq::Error {
    io::Error::new(io::ErrorKind::ConnectionAborted, "the bot was stopped").into()
}

impl<In: Transport> Transport for CutTransport<In> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        self.run(|inner| inner.transmit_output(amount, timeout))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        self.run(|inner| inner.await_input(timeout))
    }

    fn is_open(&mut self) -> bool {
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}

impl<In: fmt::Debug> fmt::Debug for CutTransport<In> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CutTransport").field("inner", &self.inner).finish_non_exhaustive()
    }
}
