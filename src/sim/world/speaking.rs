//! What keeps people from speaking although they have the permission: slow mode, and the verification level of the guild.

use std::time::Duration;

use serde_json::{Value, json};

use super::access::BYPASS_SLOWMODE;
use super::objects::path_id;
use super::rejection::{Rejection, rejection};
use super::world::time_of_id;
use super::{RestRequest, World};
use crate::id::UserId;

/// The name of the object with the times at which people spoke last, by channel; and of the one about a person's phone.
const LAST_TIMES: &str = "last times";
const PHONE: &str = "phone";

/// How old an account must be from the medium level on, and a membership from the high level on
/// ([levels](https://docs.discord.com/developers/resources/guild#guild-object-verification-level)).
const ACCOUNT_AGE: Duration = Duration::from_secs(5 * 60);
const MEMBERSHIP_AGE: Duration = Duration::from_secs(10 * 60);

/// What a request does, as far as it is speaking.
#[derive(Clone, Copy, PartialEq)]
enum Speech {
    Message,
    Thread,
    Reaction,
}

impl Speech {
    /// What a request does, and in which channel.
    fn of(request: &RestRequest, path: &[&str]) -> Option<(Speech, u64)> {
        let (speech, channel) = match (request.method.as_str(), path) {
            ("POST", ["channels", channel, "messages"]) => (Speech::Message, channel),
            ("POST", ["channels", channel, "threads"] | ["channels", channel, "messages", _, "threads"]) => {
                (Speech::Thread, channel)
            }
            ("PUT", ["channels", channel, "messages", _, "reactions", _, "@me"]) => {
                (Speech::Reaction, channel)
            }
            _ => return None,
        };
        Some((speech, path_id(channel)))
    }

    /// The key of its last times. Reactions have no slow mode.
    fn key(self) -> Option<&'static str> {
        match self {
            Speech::Message => Some("message"),
            Speech::Thread => Some("thread"),
            Speech::Reaction => None,
        }
    }
}

impl World {
    /// Checks that a person may speak now. Bots always may.
    pub(super) fn check_speaking(&self, request: &RestRequest, path: &[&str]) -> Result<(), Rejection> {
        let user = request.actor();
        let Some((speech, channel)) = Speech::of(request, path) else { return Ok(()) };
        let Some(guild) = self.guild_of(channel).filter(|_| self.is_person(user)) else { return Ok(()) };
        self.check_verification(request.now, guild, user)?;
        let Some(end) = self.end_of_pause(speech, channel, user).filter(|end| *end > request.now) else {
            return Ok(());
        };
        let (status, mut body) =
            rejection(429, 20016, "This action cannot be performed due to slowmode rate limit");
        body["retry_after"] = json!((end - request.now).as_secs_f64());
        Err((status, body))
    }

    /// When a person may speak again in a channel with slow mode. `None` if that does not hold for them.
    fn end_of_pause(&self, speech: Speech, channel: u64, user: u64) -> Option<Duration> {
        let is_slowed = self.channel_permissions(channel, user) & BYPASS_SLOWMODE == 0;
        let pause = self.slow_mode(channel).filter(|_| is_slowed)?;
        let last = self.setting(channel, LAST_TIMES)?[speech.key()?][user.to_string()].as_u64()?;
        Some(Duration::from_millis(last) + pause)
    }

    fn slow_mode(&self, channel: u64) -> Option<Duration> {
        let seconds = self.channels.get(&channel)?.body["rate_limit_per_user"].as_u64()?;
        (seconds > 0).then(|| Duration::from_secs(seconds))
    }

    /// A request was carried out: the next pause of slow mode begins.
    pub(super) fn has_spoken(&mut self, request: &RestRequest, path: &[&str]) {
        let Some((speech, channel)) = Speech::of(request, path) else { return };
        if let (Some(key), Some(_)) = (speech.key(), self.slow_mode(channel)) {
            let now = u64::try_from(request.now.as_millis()).unwrap_or(u64::MAX);
            self.setting_mut(channel, LAST_TIMES)[key][request.actor().to_string()] = json!(now);
        }
    }

    /// Checks the verification level of the guild, which does not hold for the owner and for members with a role.
    fn check_verification(&self, now: Duration, guild: u64, user: u64) -> Result<(), Rejection> {
        let level = self
            .guilds
            .get(&guild)
            .map_or(0, |guild| guild.changes["verification_level"].as_u64().unwrap_or(0));
        let Some(stored) = self.guilds.get(&guild) else { return Ok(()) };
        let Some(member) = stored.members.get(&user) else { return Ok(()) };
        if stored.owner == user || !self.roles_of(guild, user).is_empty() {
            return Ok(());
        }
        // People have a verified e-mail address, which is the low level.
        let is_young = |since: Duration, age: Duration| now < since + age;
        let is_refused = level >= 2 && is_young(time_of_id(user), ACCOUNT_AGE)
            || level >= 3 && is_young(member.joined_at, MEMBERSHIP_AGE)
            || level >= 4 && !self.has_phone(user);
        if is_refused {
            return Err(rejection(
                403,
                50009,
                "Channel verification level is too high for you to gain access",
            ));
        }
        Ok(())
    }

    fn is_person(&self, user: u64) -> bool {
        self.users.get(&user).is_some_and(|user| !user.is_bot)
    }

    fn has_phone(&self, user: u64) -> bool {
        self.setting(user, PHONE).is_some_and(|phone| *phone == Value::Bool(true))
    }

    /// Sets whether a person has a verified phone number.
    pub fn set_phone(&mut self, user: UserId, has_phone: bool) {
        self.set_setting(user.get(), PHONE, json!(has_phone));
    }
}
