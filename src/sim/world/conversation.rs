//! The routes of messages in a channel.

use serde_json::{Value, json};

use super::form::{Form, Rejection, not_found, rejection};
use super::routes::number;
use super::{Answer, Call, Event, World, shapes};

impl World {
    /// Answers the routes below `/channels/{channel}/messages`.
    pub(super) fn messages_route(
        &mut self,
        call: &Call,
        channel: u64,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let bot = self.bot;
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(self.page(call, channel)),
            ("POST", []) => self.post_with(call.now, bot, channel, &call.body, &call.files),
            ("POST", ["bulk-delete"]) => self.bulk_delete(call, channel),
            (_, ["pins", rest @ ..]) => self.pins(call, channel, rest),
            (method, [message, rest @ ..]) => {
                let id = number(message);
                let author = self.known_message(channel, id)?.author;
                match (method, rest) {
                    ("GET", []) => Ok(self.show_message(channel, id)),
                    ("PATCH", []) => {
                        if author != bot {
                            return Err(rejection(
                                403,
                                50005,
                                "Cannot edit a message authored by another user",
                            ));
                        }
                        let events = self.edit_message(call.now, id, &call.body, &call.files)?;
                        Ok(Answer::new(200, self.message(id).unwrap_or_default(), events))
                    }
                    ("DELETE", []) => {
                        let mut events = self.delete_message(id);
                        if author != bot && self.in_guild(channel) {
                            events.push(self.audit(call, 72, Some(&author.to_string())));
                        }
                        Ok(Answer::done(events))
                    }
                    ("POST", ["crosspost"]) => self.crosspost(id),
                    ("POST", ["threads"]) => self.start_thread(call, channel, Some(id)),
                    (_, ["reactions", rest @ ..]) => self.reactions_route(call, channel, id, rest),
                    _ => Err(not_found()),
                }
            }
            _ => Err(not_found()),
        }
    }

    /// Answers the routes below `/channels/{channel}/polls/{message}`.
    pub(super) fn polls(
        &mut self,
        call: &Call,
        channel: u64,
        id: u64,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        let message = self.known_message(channel, id)?;
        if !message.body["poll"].is_object() {
            return Err(rejection(400, 520000, "Poll expired"));
        }
        match (call.method.as_str(), rest) {
            ("GET", ["answers", _]) => Ok(Answer::ok(json!({"users": []}))),
            ("POST", ["expire"]) => {
                let now = shapes::timestamp(call.now);
                if let Some(message) = self.messages.get_mut(&id) {
                    message.body["poll"]["expiry"] = json!(now);
                    message.body["poll"]["results"]["is_finalized"] = json!(true);
                }
                let shown = self.message(id).unwrap_or_default();
                let event = self.message_event(channel, self.bot, &[], shown.clone());
                Ok(Answer::new(200, shown, vec![("MESSAGE_UPDATE", event)]))
            }
            _ => Err(not_found()),
        }
    }

    /// The pinned messages of a channel, the last pinned first.
    pub(super) fn pinned(&self, channel: u64) -> Result<Answer, Rejection> {
        self.known_channel(channel)?;
        let pins = self.list("pins").iter().rev().filter(|pin| pin["channel"] == channel);
        Ok(Answer::ok(pins.filter_map(|pin| self.message(pin["message"].as_u64()?)).collect()))
    }

    /// Messages of a channel, newest first.
    fn page(&self, call: &Call, channel: u64) -> Answer {
        let ids = &self.channels[&channel].messages;
        let limit = call.number("limit", 50);
        let asked = |name: &str| call.query(name).and_then(|id| id.parse::<u64>().ok());
        let split = |id: u64| ids.partition_point(|one| *one < id);
        let range = match (asked("before"), asked("after"), asked("around")) {
            (Some(before), ..) => split(before).saturating_sub(limit)..split(before),
            (_, Some(after), _) => {
                let from = split(after + 1);
                from..(from + limit).min(ids.len())
            }
            (.., Some(around)) => {
                let from = split(around).saturating_sub(limit / 2);
                from..(from + limit).min(ids.len())
            }
            _ => ids.len().saturating_sub(limit)..ids.len(),
        };
        Answer::ok(ids[range].iter().rev().filter_map(|id| self.message(*id)).collect())
    }

    fn bulk_delete(&mut self, call: &Call, channel: u64) -> Result<Answer, Rejection> {
        let ids: Vec<u64> =
            call.body["messages"].as_array().into_iter().flatten().filter_map(shapes::id).collect();
        let mut form = Form::default();
        if !(2..=100).contains(&ids.len()) {
            form.wrong("messages", "BASE_TYPE_BAD_LENGTH", "Must be between 2 and 100 in length.");
        }
        form.done()?;
        let fortnight = 14 * 86_400_000;
        let oldest = u64::try_from(call.now.saturating_sub(super::EPOCH).as_millis())
            .unwrap_or(0)
            .saturating_sub(fortnight);
        if ids.iter().any(|id| id >> 22 < oldest) {
            let message = "You can only bulk delete messages that are under 14 days old.";
            return Err(rejection(400, 50034, message));
        }
        let gone: Vec<u64> = ids.into_iter().filter(|id| self.known_message(channel, *id).is_ok()).collect();
        for id in &gone {
            self.delete_message(*id);
        }
        let event = json!({
            "ids": gone.iter().map(u64::to_string).collect::<Vec<_>>(),
            "channel_id": channel.to_string(),
            "guild_id": self.guild.to_string(),
        });
        let audit = self.audit(call, 73, Some(&channel.to_string()));
        Ok(Answer::done(vec![("MESSAGE_DELETE_BULK", event), audit]))
    }

    fn pins(&mut self, call: &Call, channel: u64, rest: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("GET", []) => {
                let before = call.query("before").unwrap_or("9").to_owned();
                let of_channel = |pin: &&Value| {
                    pin["channel"] == channel
                        && pin["pinned_at"].as_str().is_some_and(|at| at < before.as_str())
                };
                let limit = call.number("limit", 50);
                let pins: Vec<&Value> = self.list("pins").iter().rev().filter(of_channel).collect();
                let shown = pins.iter().take(limit).map(|pin| {
                    let message = self.message(pin["message"].as_u64().unwrap_or(0));
                    json!({"pinned_at": pin["pinned_at"], "message": message})
                });
                let items: Vec<Value> = shown.collect();
                Ok(Answer::ok(json!({"items": items, "has_more": pins.len() > limit})))
            }
            (method @ ("PUT" | "DELETE"), [message]) => {
                let id = number(message);
                self.known_message(channel, id)?;
                let pin = method == "PUT";
                let now = shapes::timestamp(call.now);
                self.list_mut("pins").retain(|one| one["message"] != id);
                if pin {
                    self.list_mut("pins").push(json!({"message": id, "channel": channel, "pinned_at": now}));
                    if let Some(channel) = self.channels.get_mut(&channel) {
                        channel.body["last_pin_timestamp"] = json!(now);
                    }
                }
                let author = self.messages.get_mut(&id).map(|message| {
                    message.body["pinned"] = json!(pin);
                    message.author
                });
                let audit =
                    self.audit(call, if pin { 74 } else { 75 }, author.map(|id| id.to_string()).as_deref());
                let shown = self.message(id).unwrap_or_default();
                let event = self.message_event(channel, author.unwrap_or(0), &[], shown);
                Ok(Answer::done(vec![("MESSAGE_UPDATE", event), self.pins_update(channel), audit]))
            }
            _ => Err(not_found()),
        }
    }

    fn crosspost(&mut self, id: u64) -> Result<Answer, Rejection> {
        let Some(message) = self.messages.get_mut(&id) else { return Err(super::message::unknown_message()) };
        let flags = message.body["flags"].as_u64().unwrap_or(0);
        if flags & 1 != 0 {
            return Err(rejection(400, 40033, "This message has already been crossposted."));
        }
        message.body["flags"] = json!(flags | 1);
        let (channel, author) = (message.channel, message.author);
        let shown = self.message(id).unwrap_or_default();
        let event = self.message_event(channel, author, &[], shown.clone());
        Ok(Answer::new(200, shown, vec![("MESSAGE_UPDATE", event)]))
    }

    fn reactions_route(
        &mut self,
        call: &Call,
        channel: u64,
        id: u64,
        rest: &[&str],
    ) -> Result<Answer, Rejection> {
        let bot = self.bot;
        let (emoji, who) = match rest {
            [] => (None, None),
            [emoji] => (Some(*emoji), None),
            [emoji, "@me"] => (Some(*emoji), Some(bot)),
            [emoji, user] => (Some(*emoji), Some(number(user))),
            _ => return Err(not_found()),
        };
        if emoji.is_some_and(|emoji| shapes::emoji(emoji).is_none()) {
            return Err(rejection(400, 10014, "Unknown Emoji"));
        }
        match (call.method.as_str(), emoji, who) {
            ("PUT", Some(emoji), Some(who)) if who == bot => Ok(self.react(bot, channel, id, emoji)),
            ("GET", Some(emoji), None) => {
                let after = call.number("after", 0);
                let mut users: Vec<u64> = self.messages[&id]
                    .reactions
                    .iter()
                    .filter(|(_, with)| with == emoji)
                    .map(|(user, _)| *user)
                    .collect();
                users.retain(|user| *user > after);
                users.sort_unstable();
                let page = users.into_iter().take(call.number("limit", 25));
                Ok(Answer::ok(page.map(|user| self.user_body(user)).collect()))
            }
            ("DELETE", emoji, who) => Ok(Answer::done(self.unreact(channel, id, emoji, who))),
            _ => Err(not_found()),
        }
    }

    /// Takes reactions away: all, those with one emoji, or one person's.
    pub(super) fn unreact(
        &mut self,
        channel: u64,
        id: u64,
        emoji: Option<&str>,
        who: Option<u64>,
    ) -> Vec<Event> {
        let Some(message) = self.messages.get_mut(&id) else { return Vec::new() };
        let before = message.reactions.len();
        message.reactions.retain(|(user, with)| {
            emoji.is_some_and(|emoji| emoji != with) || who.is_some_and(|who| who != *user)
        });
        if message.reactions.len() == before {
            return Vec::new();
        }
        let mut event = json!({"channel_id": channel.to_string(), "message_id": id.to_string()});
        if self.in_guild(channel) {
            event["guild_id"] = json!(self.guild.to_string());
        }
        if let Some(emoji) = emoji {
            event["emoji"] = shapes::emoji(emoji).unwrap_or_default();
        }
        let name = match (emoji, who) {
            (Some(_), Some(who)) => {
                event["user_id"] = json!(who.to_string());
                event["burst"] = json!(false);
                event["type"] = json!(0);
                "MESSAGE_REACTION_REMOVE"
            }
            (Some(_), None) => "MESSAGE_REACTION_REMOVE_EMOJI",
            _ => "MESSAGE_REACTION_REMOVE_ALL",
        };
        vec![(name, event)]
    }
}
