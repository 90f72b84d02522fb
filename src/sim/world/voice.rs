//! Voice states. No audio is simulated.

use serde_json::{Value, json};

use super::access::CONNECT;
use super::audit_log::AuditEntry;
use super::collection::{SOUNDBOARD_SOUNDS, set_known_fields};
use super::objects::{self, path_id};
use super::rejection::{Rejection, missing_permissions, rejection, wrong_channel_type};
use super::{Event, RestRequest, RestResponse, World};
use crate::id::{ChannelId, UserId};
use crate::sim::types::audit_action;
use crate::sim::types::channel_type::WITH_VOICE;

/// The name of the object with the statuses of voice channels.
const VOICE_STATUSES: &str = "voice statuses";

impl World {
    /// A user joins a voice channel.
    pub fn join_voice(&mut self, user: UserId, channel: ChannelId) -> RestResponse {
        let (user, channel) = (user.get(), channel.get());
        match self.has_voice(channel) {
            Err(unknown) => unknown.into(),
            Ok(true) if self.channel_permissions(channel, user) & CONNECT == 0 => {
                missing_permissions().into()
            }
            Ok(true) => {
                let guild = self.guild_of(channel).unwrap_or(0);
                RestResponse::no_content(vec![self.set_voice_state(guild, user, Some(channel), &Value::Null)])
            }
            Ok(false) => wrong_channel_type().into(),
        }
    }

    /// A user leaves the voice channel.
    pub fn leave_voice(&mut self, user: UserId) -> RestResponse {
        let user = user.get();
        let mut guilds = self.guilds_of(user);
        guilds.retain(|guild| self.voice_state_index(*guild, user).is_some());
        let leave = |guild| self.set_voice_state(guild, user, None, &Value::Null);
        RestResponse::no_content(guilds.into_iter().map(leave).collect())
    }

    /// The events for a bot's
    /// [update of its voice state](https://docs.discord.com/developers/events/gateway-events#update-voice-state): the
    /// state, and when the bot connects, the server, which only its session learns of. None if the channel is not a voice
    /// channel.
    pub(in crate::sim) fn update_voice_state(
        &mut self,
        bot: UserId,
        data: &Value,
    ) -> (Option<Event>, Option<Event>) {
        let bot = bot.get();
        let Some(guild) = self.guild_in(data).filter(|guild| self.is_member(*guild, bot)) else {
            return (None, None);
        };
        let channel = objects::id(&data["channel_id"]);
        let was_connected = self.voice_state_index(guild, bot).is_some();
        let is_joinable =
            |channel| self.guild_of(channel) == Some(guild) && self.has_voice(channel).unwrap_or(false);
        if !channel.map_or(was_connected, is_joinable) {
            return (None, None);
        }
        let state = self.set_voice_state(guild, bot, channel, data);
        let server = || {
            let server = json!({"token": "voice-token", "guild_id": guild.to_string(), "endpoint": "voice.invalid:443"});
            ("VOICE_SERVER_UPDATE", server)
        };
        (Some(state), (channel.is_some() && !was_connected).then(server))
    }

    /// SOUNDBOARD_SOUNDS for a
    /// [request](https://docs.discord.com/developers/events/gateway-events#request-soundboard-sounds).
    pub(in crate::sim) fn requested_sounds(&self, bot: UserId, data: &Value) -> Vec<Event> {
        let guilds = data["guild_ids"].as_array().into_iter().flatten().filter_map(objects::id);
        let sounds = |guild: u64| {
            let sounds = self.list(guild, SOUNDBOARD_SOUNDS.name);
            ("SOUNDBOARD_SOUNDS", json!({"guild_id": guild.to_string(), "soundboard_sounds": sounds}))
        };
        guilds.filter(|guild| self.is_member(*guild, bot.get())).map(sounds).collect()
    }

    /// CHANNEL_INFO for a [request](https://docs.discord.com/developers/events/gateway-events#request-channel-info). For a
    /// channel that is in use, the start is that of the simulation.
    pub(in crate::sim) fn requested_channel_info(&self, bot: UserId, data: &Value) -> Vec<Event> {
        let Some(guild) = self.guild_in(data).filter(|guild| self.is_member(*guild, bot.get())) else {
            return Vec::new();
        };
        let fields = data["fields"].as_array().map_or(&[][..], Vec::as_slice);
        let mut channels = Vec::new();
        for id in self.channels_of(guild).filter(|id| self.has_voice(*id).unwrap_or(false)) {
            let mut channel = json!({"id": id.to_string()});
            if fields.contains(&json!("status")) {
                let statuses = self.setting(guild, VOICE_STATUSES);
                channel["status"] = statuses.map_or(Value::Null, |statuses| statuses[id.to_string()].clone());
            }
            if fields.contains(&json!("voice_start_time")) {
                let mut states = self.list(guild, "voice states").iter();
                let in_use = states.any(|state| objects::is_id(&state["channel_id"], id));
                let start = in_use.then_some(self.guilds[&guild].created_at.as_secs());
                channel["voice_start_time"] = json!(start);
            }
            channels.push(channel);
        }
        vec![("CHANNEL_INFO", json!({"guild_id": guild.to_string(), "channels": channels}))]
    }

    /// Sets the status of a voice channel. Returns the event.
    pub(super) fn set_voice_status(&mut self, channel: u64, status: &Value) -> Event {
        let guild = self.guild_of(channel).unwrap_or(0);
        let statuses = self.setting_mut(guild, VOICE_STATUSES);
        statuses[channel.to_string()] = status.clone();
        let data = json!({"id": channel.to_string(), "guild_id": guild.to_string(), "status": status});
        ("VOICE_CHANNEL_STATUS_UPDATE", data)
    }

    /// Whether people can talk in a channel: a voice or a stage channel.
    pub(super) fn has_voice(&self, channel: u64) -> Result<bool, Rejection> {
        self.known_channel(channel)?;
        Ok(self.is_one_of(channel, &WITH_VOICE))
    }

    /// Sets the channel of a user, and `self_deaf` and `self_mute` from `options`.
    fn set_voice_state(&mut self, guild: u64, user: u64, channel: Option<u64>, options: &Value) -> Event {
        let index = self.voice_state_index(guild, user);
        let member = self.member_body(guild, user);
        let state = json!({
            "guild_id": guild.to_string(),
            "channel_id": channel.map(|channel| channel.to_string()),
            "user_id": user.to_string(),
            "member": member,
            "session_id": format!("{user:x}"),
            "deaf": member["deaf"],
            "mute": member["mute"],
            "self_deaf": options["self_deaf"] == true,
            "self_mute": options["self_mute"] == true,
            "self_stream": false,
            "self_video": false,
            "suppress": false,
            "request_to_speak_timestamp": null,
        });
        let states = self.list_mut(guild, "voice states");
        if let Some(index) = index {
            states.remove(index);
        }
        if channel.is_some() {
            states.push(state.clone());
        }
        ("VOICE_STATE_UPDATE", state)
    }

    /// The events when a moderator mutes, deafens, moves or disconnects a member.
    pub(super) fn moderate_voice(&mut self, request: &RestRequest, guild: u64, user: u64) -> Vec<Event> {
        let Some(index) = self.voice_state_index(guild, user) else { return Vec::new() };
        let state = self.list(guild, "voice states")[index].clone();
        let before = objects::id(&state["channel_id"]);
        let channel = match request.body.get("channel_id") {
            Some(channel) => objects::id(channel),
            None => before,
        };
        let mut events = vec![self.set_voice_state(guild, user, channel, &state)];
        if channel != before {
            let entry = match channel {
                Some(channel) => AuditEntry::new(audit_action::MEMBER_MOVE)
                    .options(json!({"channel_id": channel.to_string(), "count": "1"})),
                None => AuditEntry::new(audit_action::MEMBER_DISCONNECT).options(json!({"count": "1"})),
            };
            events.push(self.audit(request, guild, entry));
        }
        events
    }

    /// The voice channel that a user is connected to.
    pub(super) fn voice_channel_of(&self, guild: u64, user: u64) -> Option<u64> {
        let index = self.voice_state_index(guild, user)?;
        objects::id(&self.list(guild, "voice states")[index]["channel_id"])
    }

    fn voice_state_index(&self, guild: u64, user: u64) -> Option<usize> {
        self.list(guild, "voice states").iter().position(|state| objects::is_id(&state["user_id"], user))
    }

    /// Answers `/guilds/{guild}/voice-states/{user}`.
    pub(super) fn voice_state_route(
        &mut self,
        request: &RestRequest,
        guild: u64,
        user: &str,
    ) -> Result<RestResponse, Rejection> {
        let user = if user == "@me" { request.actor() } else { path_id(user) };
        let index = self.voice_state_index(guild, user);
        let channel = self.voice_channel_of(guild, user).filter(|_| user != request.actor());
        let is_closed =
            channel.is_some_and(|channel| self.channel_permissions(channel, request.actor()) & CONNECT == 0);
        match (request.method.as_str(), index) {
            ("GET", Some(_)) if is_closed => Err(missing_permissions()),
            ("GET", Some(index)) => Ok(RestResponse::ok(self.list(guild, "voice states")[index].clone())),
            ("PATCH", Some(index)) => {
                let state = &mut self.list_mut(guild, "voice states")[index];
                set_known_fields(state, &request.body);
                let state = state.clone();
                Ok(RestResponse::no_content(vec![("VOICE_STATE_UPDATE", state)]))
            }
            _ => Err(rejection(404, 10065, "Unknown Voice State")),
        }
    }
}
