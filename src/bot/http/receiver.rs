//! Gives requests to a running bot.

use std::fmt;
use std::sync::Arc;

use super::config::WEBHOOK_EVENT;
use super::state::HttpEvent;
use crate::bot::context::{LoopMessage, Shared};
use crate::bot::threads::batch::INTERACTION;
use crate::bot::trouble::Trouble;
use crate::interaction::Received;
use crate::interaction::http::{HttpResponse, Incoming, Payload};

const NOT_READY: HttpResponse = HttpResponse::refusal(503, "The bot is not running.");
const BUSY: HttpResponse = HttpResponse::refusal(503, "Too many events wait for the bot.");

/// Gives the requests of Discord to a running bot, behind a web server of your own: see
/// [`Bot::http_receiver`](crate::Bot::http_receiver).
///
/// Clones give them to the same bot, from any thread. A receiver does not keep the bot running.
#[derive(Clone)]
pub struct HttpReceiver {
    shared: Arc<Shared>,
}

impl HttpReceiver {
    pub(super) fn new(shared: &Arc<Shared>) -> HttpReceiver {
        HttpReceiver { shared: Arc::clone(shared) }
    }

    /// Verifies a request, and gives what it contains to the bot's handlers. Returns how the web server responds to it.
    ///
    /// `headers` are all headers of the request, in any order. It does not wait for the handlers, so the web server can call it
    /// on any thread. The status is one of [`Endpoint::receive`](crate::interaction::http::Endpoint::receive), or 503: until the
    /// commands are registered at the start, after the stop, and while the [maximum number of posted
    /// closures](crate::Bot::max_posts) waits for the bot's thread.
    pub fn receive<N: AsRef<str>, V: AsRef<[u8]>>(
        &self,
        headers: impl IntoIterator<Item = (N, V)>,
        body: &[u8],
    ) -> HttpResponse {
        let Shared { http, queue, .. } = &*self.shared;
        let Some(endpoint) = http.endpoint.get().filter(|_| !queue.is_stopped()) else {
            self.count_unavailable();
            return NOT_READY;
        };
        let Incoming { response, payload } = endpoint.receive(headers, body);
        let Some(payload) = payload else {
            let counter = if response.status < 400 { &http.pings } else { &http.refused };
            counter.add(1);
            return response;
        };
        if let Err(refusal) = self.hand_over(payload) {
            self.count_unavailable();
            return refusal;
        }
        http.accepted.add(1);
        response
    }

    /// Where trouble with requests is reported.
    pub(super) fn trouble(&self) -> &Trouble {
        &self.shared.trouble
    }

    /// Counts a request that the bot could not accept, whatever it contained.
    pub(super) fn count_unavailable(&self) {
        self.shared.http.unavailable.add(1);
    }

    /// Gives the content of a request to the bot's thread. Returns how to refuse it if that is not possible.
    fn hand_over(&self, payload: Payload<'_>) -> Result<(), HttpResponse> {
        // Before the interaction is taken in: after that the library responds to it.
        let Some(reservation) = self.shared.queue.reserve() else {
            let text = "a request of Discord is refused, because too many events wait for the bot's thread: run slow handlers \
                        in lanes or as tasks, or raise bot.max_posts(..)";
            self.trouble().warn_rarely(&text, self.shared.http.busy.add_one());
            return Err(BUSY);
        };
        let event = match payload {
            Payload::Interaction(json) => self.interaction(json),
            Payload::WebhookEvent(json) => webhook_event(json),
        };
        reservation.post(LoopMessage::Http(Box::new(event))).map_err(|_| NOT_READY)
    }

    /// Starts the timer of the interaction, and offers it to waiting tasks.
    fn interaction(&self, json: &str) -> HttpEvent {
        let Received { header, offer } = self.shared.receive_interaction(json);
        self.shared.mailboxes.offer(INTERACTION, json, offer);
        HttpEvent { name: INTERACTION, data: json.to_owned(), header }
    }
}

fn webhook_event(json: &str) -> HttpEvent {
    HttpEvent { name: WEBHOOK_EVENT, data: json.to_owned(), header: None }
}

impl fmt::Debug for HttpReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpReceiver").field("is_stopped", &self.shared.queue.is_stopped()).finish()
    }
}
