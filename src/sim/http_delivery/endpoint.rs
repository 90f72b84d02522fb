//! Saves and verifies the endpoints of an application, and sends webhook events to them.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::{self, Answer};
use super::signing::Signature;
use super::url::check_url;
use crate::id::UserId;
use crate::sim::error::SimError;
use crate::sim::hub::Hub;
use crate::sim::world::{Endpoint, World};

/// The waits before a webhook event is sent again.
const RETRY_WAITS: [Duration; 3] =
    [Duration::from_millis(100), Duration::from_millis(300), Duration::from_millis(600)];

/// How long an endpoint may take to show that it answers. Discord's own timeout, because a test can set a longer one.
const PING_TIMEOUT: Duration = Duration::from_secs(3);

/// Saves a URL of an application after it has been verified.
pub(in crate::sim) fn save(
    hub: &Hub,
    application: UserId,
    endpoint: Endpoint,
    url: &str,
) -> Result<(), SimError> {
    verify(hub, application, endpoint, url)?;
    hub.change(|state, _| state.world.set_endpoint(application, endpoint, Some(url)));
    Ok(())
}

/// Saves a URL of an application without verifying it.
pub(in crate::sim) fn save_unverified(
    hub: &Hub,
    application: UserId,
    endpoint: Endpoint,
    url: &str,
) -> Result<(), SimError> {
    check_url(url).map_err(not_possible)?;
    hub.change(|state, _| state.world.set_endpoint(application, endpoint, Some(url)));
    Ok(())
}

/// Removes a URL of an application.
pub(in crate::sim) fn clear(hub: &Hub, application: UserId, endpoint: Endpoint) {
    hub.change(|state, _| state.world.set_endpoint(application, endpoint, None));
}

/// Sends a webhook event of the first bot's application until it is acknowledged: again after each of [`RETRY_WAITS`] at most.
pub(in crate::sim) fn send_webhook_event(hub: &Hub, kind: &str, data: Value) -> Result<(), SimError> {
    let (application, url, timeout, time) = hub.read(|state| {
        let application = state.world.bot_id();
        let url = state.world.endpoint(application, Endpoint::WebhookEvents).map(str::to_owned);
        (application, url, state.world.interaction_timeout(), state.clock.time())
    });
    let url = url.ok_or_else(|| not_possible("the application has no Webhook Events URL".to_owned()))?;
    let body = World::webhook_event(application, time, kind, data).to_string();
    let post = || client::post(&url, application.get(), body.as_bytes(), Signature::Right, timeout);
    let mut answer = post();
    for wait in RETRY_WAITS {
        if is_acknowledgement(&answer) {
            return Ok(());
        }
        hub.sleep(wait);
        answer = post();
    }
    if is_acknowledgement(&answer) {
        return Ok(());
    }
    let what = format!("{url} to acknowledge the webhook event {kind} with 204");
    let count = 1 + RETRY_WAITS.len();
    Err(SimError::Unexpected {
        what,
        happened: format!("{}, as the last of {count} answers", shown(&answer)),
    })
}

/// Verifies a URL as Discord does it when the owner of an application saves it.
pub(super) fn verify(hub: &Hub, application: UserId, endpoint: Endpoint, url: &str) -> Result<(), SimError> {
    check_url(url).map_err(not_possible)?;
    let (ping, timeout) = hub.change(|state, _| {
        let ping = match endpoint {
            Endpoint::Interactions => state.world.interaction_ping(state.clock.time(), application),
            Endpoint::WebhookEvents => World::webhook_ping(application),
        };
        (ping.to_string(), state.world.interaction_timeout())
    });
    let post = |signature| client::post(url, application.get(), ping.as_bytes(), signature, timeout);
    let answer = post(Signature::Right);
    let (expected, is_right) = match endpoint {
        Endpoint::Interactions => ("200 and {\"type\":1} as JSON", is_pong(&answer)),
        Endpoint::WebhookEvents => ("204 without a body", is_acknowledgement(&answer)),
    };
    let unexpected = |what: String, answer: &Result<Answer, String>| {
        Err(SimError::Unexpected { what, happened: shown(answer) })
    };
    if !is_right {
        return unexpected(format!("{url} to answer a PING with {expected}"), &answer);
    }
    let answer = post(Signature::Wrong);
    if answer.as_ref().is_ok_and(|answer| answer.status == 401) {
        return Ok(());
    }
    unexpected(format!("{url} to answer a PING with a wrong signature with 401"), &answer)
}

/// Whether the bot of the first application answers at its Interactions Endpoint URL, if it has one.
pub(in crate::sim) fn is_answering(hub: &Hub) -> bool {
    let (application, url, timeout, ping) = hub.read(|state| {
        let application = state.world.bot_id();
        let url = state.world.endpoint(application, Endpoint::Interactions).map(str::to_owned);
        // No new ID of the world, because this is done again and again.
        let ping = state.world.ping_with_id(application.get(), application).to_string();
        (application, url, state.world.interaction_timeout().min(PING_TIMEOUT), ping)
    });
    let Some(url) = url else { return false };
    is_pong(&client::post(&url, application.get(), ping.as_bytes(), Signature::Right, timeout))
}

fn is_pong(answer: &Result<Answer, String>) -> bool {
    answer.as_ref().is_ok_and(|answer| {
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let is_json =
            answer.content_type.split(';').next().is_some_and(|kind| kind.trim() == "application/json");
        answer.status == 200 && is_json && body["type"] == json!(1)
    })
}

fn is_acknowledgement(answer: &Result<Answer, String>) -> bool {
    answer.as_ref().is_ok_and(|answer| answer.status == 204)
}

fn shown(answer: &Result<Answer, String>) -> String {
    match answer {
        Ok(answer) => answer.to_string(),
        Err(problem) => problem.clone(),
    }
}

fn not_possible(why: String) -> SimError {
    SimError::not_possible("the owner of the application", why)
}
