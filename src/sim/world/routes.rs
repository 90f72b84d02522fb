//! Which route does what.

use serde_json::json;

use super::collection::STAGES;
use super::form::{Rejection, form_error, not_found, rejection};
use super::{Answer, Call, World, shapes};

impl World {
    /// Answers a request of the bot's.
    pub fn handle(&mut self, call: &Call) -> Answer {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        self.route(call, &path).unwrap_or_else(Answer::from)
    }

    fn route(&mut self, call: &Call, path: &[&str]) -> Result<Answer, Rejection> {
        match path {
            ["applications", "@me"] => self.application_route(call, &[]),
            ["applications", application, rest @ ..] => {
                if number(application) != self.bot {
                    let message = "You are not authorized to perform this action on this application";
                    return Err(rejection(403, 20012, message));
                }
                match rest {
                    ["commands", rest @ ..] => self.commands(call, None, rest),
                    ["guilds", guild, "commands", rest @ ..] => {
                        self.commands(call, Some(number(guild)), rest)
                    }
                    _ => self.application_route(call, rest),
                }
            }
            ["channels", channel, rest @ ..] => self.channel_route(call, number(channel), rest),
            ["guilds", guild, rest @ ..] => self.guild_route(call, guild, rest),
            ["interactions", id, token, "callback"] if call.method == "POST" => {
                self.callback(call, id, token)
            }
            ["invites", code, rest @ ..] => self.invite_route(call, code, rest),
            ["lobbies", rest @ ..] => self.lobby_route(call, rest),
            ["stage-instances", rest @ ..] => self.stage_route(call, rest),
            ["users", rest @ ..] => self.user_route(call, rest),
            ["webhooks", id, token, rest @ ..] if number(id) == self.bot => {
                match self.interaction_of(token) {
                    Some(interaction) => self.interaction_hook(call, interaction, rest),
                    None => Err(rejection(404, 10015, "Unknown Webhook")),
                }
            }
            ["webhooks", id, rest @ ..] => self.webhook_route(call, id, rest),
            _ => self.standalone(call, path),
        }
    }

    fn channel_route(&mut self, call: &Call, channel: u64, rest: &[&str]) -> Result<Answer, Rejection> {
        let bot = self.bot;
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(self.show_channel(channel)),
            ("PATCH", []) => self.change_channel(call, channel),
            ("DELETE", []) => self.delete_channel(call, channel),
            // The older routes for pins, which other clients still use.
            ("GET", ["pins"]) => self.pinned(channel),
            (_, ["pins", message]) => self.messages_route(call, channel, &["pins", message]),
            ("POST", ["followers"]) => self.follow(call, channel),
            ("GET" | "POST", ["invites"]) => self.channel_invites(call, channel),
            (_, ["messages", rest @ ..]) => self.messages_route(call, channel, rest),
            (_, ["permissions", of]) => self.overwrite(call, channel, of),
            (_, ["polls", message, rest @ ..]) => self.polls(call, channel, number(message), rest),
            (_, ["recipients", _]) => Err(rejection(403, 50003, "Cannot execute action on a DM channel")),
            ("POST", ["send-soundboard-sound"]) => {
                self.known_channel(channel).map(|_| Answer::done(Vec::new()))
            }
            (_, ["thread-members", rest @ ..]) => self.thread_members(call, channel, rest),
            ("POST", ["threads"]) => self.start_thread(call, channel, None),
            ("GET", ["threads", "archived", "public"]) => self.archived_threads(call, channel, false),
            (
                "GET",
                ["threads", "archived", "private"] | ["users", "@me", "threads", "archived", "private"],
            ) => self.archived_threads(call, channel, true),
            ("GET", ["threads", "search"]) => self.search_threads(call, channel),
            ("POST", ["typing"]) => Ok(self.typing(call.now, bot, channel)),
            ("PUT", ["voice-status"]) => {
                self.known_channel(channel)?;
                let audit = self.audit(call, 192, Some(&channel.to_string()));
                let event = json!({"id": channel.to_string(), "guild_id": self.guild.to_string(),
                    "status": call.body["status"]});
                Ok(Answer::done(vec![("VOICE_CHANNEL_STATUS_UPDATE", event), audit]))
            }
            ("GET" | "POST", ["webhooks"]) => self.channel_webhooks(call, channel),
            _ => Err(not_found()),
        }
    }

    fn stage_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        if rest.is_empty() && call.method == "GET" {
            return Err(not_found());
        }
        if call.method == "POST" {
            let channel = shapes::id(&call.body["channel_id"]).unwrap_or(0);
            if self.known_channel(channel)?.body["type"] != 13 {
                return Err(form_error("channel_id", "CHANNEL_TYPE_INVALID", "Invalid channel type"));
            }
            if self.place_of(&STAGES, &channel.to_string()).is_ok() {
                return Err(rejection(400, 150_006, "The Stage is already open"));
            }
        }
        self.collection(call, &STAGES, rest)
    }
}

/// The number in a path. What is none is the id of nothing.
pub(super) fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}
