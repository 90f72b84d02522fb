//! Reactions to messages.

use std::time::Duration;

use serde_json::{Value, json};

use super::objects::{self, path_id};
use super::rejection::{Rejection, not_found, unknown_emoji, unknown_message};
use super::{Event, RestRequest, RestResponse, World};
use crate::id::{ChannelId, MessageId, UserId};

impl World {
    /// A user reacts. `emoji` is a Unicode emoji or `name:id`.
    pub fn react(
        &mut self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
    ) -> RestResponse {
        self.reaction_request(now, user, "PUT", channel, message, emoji)
    }

    fn add_reaction(
        &mut self,
        user: u64,
        channel: u64,
        message: u64,
        emoji: &str,
    ) -> Result<RestResponse, Rejection> {
        let author = self.known_message(channel, message)?.author;
        let emoji_object = objects::emoji(emoji).filter(|emoji| self.is_known_emoji(emoji));
        let Some(emoji_object) = emoji_object else {
            return Err(unknown_emoji());
        };
        let Some(reactions) = self.messages.get_mut(&message).map(|message| &mut message.reactions) else {
            return Err(unknown_message());
        };
        let reaction = (user, emoji.to_owned());
        if reactions.contains(&reaction) {
            return Ok(RestResponse::no_content(Vec::new()));
        }
        reactions.push(reaction);
        let mut event = self.location(channel, user);
        event["user_id"] = json!(user.to_string());
        event["message_id"] = json!(message.to_string());
        event["message_author_id"] = json!(author.to_string());
        event["emoji"] = emoji_object;
        event["burst"] = json!(false);
        event["burst_colors"] = json!([]);
        event["type"] = json!(0);
        Ok(RestResponse::no_content(vec![("MESSAGE_REACTION_ADD", event)]))
    }

    /// Whether an emoji is a Unicode emoji, or one of a guild or an application.
    fn is_known_emoji(&self, emoji: &Value) -> bool {
        let Some(id) = emoji["id"].as_str() else { return true };
        ["emojis", "application emojis"].iter().any(|list| self.find_item(list, "id", id).is_some())
    }

    /// Checks that this is a Unicode emoji, or an emoji as `name:id`.
    ///
    /// # Errors
    ///
    /// Says what it should be.
    pub fn check_emoji(&self, emoji: &str) -> Result<(), String> {
        let known = objects::emoji(emoji).map(drop);
        known.ok_or_else(|| format!("{emoji:?} is no emoji: type a Unicode emoji, or name:id"))
    }

    /// A user removes their own reaction.
    pub fn remove_reaction(
        &mut self,
        now: Duration,
        user: UserId,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
    ) -> RestResponse {
        self.reaction_request(now, user, "DELETE", channel, message, emoji)
    }

    fn reaction_request(
        &mut self,
        now: Duration,
        user: UserId,
        method: &str,
        channel: ChannelId,
        message: MessageId,
        emoji: &str,
    ) -> RestResponse {
        let (channel, message) = (channel.to_string(), message.to_string());
        let path = ["channels", channel.as_str(), "messages", message.as_str(), "reactions", emoji, "@me"];
        self.handle(&RestRequest::by(now, user, method, &path, Value::Null))
    }

    /// The reactions to a message, oldest first: the name of the user and the emoji.
    pub fn reactions(&self, message: MessageId) -> Vec<(String, String)> {
        let Some(message) = self.messages.get(&message.get()) else { return Vec::new() };
        message.reactions.iter().map(|(user, emoji)| (self.users[user].name.clone(), emoji.clone())).collect()
    }

    /// Answers the routes below `/channels/{channel}/messages/{message}/reactions`.
    pub(super) fn reactions_route(
        &mut self,
        request: &RestRequest,
        channel: u64,
        id: u64,
        rest: &[&str],
    ) -> Result<RestResponse, Rejection> {
        let me = request.actor();
        let (emoji, user) = match rest {
            [] => (None, None),
            [emoji] => (Some(*emoji), None),
            [emoji, "@me"] => (Some(*emoji), Some(me)),
            [emoji, user] => (Some(*emoji), Some(path_id(user))),
            _ => return Err(not_found()),
        };
        if emoji.is_some_and(|emoji| objects::emoji(emoji).is_none()) {
            return Err(unknown_emoji());
        }
        match (request.method.as_str(), emoji, user) {
            ("PUT", Some(emoji), Some(user)) if user == me => self.add_reaction(me, channel, id, emoji),
            ("GET", Some(emoji), None) => {
                let after = request.number("after", 0);
                let mut users: Vec<u64> = self.messages[&id]
                    .reactions
                    .iter()
                    .filter(|(_, reaction)| reaction == emoji)
                    .map(|(user, _)| *user)
                    .collect();
                users.retain(|user| *user > after);
                users.sort_unstable();
                let page = users.into_iter().take(request.number("limit", 25));
                Ok(RestResponse::ok(page.map(|user| self.user_body(user)).collect()))
            }
            ("DELETE", emoji, user) => {
                Ok(RestResponse::no_content(self.remove_reactions(channel, id, emoji, user)))
            }
            _ => Err(not_found()),
        }
    }

    /// Removes all reactions, those with one emoji, or that of one user.
    fn remove_reactions(
        &mut self,
        channel: u64,
        id: u64,
        emoji: Option<&str>,
        user: Option<u64>,
    ) -> Vec<Event> {
        let Some(message) = self.messages.get_mut(&id) else { return Vec::new() };
        let before = message.reactions.len();
        message.reactions.retain(|(reaction_user, reaction)| {
            emoji.is_some_and(|emoji| emoji != reaction) || user.is_some_and(|user| user != *reaction_user)
        });
        if message.reactions.len() == before {
            return Vec::new();
        }
        let mut event = json!({"channel_id": channel.to_string(), "message_id": id.to_string()});
        if self.is_in_guild(channel) {
            event["guild_id"] = json!(self.guild_of(channel).map(|guild| guild.to_string()));
        }
        if let Some(emoji) = emoji {
            event["emoji"] = objects::emoji(emoji).unwrap_or_default();
        }
        let name = match (emoji, user) {
            (Some(_), Some(user)) => {
                event["user_id"] = json!(user.to_string());
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
