//! The routes of messages, pins and polls in a channel.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::READ_MESSAGE_HISTORY;
use super::audit_log::AuditEntry;
use super::objects::{self, path_id};
use super::rejection::{FormErrors, Rejection, not_found, rejection, unknown_message, wrong_channel_type};
use super::timestamp::timestamp;
use super::world::first_id_at;
use super::{RestRequest, RestResponse, World};
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::GUILD_ANNOUNCEMENT;
use crate::sim::types::message_flag::CROSSPOSTED;

/// Maximum age of messages in a bulk delete.
const MAX_BULK_DELETE_AGE: Duration = Duration::from_secs(14 * 86_400);

impl World {
    /// Answers the routes below `/channels/{channel}/messages`.
    pub(super) fn messages_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        self.known_channel(channel)?;
        let me = request.actor();
        match (request.method.as_str(), rest) {
            ("GET", []) => Ok(self.message_page(request, channel)),
            ("POST", []) => self.post_with(request.now, me, channel, &request.body, &request.files),
            ("POST", ["bulk-delete"]) => self.bulk_delete(request, channel),
            (_, ["pins", rest @ ..]) => self.pin_route(request, channel, rest),
            (method, [message, rest @ ..]) => {
                let id = path_id(message);
                let author = self.known_message(channel, id)?.author;
                match (method, rest) {
                    ("GET", []) => Ok(RestResponse::ok(self.message_for(me, id).unwrap_or_default())),
                    ("PATCH", []) => {
                        if author != me {
                            return Err(rejection(
                                403,
                                50005,
                                "Cannot edit a message authored by another user",
                            ));
                        }
                        let text = request.body["content"].as_str().unwrap_or_default();
                        let moderation = self.moderate(request.now, me, channel, text);
                        if let Some((status, body)) = moderation.rejection() {
                            return Ok(RestResponse::new(status, body, moderation.events));
                        }
                        let mut events = self.edit_message(request.now, id, &request.body, &request.files)?;
                        events.extend(moderation.events);
                        Ok(RestResponse::new(200, self.message_for(me, id).unwrap_or_default(), events))
                    }
                    ("DELETE", []) => {
                        let mut events = self.delete_message(id);
                        if let Some(guild) = self.guild_of(channel).filter(|_| author != me) {
                            events.extend(self.audit_deleted_message(request, guild, channel, author));
                        }
                        Ok(RestResponse::no_content(events))
                    }
                    ("POST", ["crosspost"]) => self.crosspost(me, id),
                    ("POST", ["threads"]) => self.start_thread(request, channel, Some(id)),
                    (_, ["reactions", rest @ ..]) => self.reactions_route(request, channel, id, rest),
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/channels/{channel}/polls/{message}`.
    pub(super) fn poll_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        id: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let message = self.known_message(channel, id)?;
        if !message.body["poll"].is_object() {
            return Err(rejection(400, 520000, "Poll expired"));
        }
        let author = message.author;
        match (request.method.as_str(), rest) {
            ("GET", ["answers", answer]) => {
                Ok(RestResponse::ok(json!({"users": self.voters(id, path_id(answer))})))
            }
            ("POST", ["expire"]) => {
                let now = timestamp(request.now);
                if let Some(message) = self.messages.get_mut(&id) {
                    message.body["poll"]["expiry"] = json!(now);
                    message.body["poll"]["results"]["is_finalized"] = json!(true);
                }
                let body = self.message_for(request.actor(), id).unwrap_or_default();
                let event = self.message_event(channel, author, &[], body.clone());
                let mut events = vec![("MESSAGE_UPDATE", event)];
                events.extend(self.post_poll_result(request.now, channel, id));
                Ok(RestResponse::new(200, body, events))
            }
            _ => Err(not_found()),
        }
    }

    /// The pinned messages of a channel, last pinned first.
    pub(super) fn pinned_messages(&self, user: u64, channel: u64) -> Result<RestResponse, Rejection> {
        self.known_channel(channel)?;
        if !self.has_history(channel, user) {
            return Ok(RestResponse::ok(json!([])));
        }
        let pins = self.list(channel, "pins").iter().rev();
        Ok(RestResponse::ok(
            pins.filter_map(|pin| self.message_for(user, pin["message"].as_u64()?)).collect(),
        ))
    }

    /// A page of the messages of a channel, newest first.
    fn message_page(&self, request: &RestRequest, channel: u64) -> RestResponse {
        if !self.has_history(channel, request.actor()) {
            return RestResponse::ok(json!([]));
        }
        let ids = &self.channels[&channel].messages;
        let limit = request.number("limit", 50);
        let id_parameter = |name: &str| request.query(name).and_then(|id| id.parse::<u64>().ok());
        let position = |id: u64| ids.partition_point(|other| *other < id);
        let range = match (id_parameter("before"), id_parameter("after"), id_parameter("around")) {
            (Some(before), ..) => position(before).saturating_sub(limit)..position(before),
            (_, Some(after), _) => {
                let start = position(after + 1);
                start..(start + limit).min(ids.len())
            }
            (.., Some(around)) => {
                let start = position(around).saturating_sub(limit / 2);
                start..(start + limit).min(ids.len())
            }
            _ => ids.len().saturating_sub(limit)..ids.len(),
        };
        RestResponse::ok(
            ids[range].iter().rev().filter_map(|id| self.message_for(request.actor(), *id)).collect(),
        )
    }

    /// Whether a user reads older messages of a channel. For others, lists of messages are empty.
    fn has_history(&self, channel: u64, user: u64) -> bool {
        !self.is_in_guild(channel) || self.channel_permissions(channel, user) & READ_MESSAGE_HISTORY != 0
    }

    fn bulk_delete(&mut self, request: &RestRequest, channel: u64) -> Result<RestResponse, Rejection> {
        let guild = self.known_guild_of(channel)?;
        let ids: Vec<u64> =
            request.body["messages"].as_array().into_iter().flatten().filter_map(objects::id).collect();
        let mut errors = FormErrors::default();
        if !(2..=100).contains(&ids.len()) {
            errors.add("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.");
        }
        errors.finish()?;
        let oldest = first_id_at(request.now.saturating_sub(MAX_BULK_DELETE_AGE));
        if ids.iter().any(|id| *id < oldest) {
            let message = "You can only bulk delete messages that are under 14 days old.";
            return Err(rejection(400, 50034, message));
        }
        let deleted: Vec<u64> =
            ids.into_iter().filter(|id| self.known_message(channel, *id).is_ok()).collect();
        for id in &deleted {
            self.delete_message(*id);
        }
        let event = json!({
            "ids": deleted.iter().map(u64::to_string).collect::<Vec<_>>(),
            "channel_id": channel.to_string(),
            "guild_id": guild.to_string(),
        });
        let options = json!({"count": deleted.len().to_string()});
        let audit = self.audit(
            request,
            guild,
            AuditEntry::new(audit_action::MESSAGE_BULK_DELETE).target(channel).options(options),
        );
        Ok(RestResponse::no_content(vec![("MESSAGE_DELETE_BULK", event), audit]))
    }

    fn pin_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        match (request.method.as_str(), rest) {
            ("GET", []) if !self.has_history(channel, request.actor()) => {
                Ok(RestResponse::ok(json!({"items": [], "has_more": false})))
            }
            ("GET", []) => {
                let before = request.query("before").unwrap_or("9").to_owned();
                let of_channel =
                    |pin: &&Value| pin["pinned_at"].as_str().is_some_and(|at| at < before.as_str());
                let limit = request.number("limit", 50);
                let pins: Vec<&Value> = self.list(channel, "pins").iter().rev().filter(of_channel).collect();
                let items = pins.iter().take(limit).map(|pin| {
                    let message = self.message_for(request.actor(), pin["message"].as_u64().unwrap_or(0));
                    json!({"pinned_at": pin["pinned_at"], "message": message})
                });
                let items: Vec<Value> = items.collect();
                Ok(RestResponse::ok(json!({"items": items, "has_more": pins.len() > limit})))
            }
            (method @ ("PUT" | "DELETE"), [message]) => {
                let id = path_id(message);
                self.known_message(channel, id)?;
                let is_pin = method == "PUT";
                let now = timestamp(request.now);
                self.list_mut(channel, "pins").retain(|pin| pin["message"] != id);
                if is_pin {
                    self.list_mut(channel, "pins").push(json!({"message": id, "pinned_at": now}));
                    if let Some(channel) = self.channels.get_mut(&channel) {
                        channel.body["last_pin_timestamp"] = json!(now);
                    }
                }
                let author = self.messages.get_mut(&id).map(|message| {
                    message.body["pinned"] = json!(is_pin);
                    message.author
                });
                let body = self.message_for(request.actor(), id).unwrap_or_default();
                let event = self.message_event(channel, author.unwrap_or(0), &[], body);
                let mut events = vec![("MESSAGE_UPDATE", event), self.pins_update(channel)];
                if is_pin {
                    events.extend(self.post_pin(request, channel, id));
                }
                if let Some(guild) = self.guild_of(channel) {
                    let options = json!({"channel_id": channel.to_string(), "message_id": id.to_string()});
                    let action = if is_pin { audit_action::MESSAGE_PIN } else { audit_action::MESSAGE_UNPIN };
                    let entry = AuditEntry::new(action).target(author.unwrap_or(0));
                    events.push(self.audit(request, guild, entry.options(options)));
                }
                Ok(RestResponse::no_content(events))
            }
            _ => Err(not_found()),
        }
    }

    fn crosspost(&mut self, user: u64, id: u64) -> Result<RestResponse, Rejection> {
        let channel = self.messages.get(&id).map_or(0, |message| message.channel);
        if self.known_channel(channel)?.body["type"] != GUILD_ANNOUNCEMENT {
            return Err(wrong_channel_type());
        }
        let Some(message) = self.messages.get_mut(&id) else { return Err(unknown_message()) };
        let flags = message.body["flags"].as_u64().unwrap_or(0);
        if flags & CROSSPOSTED != 0 {
            return Err(rejection(400, 40033, "This message has already been crossposted."));
        }
        message.body["flags"] = json!(flags | CROSSPOSTED);
        let (channel, author) = (message.channel, message.author);
        let body = self.message_for(user, id).unwrap_or_default();
        let event = self.message_event(channel, author, &[], body.clone());
        Ok(RestResponse::new(200, body, vec![("MESSAGE_UPDATE", event)]))
    }
}
