//! Ends a child process with the test that started it.

use std::process::Child;

/// Kills the child when it is dropped, so also when the test fails.
pub(crate) struct KillOnDrop(pub(crate) Child);

impl Drop for KillOnDrop {
    fn drop(&mut self) {
        // Fails if the child has already ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
