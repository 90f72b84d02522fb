//! Webhooks ([page](https://docs.discord.com/developers/resources/webhook)).

use serde_json::{Value, json};

use super::audit_log::AuditEntry;
use super::collection::set_known_fields;
use super::message::NewMessage;
use super::objects::{self, path_id};
use super::rejection::{
    FormErrors, Rejection, invalid_webhook_token, not_found, rejection, unknown_message, unknown_webhook,
};
use super::thread::NewThread;
use super::{Event, RestRequest, RestResponse, World};
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::PUBLIC_THREAD;

/// The fields by which a message shows the webhook that sent it. `username` replaces the name of the webhook.
fn authored(webhook: &Value, username: &Value) -> Value {
    let name = if username.is_string() { username } else { &webhook["name"] };
    json!({
        "webhook_id": webhook["id"],
        "application_id": webhook["application_id"],
        "author": {
            "id": webhook["id"],
            "bot": true,
            "username": name,
            "avatar": webhook["avatar"],
            "discriminator": "0000",
            "public_flags": 0,
            "flags": 0,
            "global_name": null,
            "primary_guild": null,
        },
    })
}

impl World {
    /// Answers `/channels/{channel}/webhooks`.
    pub(super) fn channel_webhook_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
    ) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(channel)?;
        if request.method == "GET" {
            let mut webhooks = self.list(guild, "webhooks").to_vec();
            webhooks.retain(|webhook| objects::is_id(&webhook["channel_id"], channel));
            return Ok(RestResponse::ok(json!(webhooks)));
        }
        let mut errors = FormErrors::default();
        errors.text("name", &request.body["name"], 1, 80);
        errors.finish()?;
        let mut webhook = self.fill_template(
            request,
            guild,
            r#"{"id":"$id","type":1,"guild_id":"$guild","channel_id":null,"user":"$user",
            "name":null,"avatar":null,"token":"$code","application_id":"$bot"}"#,
        );
        set_known_fields(
            &mut webhook,
            &json!({"name": request.body["name"], "avatar": request.body["avatar"]}),
        );
        webhook["channel_id"] = json!(channel.to_string());
        webhook["token"] =
            json!(format!("token-of-webhook-{}", webhook["token"].as_str().unwrap_or_default()));
        webhook["url"] = json!(format!(
            "https://discord.com/api/webhooks/{}/{}",
            webhook["id"].as_str().unwrap_or_default(),
            webhook["token"].as_str().unwrap_or_default()
        ));
        self.list_mut(guild, "webhooks").push(webhook.clone());
        let audit = self.audit(
            request,
            guild,
            webhook_entry(audit_action::WEBHOOK_CREATE, &webhook).changes(&Value::Null, &webhook),
        );
        Ok(RestResponse::new(200, webhook, vec![self.webhooks_update(channel), audit]))
    }

    /// Answers `/channels/{channel}/followers`.
    pub(super) fn follow_channel(
        &mut self,
        request: &RestRequest,
        channel: u64,
    ) -> Result<RestResponse, Rejection> {
        let source_guild = self.known_guild_of(channel)?;
        let target = objects::id(&request.body["webhook_channel_id"]).unwrap_or(0);
        let guild = self.known_guild_of(target)?;
        let mut webhook = self.fill_template(
            request,
            guild,
            r#"{"id":"$id","type":2,"guild_id":"$guild","channel_id":null,"user":"$user",
            "name":null,"avatar":null,"application_id":null,"source_guild":null,"source_channel":null}"#,
        );
        let source = self.channel_body(channel);
        webhook["channel_id"] = json!(target.to_string());
        webhook["name"] = source["name"].clone();
        webhook["source_channel"] = json!({"id": source["id"], "name": source["name"]});
        webhook["source_guild"] = json!({"id": source_guild.to_string(), "name": self.guild_body(source_guild)["name"], "icon": null});
        self.list_mut(guild, "webhooks").push(webhook.clone());
        let body = json!({"channel_id": channel.to_string(), "webhook_id": webhook["id"]});
        let audit = self.audit(
            request,
            guild,
            webhook_entry(audit_action::WEBHOOK_CREATE, &webhook).changes(&Value::Null, &webhook),
        );
        Ok(RestResponse::new(200, body, vec![self.webhooks_update(target), audit]))
    }

    /// Answers the routes below `/webhooks/{webhook}`, with its token or as the bot.
    pub(super) fn webhook_route(
        &mut self,
        request: &RestRequest,
        id: &str,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let found = self.find_item("webhooks", "id", id);
        let (guild, index) = found.ok_or_else(unknown_webhook)?;
        let webhook = self.list(guild, "webhooks")[index].clone();
        let channel = objects::id(&webhook["channel_id"]).unwrap_or(0);
        let (has_token, rest) = match rest {
            [token, rest @ ..] if webhook["token"] == *token => (true, rest),
            [] => (false, rest),
            _ => return Err(invalid_webhook_token()),
        };
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(RestResponse::ok(webhook_body(webhook, has_token))),
            ("PATCH", []) => {
                let mut errors = FormErrors::default();
                if request.body.get("name").is_some() {
                    errors.text("name", &request.body["name"], 1, 80);
                }
                errors.finish()?;
                let mut changes = json!({"name": webhook["name"], "avatar": webhook["avatar"], "channel_id": webhook["channel_id"]});
                set_known_fields(&mut changes, &request.body);
                // With its token only, a webhook cannot be moved to another channel.
                if has_token {
                    changes["channel_id"] = webhook["channel_id"].clone();
                }
                let mut updated = webhook.clone();
                objects::merge(&mut updated, &changes);
                self.list_mut(guild, "webhooks")[index] = updated.clone();
                let audit = self.audit(
                    request,
                    guild,
                    webhook_entry(audit_action::WEBHOOK_UPDATE, &webhook).changes(&webhook, &updated),
                );
                Ok(RestResponse::new(
                    200,
                    webhook_body(updated, has_token),
                    vec![self.webhooks_update(channel), audit],
                ))
            }
            ("DELETE", []) => {
                self.list_mut(guild, "webhooks").remove(index);
                let audit = self.audit(
                    request,
                    guild,
                    webhook_entry(audit_action::WEBHOOK_DELETE, &webhook).changes(&webhook, &Value::Null),
                );
                Ok(RestResponse::no_content(vec![self.webhooks_update(channel), audit]))
            }
            ("POST", []) if has_token => self.execute_webhook(request, &webhook, channel, &request.body),
            ("POST", ["slack"]) if has_token => {
                let body = json!({"content": request.body["text"], "username": request.body["username"]});
                let response = self.execute_webhook(request, &webhook, channel, &body)?;
                Ok(RestResponse::new(200, json!("ok"), response.events))
            }
            ("POST", ["github"]) if has_token => Ok(RestResponse::no_content(Vec::new())),
            (method, ["messages", message]) if has_token => {
                self.webhook_message(request, method, path_id(id), path_id(message))
            }
            _ => Err(not_found()),
        }
    }

    fn execute_webhook(
        &mut self,
        request: &RestRequest,
        webhook: &Value,
        channel: u64,
        body: &Value,
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(channel)?;
        let in_forum = self.is_forum(channel);
        let (thread, thread_name) = (request.query("thread_id").map(path_id), &body["thread_name"]);
        check_thread(in_forum, thread, thread_name.as_str())?;
        self.known_channel(thread.unwrap_or(channel))?;
        let mut errors = FormErrors::default();
        if !body["username"].is_null() {
            errors.text("username", &body["username"], 1, 80);
        }
        errors.finish()?;
        let id = objects::id(&webhook["id"]).unwrap_or(0);
        let mut body = body.clone();
        if body["allowed_mentions"].is_null() {
            body["allowed_mentions"] = json!({"parse": ["users"]});
        }
        let mut new = NewMessage {
            id: None,
            author: id,
            channel: thread.unwrap_or(channel),
            body: &body,
            files: &request.files,
            fixed: authored(webhook, &body["username"]),
            ephemeral_for: None,
            is_loading: false,
        };
        let mut events = Vec::new();
        if thread_name.is_string() {
            let post = self.add_post(request, channel, id, &body);
            (new.id, new.channel) = (Some(post), post);
        }
        let added = self.add_message(request.now, &new);
        if let Some(post) = new.id {
            if added.is_err() {
                self.channels.remove(&post);
            } else {
                let mut event = self.channel_body(post);
                event["newly_created"] = json!(true);
                events.push(("THREAD_CREATE", event));
            }
        }
        let (message, message_events) = added?;
        events.extend(message_events);
        if request.flag("wait") {
            return Ok(RestResponse::new(200, self.message_for(id, message).unwrap_or_default(), events));
        }
        Ok(RestResponse::no_content(events))
    }

    /// Adds the thread of a post in a forum, which a webhook makes by its message. Returns the ID of both.
    fn add_post(&mut self, request: &RestRequest, forum: u64, webhook: u64, body: &Value) -> u64 {
        let id = self.next_id(request.now);
        let settings = json!({"name": body["thread_name"], "applied_tags": body["applied_tags"]});
        let guild = self.guild_of(forum).unwrap_or(0);
        let new =
            NewThread { id, guild, parent: forum, kind: PUBLIC_THREAD, owner: webhook, body: &settings };
        self.add_thread(request.now, &new);
        id
    }

    fn webhook_message(
        &mut self,
        request: &RestRequest,
        method: &str,
        webhook: u64,
        id: u64,
    ) -> Result<RestResponse, Rejection> {
        let is_own = self.messages.get(&id).is_some_and(|message| message.author == webhook);
        if !is_own {
            return Err(unknown_message());
        }
        match method {
            "GET" => self.message_for(webhook, id).map(RestResponse::ok).ok_or_else(unknown_message),
            "PATCH" => {
                let events = self.edit_message(request.now, id, &request.body, &request.files)?;
                Ok(RestResponse::new(200, self.message_for(webhook, id).unwrap_or_default(), events))
            }
            "DELETE" => Ok(RestResponse::no_content(self.delete_message(id))),
            _ => Err(not_found()),
        }
    }

    fn webhooks_update(&self, channel: u64) -> Event {
        let guild = self.guild_of(channel).unwrap_or(0);
        ("WEBHOOKS_UPDATE", json!({"guild_id": guild.to_string(), "channel_id": channel.to_string()}))
    }
}

/// Checks that a message of a webhook names a thread where it needs one, and only there
/// ([execute webhook](https://docs.discord.com/developers/resources/webhook#execute-webhook)).
fn check_thread(in_forum: bool, id: Option<u64>, name: Option<&str>) -> Result<(), Rejection> {
    let (code, message) = match (in_forum, id, name) {
        (true, None, None) => {
            (220_001, "Webhooks posted to forum channels must have a thread_name or thread_id")
        }
        (_, Some(_), Some(_)) => {
            (220_002, "Webhooks posted to forum channels cannot have both a thread_name and thread_id")
        }
        (false, _, Some(_)) => (220_003, "Webhooks can only create threads in forum channels"),
        _ => return Ok(()),
    };
    Err(rejection(400, code, message))
}

fn webhook_entry(action: u64, webhook: &Value) -> AuditEntry {
    AuditEntry::new(action).target(objects::id(&webhook["id"]).unwrap_or(0))
}

/// A webhook as REST returns it. With its token only, the user who created it is not included.
fn webhook_body(mut webhook: Value, has_token: bool) -> Value {
    if let (true, Some(fields)) = (has_token, webhook.as_object_mut()) {
        fields.remove("user");
    }
    webhook
}
