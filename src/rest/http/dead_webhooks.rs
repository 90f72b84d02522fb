//! Webhooks that are no more: Discord asks to stop calling them.
//!
//! See [invalid request limit](https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).

use std::collections::VecDeque;

use crate::error::HttpError;
use crate::error_code::JsonErrorCode;
use crate::rest::route::Route;
use crate::sync::{Mutex, MutexGuard};

/// So many are remembered, the latest. Of a forgotten one the next call finds out anew.
const REMEMBERED: usize = 256;

/// The webhooks that one client found to be gone.
#[derive(Default)]
pub(super) struct Gone(Mutex<VecDeque<Found>>);

struct Found {
    /// Id and token as the path has them.
    webhook: String,
    status: u16,
    code: JsonErrorCode,
    message: String,
}

impl Gone {
    /// Takes note of an error that tells that the route's webhook is gone.
    pub(super) fn note(&self, route: &Route, error: &HttpError) {
        if !is_webhook(route)
            || !matches!(error.code, JsonErrorCode::UNKNOWN_WEBHOOK | JsonErrorCode::INVALID_WEBHOOK_TOKEN)
        {
            return;
        }
        let mut found = self.lock();
        if found.iter().any(|known| known.webhook == route.major()) {
            return;
        }
        if found.len() >= REMEMBERED {
            found.pop_front();
        }
        found.push_back(Found {
            webhook: route.major().to_owned(),
            status: error.status,
            code: error.code,
            message: error.message.clone(),
        });
    }

    /// What Discord said of the route's webhook, if that is gone.
    pub(super) fn error(&self, route: &Route) -> Option<HttpError> {
        if !is_webhook(route) {
            return None;
        }
        let found = self.lock();
        let known = found.iter().find(|known| known.webhook == route.major())?;
        let message = format!("{}, as an earlier response said (nothing was sent)", known.message);
        let mut error = HttpError::new(route.endpoint.to_string(), known.status, message);
        error.code = known.code;
        Some(error)
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Found>> {
        self.0.lock()
    }
}

/// Whether it is called by a webhook's own token. What follows an interaction goes by the same path, but is
/// unknown only until the interaction's first answer has arrived.
fn is_webhook(route: &Route) -> bool {
    route.endpoint.template.contains("{webhook_token}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{Gone, REMEMBERED};
    use crate::error::HttpError;
    use crate::error_code::JsonErrorCode;
    use crate::rest::route::{CREATE_FOLLOWUP_MESSAGE, EXECUTE_WEBHOOK, WEBHOOK, WEBHOOK_MESSAGE};

    fn error(code: JsonErrorCode) -> HttpError {
        let mut error = HttpError::new("", 404, "Unknown Webhook");
        error.code = code;
        error
    }

    #[test]
    fn a_gone_webhook_is_gone_for_all_that_is_called_by_its_token() {
        let gone = Gone::default();
        gone.note(
            &EXECUTE_WEBHOOK.at(&[&5, &"t"]).with("wait", &true),
            &error(JsonErrorCode::UNKNOWN_WEBHOOK),
        );
        let said = gone.error(&WEBHOOK_MESSAGE.at(&[&5, &"t", &9])).unwrap();
        assert_eq!((said.status, said.code), (404, JsonErrorCode::UNKNOWN_WEBHOOK));
        assert_eq!(
            said.to_string(),
            "Discord refused GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}: Unknown Webhook, as an \
             earlier response said (nothing was sent) (HTTP 404, code 10015); hint: the webhook was deleted: create \
             another one; for an interaction: it has no response yet, or its token has expired"
        );
        for other in [EXECUTE_WEBHOOK.at(&[&5, &"u"]), EXECUTE_WEBHOOK.at(&[&6, &"t"]), WEBHOOK.at(&[&5])] {
            assert_eq!(gone.error(&other), None);
        }
    }

    #[test]
    fn what_may_work_later_is_not_gone() {
        let gone = Gone::default();
        gone.note(&WEBHOOK_MESSAGE.at(&[&5, &"t", &9]), &error(JsonErrorCode::UNKNOWN_MESSAGE));
        // Before the first answer to an interaction.
        let followup = CREATE_FOLLOWUP_MESSAGE.at(&[&5, &"t"]);
        gone.note(&followup, &error(JsonErrorCode::UNKNOWN_WEBHOOK));
        for route in [EXECUTE_WEBHOOK.at(&[&5, &"t"]), followup] {
            assert_eq!(gone.error(&route), None);
        }
    }

    #[test]
    fn the_latest_are_remembered_and_the_memory_is_bounded() {
        let gone = Gone::default();
        for id in 0..=REMEMBERED {
            for _ in 0..2 {
                gone.note(&EXECUTE_WEBHOOK.at(&[&id, &"t"]), &error(JsonErrorCode::UNKNOWN_WEBHOOK));
            }
        }
        let is_gone = |id: usize| gone.error(&EXECUTE_WEBHOOK.at(&[&id, &"t"])).is_some();
        assert_eq!((is_gone(0), is_gone(1), is_gone(REMEMBERED)), (false, true, true));
        assert_eq!(gone.lock().len(), REMEMBERED);
    }
}
