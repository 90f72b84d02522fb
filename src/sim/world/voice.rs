//! Who is in which voice channel. Nobody is heard there.

use serde_json::{Value, json};

use super::collection::take_over;
use super::form::{Rejection, rejection};
use super::routes::number;
use super::{Answer, Call, Event, World, shapes};

impl World {
    /// Somebody goes into a voice channel.
    pub fn enter_voice(&mut self, user: u64, channel: u64) -> Answer {
        match self.has_voice(channel) {
            Err(unknown) => unknown.into(),
            Ok(true) => Answer::done(vec![self.be_in_voice(user, Some(channel), &Value::Null)]),
            Ok(false) => rejection(400, 50024, "Cannot execute action on this channel type").into(),
        }
    }

    /// Somebody leaves the voice channels.
    pub fn leave_voice(&mut self, user: u64) -> Answer {
        let events = self.voice_place(user).map(|_| self.be_in_voice(user, None, &Value::Null));
        Answer::done(events.into_iter().collect())
    }

    /// What follows when the bot
    /// [says where it wants to be](https://docs.discord.com/developers/events/gateway-events#update-voice-state):
    /// nothing where it cannot be.
    pub(in crate::sim) fn voice_asked(&mut self, data: &Value) -> Vec<Event> {
        if shapes::id(&data["guild_id"]) != Some(self.guild) {
            return Vec::new();
        }
        let channel = shapes::id(&data["channel_id"]);
        let was_there = self.voice_place(self.bot).is_some();
        if !channel.map_or(was_there, |channel| self.has_voice(channel).unwrap_or(false)) {
            return Vec::new();
        }
        let mut events = vec![self.be_in_voice(self.bot, channel, data)];
        if channel.is_some() && !was_there {
            let server = json!({
                "token": "voice-token",
                "guild_id": self.guild.to_string(),
                "endpoint": "voice.invalid:443",
            });
            events.push(("VOICE_SERVER_UPDATE", server));
        }
        events
    }

    fn has_voice(&self, channel: u64) -> Result<bool, Rejection> {
        let found = self.known_channel(channel)?;
        Ok(matches!(found.body["type"].as_u64(), Some(2 | 13)))
    }

    /// Puts somebody where they are from now on, with these wishes of theirs.
    fn be_in_voice(&mut self, user: u64, channel: Option<u64>, wishes: &Value) -> Event {
        let place = self.voice_place(user);
        let state = json!({
            "guild_id": self.guild.to_string(),
            "channel_id": channel.map(|channel| channel.to_string()),
            "user_id": user.to_string(),
            "member": self.member_body(user),
            "session_id": format!("{user:x}"),
            "deaf": false,
            "mute": false,
            "self_deaf": wishes["self_deaf"] == true,
            "self_mute": wishes["self_mute"] == true,
            "self_video": false,
            "suppress": false,
            "request_to_speak_timestamp": null,
        });
        let states = self.list_mut("voice states");
        if let Some(place) = place {
            states.remove(place);
        }
        if channel.is_some() {
            states.push(state.clone());
        }
        ("VOICE_STATE_UPDATE", state)
    }

    fn voice_place(&self, user: u64) -> Option<usize> {
        self.list("voice states").iter().position(|state| shapes::is(&state["user_id"], user))
    }

    /// The voice state of somebody who is in a voice channel: nobody is, unless a state was set.
    pub(super) fn voice_state(&mut self, call: &Call, user: &str) -> Result<Answer, Rejection> {
        let user = if user == "@me" { self.bot } else { number(user) };
        let known = self.voice_place(user);
        match (call.method.as_str(), known) {
            ("GET", Some(at)) => Ok(Answer::ok(self.list("voice states")[at].clone())),
            ("PATCH", Some(at)) => {
                take_over(&mut self.list_mut("voice states")[at], &call.body);
                let state = self.list("voice states")[at].clone();
                Ok(Answer::done(vec![("VOICE_STATE_UPDATE", state)]))
            }
            _ => Err(rejection(404, 10065, "Unknown Voice State")),
        }
    }
}
