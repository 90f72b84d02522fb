//! Remembers deleted webhooks, because Discord asks to stop calling them.
//!
//! See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::collections::VecDeque;

use crate::error::HttpError;
use crate::error_code::JsonErrorCode;
use crate::rest::route::Route;
use crate::sync::{Mutex, MutexGuard};

/// Maximum number of remembered webhooks, the most recent ones. A forgotten webhook is found again by its next call.
const MAX_REMEMBERED: usize = 256;

/// The webhooks that one client found to be dead: deleted, or with a wrong token.
#[derive(Default)]
pub(super) struct DeadWebhooks(Mutex<VecDeque<DeadWebhook>>);

struct DeadWebhook {
    /// ID and token as in the path.
    path: String,
    status: u16,
    code: JsonErrorCode,
    message: String,
}

impl DeadWebhooks {
    /// Records an error, if it says that the route's webhook is dead.
    pub(super) fn record(&self, route: &Route, error: &HttpError) {
        if !is_webhook(route)
            || !matches!(error.code, JsonErrorCode::UNKNOWN_WEBHOOK | JsonErrorCode::INVALID_WEBHOOK_TOKEN)
        {
            return;
        }
        let mut webhooks = self.lock();
        if webhooks.iter().any(|known| known.path == route.major()) {
            return;
        }
        if webhooks.len() >= MAX_REMEMBERED {
            webhooks.pop_front();
        }
        webhooks.push_back(DeadWebhook {
            path: route.major().to_owned(),
            status: error.status,
            code: error.code,
            message: error.message.clone(),
        });
    }

    /// The error of the route's webhook, if it is dead.
    pub(super) fn error(&self, route: &Route) -> Option<HttpError> {
        if !is_webhook(route) {
            return None;
        }
        let webhooks = self.lock();
        let known = webhooks.iter().find(|known| known.path == route.major())?;
        let message = format!("{}, as an earlier response said (nothing was sent)", known.message);
        let mut error = HttpError::new(route.endpoint.to_string(), known.status, message);
        error.code = known.code;
        Some(error)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<DeadWebhook>> {
        self.0.lock()
    }
}

/// Whether the route uses a webhook's own token. The follow-ups of an interaction use the same path, but they are unknown
/// only until the interaction's first response has arrived.
fn is_webhook(route: &Route) -> bool {
    route.endpoint.template.contains("{webhook_token}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{DeadWebhooks, MAX_REMEMBERED};
    use crate::error::HttpError;
    use crate::error_code::JsonErrorCode;
    use crate::rest::route::{CREATE_FOLLOWUP_MESSAGE, EXECUTE_WEBHOOK, WEBHOOK, WEBHOOK_MESSAGE};

    fn error(code: JsonErrorCode) -> HttpError {
        let mut error = HttpError::new("", 404, "Unknown Webhook");
        error.code = code;
        error
    }

    #[test]
    fn a_dead_webhook_is_dead_for_all_routes_with_its_token() {
        let dead = DeadWebhooks::default();
        dead.record(
            &EXECUTE_WEBHOOK.at(&[&5, &"t"]).with("wait", &true),
            &error(JsonErrorCode::UNKNOWN_WEBHOOK),
        );
        let known = dead.error(&WEBHOOK_MESSAGE.at(&[&5, &"t", &9])).unwrap();
        assert_eq!((known.status, known.code), (404, JsonErrorCode::UNKNOWN_WEBHOOK));
        assert_eq!(
            known.to_string(),
            "Discord refused GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}: Unknown Webhook, as an \
             earlier response said (nothing was sent) (HTTP 404, code 10015); hint: the webhook was deleted: create \
             another one; for an interaction: it has no response yet, or its token has expired"
        );
        for other in [EXECUTE_WEBHOOK.at(&[&5, &"u"]), EXECUTE_WEBHOOK.at(&[&6, &"t"]), WEBHOOK.at(&[&5])] {
            assert_eq!(dead.error(&other), None);
        }
    }

    #[test]
    fn an_error_that_may_pass_does_not_mark_a_webhook_as_dead() {
        let dead = DeadWebhooks::default();
        dead.record(&WEBHOOK_MESSAGE.at(&[&5, &"t", &9]), &error(JsonErrorCode::UNKNOWN_MESSAGE));
        // Before the first response to an interaction.
        let followup = CREATE_FOLLOWUP_MESSAGE.at(&[&5, &"t"]);
        dead.record(&followup, &error(JsonErrorCode::UNKNOWN_WEBHOOK));
        for route in [EXECUTE_WEBHOOK.at(&[&5, &"t"]), followup] {
            assert_eq!(dead.error(&route), None);
        }
    }

    #[test]
    fn the_most_recent_webhooks_are_remembered_up_to_a_maximum() {
        let dead = DeadWebhooks::default();
        for id in 0..=MAX_REMEMBERED {
            for _ in 0..2 {
                dead.record(&EXECUTE_WEBHOOK.at(&[&id, &"t"]), &error(JsonErrorCode::UNKNOWN_WEBHOOK));
            }
        }
        let is_dead = |id: usize| dead.error(&EXECUTE_WEBHOOK.at(&[&id, &"t"])).is_some();
        assert_eq!((is_dead(0), is_dead(1), is_dead(MAX_REMEMBERED)), (false, true, true));
        assert_eq!(dead.lock().len(), MAX_REMEMBERED);
    }
}
