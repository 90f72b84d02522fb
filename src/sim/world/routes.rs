//! Which route does what.

use super::form::{Rejection, not_found, rejection};
use super::{Answer, Call, World, shapes};

impl World {
    /// Answers a request of the bot's.
    pub fn handle(&mut self, call: &Call) -> Answer {
        let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
        self.route(call, &path).unwrap_or_else(Answer::from)
    }

    fn route(&mut self, call: &Call, path: &[&str]) -> Result<Answer, Rejection> {
        match path {
            ["applications", "@me"] => self.own_application(call),
            ["applications", application, rest @ ..] => {
                if number(application) != self.bot {
                    return Err(rejection(
                        403,
                        20012,
                        "You are not authorized to perform this action on this application",
                    ));
                }
                match rest {
                    [] => self.own_application(call),
                    ["commands", rest @ ..] => self.commands(call, None, rest),
                    ["guilds", guild, "commands", rest @ ..] => {
                        self.commands(call, Some(number(guild)), rest)
                    }
                    _ => Err(not_found()),
                }
            }
            ["channels", channel, rest @ ..] => self.channel_route(call, number(channel), rest),
            ["interactions", id, token, "callback"] if call.method == "POST" => {
                self.callback(call, id, token)
            }
            ["users", rest @ ..] => self.user_route(call, rest),
            ["webhooks", id, token, rest @ ..] if number(id) == self.bot => {
                match self.interaction_of(token) {
                    Some(interaction) => self.interaction_hook(call, interaction, rest),
                    None => Err(rejection(404, 10015, "Unknown Webhook")),
                }
            }
            _ => Err(not_found()),
        }
    }

    fn own_application(&mut self, call: &Call) -> Result<Answer, Rejection> {
        match call.method.as_str() {
            "GET" => Ok(self.show_application()),
            _ => Err(not_found()),
        }
    }

    fn user_route(&mut self, call: &Call, rest: &[&str]) -> Result<Answer, Rejection> {
        match (call.method.as_str(), rest) {
            ("GET", ["@me"]) => Ok(self.show_bot()),
            ("POST", ["@me", "channels"]) => {
                let with = shapes::id(&call.body["recipient_id"]).unwrap_or(0);
                Ok(self.direct(call.now, with))
            }
            _ => Err(not_found()),
        }
    }

    fn channel_route(&mut self, call: &Call, channel: u64, rest: &[&str]) -> Result<Answer, Rejection> {
        let bot = self.bot;
        match (call.method.as_str(), rest) {
            ("GET", []) => Ok(self.show_channel(channel)),
            ("GET", ["messages"]) => Ok(self.show_messages(channel, call.number("limit", 50))),
            ("POST", ["messages"]) => self.post_with(call.now, bot, channel, &call.body, &call.files),
            ("GET", ["messages", message]) => Ok(self.show_message(channel, number(message))),
            ("PUT", ["messages", message, "reactions", emoji, "@me"]) => {
                Ok(self.react(bot, channel, number(message), emoji))
            }
            ("POST", ["typing"]) => Ok(self.typing(call.now, bot, channel)),
            _ => Err(not_found()),
        }
    }
}

/// The number in a path. What is none is the id of nothing.
pub(super) fn number(text: &str) -> u64 {
    text.parse().unwrap_or(0)
}
