//! The endpoints of the bot's application, and webhook events. Compiled with the feature `http-interactions`.

use serde_json::Value;

use super::call::{Call, done};
use super::problem::Problem;
use crate::sim::http_delivery::endpoint;
use crate::sim::world::Endpoint;

/// Saves the Interactions Endpoint URL, or removes it.
pub(super) fn interactions(call: &Call<'_>) -> Result<Value, Problem> {
    save(call, Endpoint::Interactions)
}

/// Saves the Webhook Events URL, or removes it.
pub(super) fn webhook_events(call: &Call<'_>) -> Result<Value, Problem> {
    save(call, Endpoint::WebhookEvents)
}

/// Sends a webhook event.
pub(super) fn webhook_event(call: &Call<'_>) -> Result<Value, Problem> {
    endpoint::send_webhook_event(call.hub, call.text("type")?, call.arguments["data"].clone())?;
    Ok(done())
}

fn save(call: &Call<'_>, endpoint: Endpoint) -> Result<Value, Problem> {
    let application = call.hub.read(|state| state.world.bot_id());
    match call.optional_text("url") {
        None => endpoint::clear(call.hub, application, endpoint),
        Some(url) if call.flag("verify") == Some(false) => {
            endpoint::save_unverified(call.hub, application, endpoint, url)?;
        }
        Some(url) => endpoint::save(call.hub, application, endpoint, url)?,
    }
    Ok(done())
}
