//! What the bot did, and what is done with the simulated Discord as a whole.

use serde_json::{Value, json};

use super::call::{Call, done};
use super::problem::Problem;
use crate::sim::http::Request;
use crate::sim::hub::State;
use crate::sim::log::{Log, timeout_error};
use crate::sim::people::Interaction;
use crate::sim::playground::page_log::{self, Line};
use crate::sim::readiness::has_ready_bot;
use crate::sim::settle;
use crate::sim::transcript::{Change, ChangeKind};
use crate::sim::world::World;

/// The default number of requests that are listed.
const REQUESTS: u64 = 100;

/// Waits for the bot's next message in a channel.
pub(super) fn next_message(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({"message": call.channel()?.next_message()?.raw}))
}

/// Waits for the bot's next change in a channel.
pub(super) fn next_change(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({"change": change_body(&call.channel()?.next_change()?)}))
}

/// Advances the clock of the world.
pub(super) fn advance(call: &Call<'_>) -> Result<Value, Problem> {
    let by = call.optional_seconds("seconds")?;
    let by = by.ok_or_else(|| Problem::arguments("\"seconds\" is missing: a time"))?;
    call.hub.change(|state, now| state.advance(now, by));
    Ok(done())
}

/// Waits until the bot has handled everything.
pub(super) fn settle(call: &Call<'_>) -> Result<Value, Problem> {
    settle::settle(call.hub, call.timeout()?)?;
    Ok(done())
}

/// Checks that the bot posts nothing in a channel.
pub(super) fn stays_silent(call: &Call<'_>) -> Result<Value, Problem> {
    call.channel()?.stays_silent()?;
    Ok(done())
}

/// A change as the control interface shows it.
pub(super) fn change_body(change: &Change) -> Value {
    json!({
        "kind": match change.kind {
            ChangeKind::Posted => "posted",
            ChangeKind::Edited => "edited",
            ChangeKind::Deleted => "deleted",
            ChangeKind::ReactionAdded => "reaction_added",
            ChangeKind::ReactionRemoved => "reaction_removed",
            ChangeKind::Used => "used",
        },
        "channel_id": change.channel,
        "message_id": change.message,
        "author": change.author,
        "by_bot": change.by_bot,
        "only_for": change.only_for,
        "text": change.text,
    })
}

/// Waits for the next ephemeral message to a person.
pub(super) fn next_ephemeral_message(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({"message": call.person()?.next_ephemeral_message()?.raw}))
}

/// Waits for the next modal that opens for a person.
pub(super) fn next_modal(call: &Call<'_>) -> Result<Value, Problem> {
    let modal = call.person()?.next_modal()?;
    Ok(json!({"interaction": modal.interaction, "modal": modal.raw}))
}

/// Waits for the message that the bot responds to an interaction with.
pub(super) fn reply(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({"message": call.interaction()?.reply()?.raw}))
}

/// An interaction as it is now.
pub(super) fn interaction(call: &Call<'_>) -> Result<Value, Problem> {
    Ok(json!({"interaction": interaction_body(&call.interaction()?)}))
}

/// All interactions, or the last ones, oldest first.
pub(super) fn interactions(call: &Call<'_>) -> Result<Value, Problem> {
    let timeout = call.timeout()?;
    let limit = call
        .optional_count("limit")?
        .map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let ids = call.hub.read(|state| state.world.interaction_ids());
    let skipped = ids.len().saturating_sub(limit);
    let interactions = ids
        .into_iter()
        .skip(skipped)
        .map(|id| interaction_body(&Interaction::new(call.hub.clone(), id, timeout)));
    Ok(json!({"interactions": interactions.collect::<Vec<_>>()}))
}

/// An interaction as the control interface shows it.
pub(super) fn interaction_body(interaction: &Interaction) -> Value {
    let acknowledgement = interaction.acknowledgement().map(|acknowledgement| {
        json!({
            "type": acknowledgement.kind,
            "after": acknowledgement.after.as_secs_f64(),
            "ephemeral": acknowledgement.ephemeral,
        })
    });
    let rejected = interaction.rejected_responses();
    let rejected = rejected.iter().map(|one| json!({"code": one.code, "after": one.after.as_secs_f64()}));
    #[cfg_attr(not(feature = "http-interactions"), expect(unused_mut))]
    let mut body = json!({
        "id": interaction.id(),
        "name": interaction.name(),
        "acknowledgement": acknowledgement,
        "reply": interaction.current_reply().map(|message| message.raw),
        "followups": interaction.followups().into_iter().map(|message| message.raw).collect::<Vec<_>>(),
        "modal": interaction.modal().map(|modal| modal.raw),
        "rejected_responses": rejected.collect::<Vec<_>>(),
        "payload": interaction.raw(),
    });
    #[cfg(feature = "http-interactions")]
    if let Some(error) = interaction.delivery_error() {
        body["delivery_error"] = json!(error);
    }
    body
}

/// The bot's last requests, oldest first.
pub(super) fn requests(call: &Call<'_>) -> Result<Value, Problem> {
    let limit = usize::try_from(call.optional_count("limit")?.unwrap_or(REQUESTS)).unwrap_or(usize::MAX);
    let body = |request: &Request| {
        let body = match request.json() {
            Value::Null => json!(String::from_utf8_lossy(&request.body)),
            body => body,
        };
        json!({
            "method": request.method,
            "path": request.path,
            "status": request.status,
            "at": request.at.as_secs_f64(),
            "body": body,
        })
    };
    let requests: Vec<Value> = call.hub.read(|state| {
        let skipped = state.requests.len().saturating_sub(limit);
        state.requests.iter().skip(skipped).map(body).collect()
    });
    Ok(json!({"requests": requests}))
}

/// The bots of this process, and the log of the program from a line on.
pub(super) fn bots(call: &Call<'_>) -> Result<Value, Problem> {
    // Asked without the lock: a description takes locks of the bot.
    let bots = call.hub.read(|state| state.local_bots.all());
    let bots: Vec<Value> = bots.iter().map(|bot| bot.description()).collect();
    let (lines, next) = page_log::lines_from(call.optional_count("from")?.unwrap_or(0));
    let line = |world: &World, line: &Line| {
        json!({
            "number": line.number,
            "at": line.at.as_secs_f64(),
            "level": line.level.as_str(),
            "target": line.target,
            "text": world.without_tokens(&line.text),
        })
    };
    let lines: Vec<Value> = call.hub.read(|state| lines.iter().map(|one| line(&state.world, one)).collect());
    Ok(json!({"bots": bots, "log": {"is_shown": page_log::is_shown(), "lines": lines, "next": next}}))
}

/// What happened on the gateway.
pub(super) fn log(call: &Call<'_>) -> Result<Value, Problem> {
    let log = Log::new(call.hub);
    Ok(json!({
        "connections": log.connections(),
        "identifies": log.identifies(),
        "resumes": log.resumes(),
        "resumes_rejected": log.resumes_rejected(),
        "heartbeats": log.heartbeats(),
        "timeouts": log.timeouts(),
        "live_sessions": call.hub.read(|state| state.peer.live_sessions()),
        "send_events": log.send_events(),
        "violations": log.violations(),
    }))
}

/// Waits until a bot has logged in.
pub(super) fn wait_until_ready(call: &Call<'_>) -> Result<Value, Problem> {
    let timeout = call.timeout()?;
    let is_ready = || has_ready_bot(call.hub).then_some(());
    call.hub
        .wait_for(timeout, is_ready)
        .ok_or_else(|| timeout_error(call.hub, timeout, "a bot to log in"))?;
    Ok(done())
}

/// Dispatches any event.
pub(super) fn dispatch(call: &Call<'_>) -> Result<Value, Problem> {
    let name = call.text("name")?;
    call.hub.change(|state, now| state.dispatch_any(now, name, &call.arguments["data"]));
    Ok(done())
}

/// Starts over with the settings of the start.
pub(super) fn reset(call: &Call<'_>) -> Result<Value, Problem> {
    call.hub.restart();
    Ok(done())
}

/// Asks the program to end.
pub(super) fn shutdown(call: &Call<'_>) -> Result<Value, Problem> {
    call.hub.change(State::request_shutdown);
    Ok(done())
}
