//! What people do outside of REST: vote, leave, come online, choose a language.

use serde_json::{Value, json};

use super::objects;
use super::{Event, World};
use crate::id::{GuildId, MessageId, UserId};

/// The lists of votes, by message, and of presences, by guild.
const VOTES: &str = "votes";
pub(super) const PRESENCES: &str = "presences";

/// The name of the object with the language of a user.
const LOCALE: &str = "locale";
const DEFAULT_LOCALE: &str = "en-US";

impl World {
    /// A user votes in a poll. The answers replace earlier votes of the user.
    ///
    /// # Errors
    ///
    /// Why Discord's own client would not allow it.
    pub fn vote(&mut self, user: UserId, message: MessageId, answers: &[u64]) -> Result<Vec<Event>, String> {
        let (id, user) = (message.get(), user.get());
        let Some(found) = self.messages.get(&id) else { return Err(format!("there is no message {id}")) };
        let (channel, poll) = (found.channel, found.body["poll"].clone());
        self.check_sees(user, channel)?;
        if poll["results"]["is_finalized"] != false {
            return Err(format!("the message {id} has no poll that is open"));
        }
        if answers.len() > 1 && poll["allow_multiselect"] != true {
            return Err("the poll allows one answer".to_owned());
        }
        let known = poll["answers"].as_array().map_or(&[][..], Vec::as_slice);
        let is_known = |answer: &u64| known.iter().any(|one| one["answer_id"] == *answer);
        if let Some(unknown) = answers.iter().find(|answer| !is_known(answer)) {
            return Err(format!("the poll has no answer {unknown}: it has {}", known.len()));
        }
        let before = self.votes_of(id, user);
        let vote = |answer: &u64| json!({"user": user.to_string(), "answer": answer});
        let votes = self.list_mut(id, VOTES);
        votes.retain(|vote| !objects::is_id(&vote["user"], user));
        votes.extend(answers.iter().map(vote));
        let counts = known.iter().filter_map(|answer| {
            let of_answer = votes.iter().filter(|vote| vote["answer"] == answer["answer_id"]).count();
            let count = json!({"id": answer["answer_id"], "count": of_answer, "me_voted": false});
            (of_answer > 0).then_some(count)
        });
        let counts: Vec<Value> = counts.collect();
        if let Some(message) = self.messages.get_mut(&id) {
            message.body["poll"]["results"]["answer_counts"] = json!(counts);
        }
        let mut events = Vec::new();
        let mut event = |name, answer: &u64| {
            let mut data = json!({"user_id": user.to_string(), "channel_id": channel.to_string(),
                "message_id": id.to_string(), "answer_id": answer});
            if let Some(guild) = self.guild_of(channel) {
                data["guild_id"] = json!(guild.to_string());
            }
            events.push((name, data));
        };
        before
            .iter()
            .filter(|one| !answers.contains(one))
            .for_each(|one| event("MESSAGE_POLL_VOTE_REMOVE", one));
        answers
            .iter()
            .filter(|one| !before.contains(one))
            .for_each(|one| event("MESSAGE_POLL_VOTE_ADD", one));
        Ok(events)
    }

    /// The users who voted for an answer, in the order of their votes.
    pub(super) fn voters(&self, message: u64, answer: u64) -> Vec<Value> {
        let votes = self.list(message, VOTES).iter().filter(|vote| vote["answer"] == answer);
        votes.filter_map(|vote| Some(self.user_body(objects::id(&vote["user"])?))).collect()
    }

    fn votes_of(&self, message: u64, user: u64) -> Vec<u64> {
        let own = self.list(message, VOTES).iter().filter(|vote| objects::is_id(&vote["user"], user));
        own.filter_map(|vote| vote["answer"].as_u64()).collect()
    }

    /// A user leaves a guild.
    pub fn leave(&mut self, user: UserId, guild: GuildId) -> Vec<Event> {
        self.remove_member(guild.get(), user.get())
    }

    /// A user changes their status, in all their guilds.
    pub fn change_status(&mut self, user: UserId, status: &str) -> Vec<Event> {
        let user = user.get();
        let is_member = |guild: &u64| self.guilds[guild].members.contains_key(&user);
        let guilds: Vec<u64> = self.guilds.keys().copied().filter(is_member).collect();
        let client = if status == "offline" { json!({}) } else { json!({"desktop": status}) };
        let presence = json!({"user": {"id": user.to_string()}, "status": status, "activities": [], "client_status": client});
        let mut events = Vec::new();
        for guild in guilds {
            let presences = self.list_mut(guild, PRESENCES);
            presences.retain(|presence| !objects::is_id(&presence["user"]["id"], user));
            if status != "offline" {
                presences.push(presence.clone());
            }
            let mut event = presence.clone();
            event["guild_id"] = json!(guild.to_string());
            events.push(("PRESENCE_UPDATE", event));
        }
        events
    }

    /// A user chooses the language of their client.
    pub fn choose_locale(&mut self, user: UserId, locale: &str) {
        self.settings.entry(user.get()).or_default().insert(LOCALE.to_owned(), json!(locale));
    }

    /// The language of a user's client.
    pub(super) fn locale_of(&self, user: u64) -> String {
        let chosen = self.settings.get(&user).and_then(|settings| settings.get(LOCALE)?.as_str());
        chosen.unwrap_or(DEFAULT_LOCALE).to_owned()
    }
}
