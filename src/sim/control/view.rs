//! What there is in the world, as one person sees it.

use serde_json::{Value, json};

use super::bot::change_body;
use super::call::Call;
use super::portal::intents_on;
use super::problem::Problem;
use crate::id::GuildId;
#[cfg(feature = "http-interactions")]
use crate::sim::http_delivery::signing::public_key;
use crate::sim::hub::State;
use crate::sim::peer::ConnectedSession;
use crate::sim::world::{PageStart, World};

/// The default number of messages in a page.
const PAGE: u64 = 50;

/// The addresses and IDs that a bot and a test need.
pub(super) fn addresses(call: &Call<'_>) -> Result<Value, Problem> {
    let address = call.hub.address();
    Ok(call.hub.read(|state| {
        #[cfg_attr(not(feature = "http-interactions"), expect(unused_mut))]
        let mut body = json!({
            "api_url": format!("http://{address}/api/v10"),
            "gateway_url": state.url,
            "token": state.world.token_of(state.world.bot_id()),
            "bot_id": state.world.bot_id().to_string(),
            "application_id": state.world.bot_id().to_string(),
            "guild_id": state.world.guild_id().to_string(),
        });
        #[cfg(feature = "http-interactions")]
        {
            body["public_key"] = json!(public_key(state.world.bot_id().get()));
        }
        body
    }))
}

/// The guilds with what is in them, the direct messages, and the commands that are registered.
pub(super) fn state(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.optional_text("as").map(|name| call.member(name)).transpose()?;
    let is_own = |channel: &Value| {
        let own = person.as_ref().map(|person| json!(person.id()));
        own.is_none_or(|own| {
            channel["recipients"].as_array().is_some_and(|all| all.iter().any(|one| one["id"] == own))
        })
    };
    Ok(call.hub.read(|state| {
        let world = &state.world;
        let direct: Vec<Value> = world.direct_channels().into_iter().filter(is_own).collect();
        let guilds = match &person {
            Some(person) => world.guilds_seen_by(person.id()),
            None => world.ready_data().guilds,
        };
        json!({
            "bot": world.ready_data().user,
            "as": person.as_ref().map(|person| json!({"id": person.id(), "name": person.name()})),
            "guilds": guilds,
            "direct_channels": direct,
            "commands": commands_of(world, None),
            "privileged_intents": intents_on(world.application_flags(world.bot_id())),
            "live_sessions": state.peer.live_sessions(),
            "sessions": state.peer.connected_sessions().iter().map(session_body).collect::<Vec<_>>(),
        })
    }))
}

fn session_body(session: &ConnectedSession) -> Value {
    json!({
        "connection": session.connection.number(),
        "session_id": session.id,
        "shard": [session.shard.0, session.shard.1],
        "seq": session.seq,
    })
}

/// The commands that are registered: globally, and in all guilds or the one that the call names.
pub(super) fn commands(call: &Call<'_>) -> Result<Value, Problem> {
    let guild = call.optional_guild()?;
    Ok(json!({"commands": call.hub.read(|state| commands_of(&state.world, guild))}))
}

fn commands_of(world: &World, guild: Option<GuildId>) -> Vec<Value> {
    let guilds = guild.map_or_else(|| world.guild_ids(), |guild| vec![guild]);
    let of_guilds = guilds.into_iter().flat_map(|guild| world.registered_commands(Some(guild)));
    world.registered_commands(None).into_iter().chain(of_guilds).collect()
}

/// The direct messages between a person and the bot.
pub(super) fn direct(call: &Call<'_>) -> Result<Value, Problem> {
    let user = call.person()?.id();
    Ok(json!({"channel": call.hub.change(|state, _| state.world.dm_channel(state.clock.time(), user).body)}))
}

/// A page of messages of a channel, oldest first: all that a person sees, ephemeral ones included.
pub(super) fn messages(call: &Call<'_>) -> Result<Value, Problem> {
    let channel = call.channel()?.id();
    let person = call.optional_text("as").map(|name| call.member(name)).transpose()?;
    let user = person.map(|person| person.id());
    let limit = usize::try_from(call.optional_count("limit")?.unwrap_or(PAGE)).unwrap_or(usize::MAX);
    let (before, after) = (call.optional_count("before")?, call.optional_count("after")?);
    let start = match call.optional_count("around")? {
        Some(id) => PageStart::Around(id),
        None => after.map_or(PageStart::Before(before.unwrap_or(u64::MAX)), PageStart::After),
    };
    let (messages, has_more) = call.hub.read(|state| state.world.visible_page(user, channel, start, limit));
    Ok(json!({"messages": messages, "has_more": has_more}))
}

/// What happened in a channel, oldest first.
pub(super) fn history(call: &Call<'_>) -> Result<Value, Problem> {
    let changes = call.channel()?.history();
    Ok(json!({"changes": changes.iter().map(change_body).collect::<Vec<_>>()}))
}

/// What happened as text: in a channel, or in all.
pub(super) fn transcript(call: &Call<'_>) -> Result<Value, Problem> {
    let all = call.arguments["channel"].is_null() && call.flag("direct") != Some(true);
    let text = if all { call.hub.read(State::transcript) } else { call.channel()?.transcript() };
    Ok(json!({"transcript": text}))
}

/// The world, to be loaded by `--world`.
pub(super) fn snapshot(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(call.hub.read(|state| state.world.snapshot()))
}
