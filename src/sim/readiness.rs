//! Whether a bot has logged in.

use super::hub::Hub;

/// Whether a bot has logged in: it has a session, or receives its interactions over HTTP.
pub(super) fn has_ready_bot(hub: &Hub) -> bool {
    if hub.read(|state| state.peer.live_sessions() > 0) {
        return true;
    }
    #[cfg(feature = "http-interactions")]
    if super::http_delivery::endpoint::is_answering(hub) {
        // A bot of this process may connect to the gateway as well.
        return hub.read(|state| state.local_bots.all()).iter().all(|bot| bot.is_ready());
    }
    false
}
