//! Reservations of room for messages.

use super::Queue;

/// Room in the queue for one message. It is free again when this is dropped.
pub(crate) struct Reservation<'q, T> {
    queue: &'q Queue<T>,
    is_used: bool,
}

impl<T> Queue<T> {
    /// Reserves room for a message that is posted soon. `None` if too many messages wait.
    pub(crate) fn reserve(&self) -> Option<Reservation<'_, T>> {
        let mut state = self.lock();
        if state.is_full_of_messages() {
            return None;
        }
        state.reserved += 1;
        Some(Reservation { queue: self, is_used: false })
    }
}

impl<T> Reservation<'_, T> {
    /// Posts the message. Returns it if the bot's thread has ended.
    pub(crate) fn post(mut self, message: T) -> Result<(), T> {
        let queue = self.queue;
        let mut state = queue.lock();
        if state.over {
            return Err(message);
        }
        self.is_used = true;
        state.reserved -= 1;
        state.messages.push_back(message);
        queue.set_urgent(state);
        Ok(())
    }
}

impl<T> Drop for Reservation<'_, T> {
    fn drop(&mut self) {
        if !self.is_used {
            self.queue.lock().reserved -= 1;
        }
    }
}

#[cfg(test)]
mod tests;
