//! Messages that the library sends where no handler responds.

use std::sync::Arc;
use std::time::Instant;

use super::action::{InteractionKind, ResponseAction, Visibility};
use super::auto_defer::{AutoDefer, Deferrable};
use super::content::Content;
use super::responder::InteractionResponder;
use crate::error::Error;
use crate::texts::LibraryText;

const REPLY: ResponseAction = ResponseAction::Reply(Visibility::Ephemeral);
const FOLLOW_UP: ResponseAction = ResponseAction::FollowUp(Visibility::Ephemeral);

impl InteractionResponder {
    /// A text of the library for the user. It is empty if the program wants nothing to be said.
    fn word(&self, text: &LibraryText) -> String {
        self.own_texts.as_ref().map_or_else(|| text.to_string(), |own| own.word(text))
    }

    /// Sends a message of the library, which the end of a bot's grace period does not cut.
    fn notify(&self, action: ResponseAction, text: &str) -> Result<(), Error> {
        self.perform_only(&self.client.with_cut(None), action, Content::Notification(text.to_owned()))
    }

    /// Makes the library say nothing to the user.
    pub(crate) fn keep_silent(&self) {
        self.holders.keep_silent();
    }
}

/// Notifies the user that nothing handles the interaction.
pub(super) fn no_longer_active(auto_defer: &Arc<AutoDefer>, responder: &Arc<InteractionResponder>) {
    if responder.state().is_user_waiting() {
        send(auto_defer, responder, LibraryText::NoLongerActive);
    }
}

/// Notifies the user that the bot stops.
pub(super) fn stopping(auto_defer: &Arc<AutoDefer>, responder: &Arc<InteractionResponder>) {
    send(auto_defer, responder, LibraryText::Stopping);
}

/// Notifies the user that the handler failed.
pub(super) fn failed(auto_defer: &Arc<AutoDefer>, responder: &Arc<InteractionResponder>) {
    send(auto_defer, responder, LibraryText::Failed);
}

/// Notifies the user that the handler ended without a response, if that is so, and logs it with the handler's name.
pub(super) fn no_response(auto_defer: &Arc<AutoDefer>, responder: &Arc<InteractionResponder>, handler: &str) {
    log_no_response(responder, handler);
    if responder.state().is_user_waiting() {
        send(auto_defer, responder, LibraryText::NoResponse);
    }
}

/// Logs that a handler ended without a response, if that is so.
pub(super) fn log_no_response(responder: &InteractionResponder, handler: &str) {
    let state = responder.state();
    if responder.holders.is_silent() {
        log::debug!("{handler} ended without a response to the interaction, as the program wants it");
    } else if state.is_user_waiting() && state.kind() != InteractionKind::Autocomplete {
        log::warn!("{handler} ended without a response to the interaction: its user was notified");
    }
}

/// Sends an ephemeral message on another thread.
fn send(auto_defer: &Arc<AutoDefer>, responder: &Arc<InteractionResponder>, text: LibraryText) {
    if responder.holders.is_silent() || !responder.state().is_alive(Instant::now()) {
        return;
    }
    let responder = Arc::clone(responder);
    auto_defer.submit(Box::new(move || {
        let text = &*responder.word(&text);
        if text.is_empty() && responder.state().kind() != InteractionKind::Autocomplete {
            return;
        }
        let (kind, is_user_waiting, may_have_replied) = {
            let state = responder.state();
            (state.kind(), state.is_user_waiting(), state.may_have_replied())
        };
        let result = match kind {
            InteractionKind::Autocomplete if responder.is_open() => responder.autocomplete([]),
            InteractionKind::Autocomplete => Ok(()),
            // A reply that may have arrived must not be replaced by this message.
            _ if is_user_waiting && !may_have_replied => responder.notify(REPLY, text),
            _ => match responder.notify(FOLLOW_UP, text) {
                // The reply did not arrive after all.
                Err(_) if responder.is_open() => responder.notify(REPLY, text),
                sent => sent,
            },
        };
        if let Err(error) = result {
            log::warn!("the message {text:?} could not be sent to the user of an interaction: {error}");
        }
    }));
}
