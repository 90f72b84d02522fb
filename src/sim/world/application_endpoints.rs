//! The URLs of an application to which interactions and webhook events are sent, and what is sent to them first.

use std::time::Duration;

use serde_json::{Value, json};

use super::endpoint::Endpoint;
use super::rejection::{Rejection, form_error};
use super::timestamp::timestamp;
use super::{RestRequest, World};
use crate::id::{InteractionId, UserId};
use crate::sim::http_delivery::signing::public_key;
use crate::sim::http_delivery::url::check_url;

/// [Event webhook statuses](https://docs.discord.com/developers/resources/application#application-object-application-event-webhook-status).
const ENABLED: u64 = 2;

impl World {
    /// The URL of an application, if it is set.
    pub fn endpoint(&self, application: UserId, endpoint: Endpoint) -> Option<&str> {
        self.endpoints.get(&(application.get(), endpoint)).map(String::as_str)
    }

    /// Sets or removes the URL of an application.
    pub fn set_endpoint(&mut self, application: UserId, endpoint: Endpoint, url: Option<&str>) {
        let key = (application.get(), endpoint);
        match url {
            Some(url) => drop(self.endpoints.insert(key, url.to_owned())),
            None => drop(self.endpoints.remove(&key)),
        }
    }

    /// Why the delivery of an interaction to an endpoint failed. `None` if it did not.
    pub fn delivery_error(&self, id: InteractionId) -> Option<String> {
        self.interactions.get(&id.get())?.delivery_error.clone()
    }

    /// The delivery of an interaction to an endpoint has failed.
    pub fn fail_delivery(&mut self, id: InteractionId, why: String) {
        if let Some(interaction) = self.interactions.get_mut(&id.get()) {
            interaction.delivery_error = Some(why);
        }
    }

    /// How long a bot has to respond to an interaction.
    pub fn interaction_timeout(&self) -> Duration {
        self.interaction_timeout
    }

    /// The interaction that verifies an endpoint.
    pub fn interaction_ping(&mut self, now: Duration, application: UserId) -> Value {
        let id = self.next_id(now);
        self.ping_with_id(id, application)
    }

    /// The same, with this ID.
    pub fn ping_with_id(&self, id: u64, application: UserId) -> Value {
        const PING: u64 = 1;
        json!({
            "id": id.to_string(),
            "application_id": application,
            "type": PING,
            "token": format!("ping-{id}"),
            "version": 1,
            "app_permissions": "0",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "attachment_size_limit": 10 << 20,
            "user": self.user_body(self.developer()),
        })
    }

    /// The [webhook event](https://docs.discord.com/developers/events/webhook-events#payload-structure) that verifies an
    /// endpoint.
    pub fn webhook_ping(application: UserId) -> Value {
        json!({"version": 1, "application_id": application, "type": 0})
    }

    /// A [webhook event](https://docs.discord.com/developers/events/webhook-events#payload-structure).
    pub fn webhook_event(application: UserId, now: Duration, kind: &str, data: Value) -> Value {
        let time = timestamp(now);
        // These times have no offset.
        let mut event = json!({"type": kind, "timestamp": time.trim_end_matches("+00:00")});
        if !data.is_null() {
            event["data"] = data;
        }
        json!({"version": 1, "application_id": application, "type": 1, "event": event})
    }

    /// Adds the public key and the endpoints to an application.
    pub(super) fn add_endpoints(&self, application: u64, body: &mut Value) {
        let id = UserId::new(application);
        body["verify_key"] = json!(public_key(application));
        for endpoint in Endpoint::ALL {
            body[endpoint.field()] = json!(self.endpoint(id, endpoint));
        }
        // After the first change the status is the one of the last change.
        if self.endpoint(id, Endpoint::WebhookEvents).is_some()
            && self.setting(application, "application").is_none()
        {
            body["event_webhooks_status"] = json!(ENABLED);
        }
    }

    /// Sets and removes the endpoints that a change of an application names.
    pub(super) fn edit_endpoints(
        &mut self,
        request: &RestRequest,
        application: u64,
    ) -> Result<(), Rejection> {
        let mut changes = Vec::new();
        for endpoint in Endpoint::ALL {
            let Some(value) = request.body.get(endpoint.field()) else { continue };
            let url = value.as_str().filter(|url| !url.is_empty());
            if let Some(url) = url {
                check_url(url).map_err(|why| form_error(endpoint.field(), "URL_TYPE_INVALID_URL", &why))?;
            }
            changes.push((endpoint, url));
        }
        // Nothing is changed if one of the URLs is refused.
        for (endpoint, url) in changes {
            self.set_endpoint(UserId::new(application), endpoint, url);
        }
        Ok(())
    }
}
