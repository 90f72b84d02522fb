//! Voice states. No audio is simulated.

use serde_json::{Value, json};

use super::collection::set_known_fields;
use super::objects::{self, path_id};
use super::rejection::{Rejection, rejection};
use super::{Event, RestRequest, RestResponse, World};

impl World {
    /// A user joins a voice channel.
    pub fn join_voice(&mut self, user: u64, channel: u64) -> RestResponse {
        match self.has_voice(channel) {
            Err(unknown) => unknown.into(),
            Ok(true) => {
                RestResponse::no_content(vec![self.set_voice_state(user, Some(channel), &Value::Null)])
            }
            Ok(false) => rejection(400, 50024, "Cannot execute action on this channel type").into(),
        }
    }

    /// A user leaves the voice channel.
    pub fn leave_voice(&mut self, user: u64) -> RestResponse {
        let event = self.voice_state_index(user).map(|_| self.set_voice_state(user, None, &Value::Null));
        RestResponse::no_content(event.into_iter().collect())
    }

    /// The events for the bot's
    /// [update of its voice state](https://docs.discord.com/developers/events/gateway-events#update-voice-state). None if
    /// the channel is not a voice channel.
    pub(in crate::sim) fn update_voice_state(&mut self, data: &Value) -> Vec<Event> {
        if objects::id(&data["guild_id"]) != Some(self.guild) {
            return Vec::new();
        }
        let channel = objects::id(&data["channel_id"]);
        let was_connected = self.voice_state_index(self.bot).is_some();
        if !channel.map_or(was_connected, |channel| self.has_voice(channel).unwrap_or(false)) {
            return Vec::new();
        }
        let mut events = vec![self.set_voice_state(self.bot, channel, data)];
        if channel.is_some() && !was_connected {
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
        let channel = self.known_channel(channel)?;
        Ok(matches!(channel.body["type"].as_u64(), Some(2 | 13)))
    }

    /// Sets the channel of a user, and `self_deaf` and `self_mute` from `options`.
    fn set_voice_state(&mut self, user: u64, channel: Option<u64>, options: &Value) -> Event {
        let index = self.voice_state_index(user);
        let state = json!({
            "guild_id": self.guild.to_string(),
            "channel_id": channel.map(|channel| channel.to_string()),
            "user_id": user.to_string(),
            "member": self.member_body(user),
            "session_id": format!("{user:x}"),
            "deaf": false,
            "mute": false,
            "self_deaf": options["self_deaf"] == true,
            "self_mute": options["self_mute"] == true,
            "self_video": false,
            "suppress": false,
            "request_to_speak_timestamp": null,
        });
        let states = self.list_mut("voice states");
        if let Some(index) = index {
            states.remove(index);
        }
        if channel.is_some() {
            states.push(state.clone());
        }
        ("VOICE_STATE_UPDATE", state)
    }

    fn voice_state_index(&self, user: u64) -> Option<usize> {
        self.list("voice states").iter().position(|state| objects::is_id(&state["user_id"], user))
    }

    /// Answers `/guilds/{guild}/voice-states/{user}`.
    pub(super) fn voice_state_route(
        &mut self,
        request: &RestRequest,
        user: &str,
    ) -> Result<RestResponse, Rejection> {
        let user = if user == "@me" { self.bot } else { path_id(user) };
        let index = self.voice_state_index(user);
        match (request.method.as_str(), index) {
            ("GET", Some(index)) => Ok(RestResponse::ok(self.list("voice states")[index].clone())),
            ("PATCH", Some(index)) => {
                let state = &mut self.list_mut("voice states")[index];
                set_known_fields(state, &request.body);
                let state = state.clone();
                Ok(RestResponse::no_content(vec![("VOICE_STATE_UPDATE", state)]))
            }
            _ => Err(rejection(404, 10065, "Unknown Voice State")),
        }
    }
}
