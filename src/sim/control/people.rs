//! What people do.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::bot::interaction_body;
use super::call::{Call, arguments, borrowed, done};
use super::problem::Problem;
use crate::model::Permissions;
use crate::sim::hub::Hub;
use crate::sim::people::{Guild, Interaction};
use crate::sim::world::File;

/// Creates a channel, or returns the one of this name.
pub(super) fn channel(call: &Call<'_>) -> Result<Value, Problem> {
    let (name, guild) = (call.text("name")?, call.guild()?);
    let body = call.hub.change(|state, now| {
        let (id, events) = state.world.channel_in(state.clock.time(), guild, name);
        state.dispatch(now, events);
        state.world.show_channel(id).body
    });
    Ok(json!({"channel": body}))
}

/// A person joins.
pub(super) fn join(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    Ok(json!({"user": {"id": person.id(), "name": person.name()}}))
}

/// Gives a person a role with permissions.
pub(super) fn role(call: &Call<'_>) -> Result<Value, Problem> {
    let permissions = permissions(&call.arguments["permissions"])?;
    let (person, guild) = (call.person()?, call.guild()?);
    let guild = Guild::new(call.hub.clone(), guild, "", call.timeout()?);
    let role = guild.give_role(&person, call.text("role")?, permissions)?;
    Ok(json!({"role": {"id": role}}))
}

/// Gives a person a role, as the action `role` with these arguments: `as=mia&role=Moderator&permissions=KICK_MEMBERS`.
pub(in crate::sim) fn role_by_text(hub: &Arc<Hub>, text: &str) -> Result<(), String> {
    let arguments = arguments(text, b"");
    let result = arguments.and_then(|arguments| role(&Call::new(hub, Duration::ZERO, &arguments)).map(drop));
    result.map_err(|problem| problem.body()["error"].as_str().unwrap_or_default().to_owned())
}

/// Permissions: Discord's names in a list or with commas between them, or their number as a text.
fn permissions(value: &Value) -> Result<Permissions, Problem> {
    let names: Vec<&str> = match value {
        Value::Null => Vec::new(),
        Value::String(text) => match text.parse() {
            Ok(bits) => return Ok(Permissions::from_bits_retain(bits)),
            Err(_) => text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        },
        Value::Array(names) => names.iter().map(|name| name.as_str().unwrap_or_default()).collect(),
        _ => return Err(Problem::arguments("\"permissions\" is not a list of names")),
    };
    names.into_iter().try_fold(Permissions::empty(), |all, name| {
        match Permissions::KNOWN.iter().find(|(known, _)| *known == name) {
            Some((_, permission)) => Ok(all | *permission),
            None => {
                let known: Vec<&str> = Permissions::KNOWN.iter().map(|(known, _)| *known).collect();
                Err(Problem::unknown(format!("permission {name:?}"), known.join(", ")))
            }
        }
    })
}

/// A person posts a message.
pub(super) fn say(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, channel) = (call.person()?, call.channel()?);
    let mut body = match &call.arguments["body"] {
        Value::Null => json!({}),
        body if body.is_object() => body.clone(),
        _ => return Err(Problem::arguments("\"body\" is not an object")),
    };
    if let Some(content) = call.optional_text("content") {
        body["content"] = json!(content);
    }
    if let Some(to) = call.optional_count("reply_to")? {
        body["message_reference"] = json!({"message_id": to.to_string()});
    }
    let files: Vec<File> =
        call.files()?.into_iter().map(|(name, content)| File { name, content, ..File::default() }).collect();
    let (user, channel) = (person.id(), channel.id());
    let message = person.try_act(|state, now| state.world.post_files(now, user, channel, &body, &files))?;
    Ok(json!({"message": message}))
}

/// A person edits their message.
pub(super) fn edit(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, (_, message), content) = (call.person()?, call.message()?, call.text("content")?);
    let body = json!({"content": content});
    let message = person.try_act(|state, now| state.world.edit(now, person.id(), message, &body))?;
    Ok(json!({"message": message}))
}

/// A person deletes a message.
pub(super) fn delete(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, (_, message)) = (call.person()?, call.message()?);
    person.try_act(|state, now| state.world.delete(now, person.id(), message))?;
    Ok(done())
}

/// A person reacts to a message.
pub(super) fn react(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, (channel, message), emoji) = (call.person()?, call.message()?, call.text("emoji")?);
    let (user, channel) = (person.id(), channel.id());
    person.try_act(|state, now| state.world.react(now, user, channel, message, emoji))?;
    Ok(done())
}

/// A person removes their reaction.
pub(super) fn unreact(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, (channel, message), emoji) = (call.person()?, call.message()?, call.text("emoji")?);
    let (user, channel) = (person.id(), channel.id());
    person.try_act(|state, now| state.world.remove_reaction(now, user, channel, message, emoji))?;
    Ok(done())
}

/// A person starts to type.
pub(super) fn start_typing(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, channel) = (call.person()?, call.channel()?);
    let (user, channel) = (person.id(), channel.id());
    person.try_act(|state, now| state.world.start_typing(now, user, channel))?;
    Ok(done())
}

/// A person joins a voice channel.
pub(super) fn join_voice(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, channel) = (call.person()?, call.channel()?);
    let (user, channel) = (person.id(), channel.id());
    person.try_act(|state, _| state.world.join_voice(user, channel))?;
    Ok(done())
}

/// A person leaves the voice channel.
pub(super) fn leave_voice(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    person.try_act(|state, _| state.world.leave_voice(person.id()))?;
    Ok(done())
}

/// A person sends any request of REST, as their own client does: to pin, to change a nickname, to ban.
pub(super) fn request(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    let body = call.arguments["body"].clone();
    let response = person.requests(call.text("method")?, call.text("path")?, body)?;
    Ok(json!({"response": response}))
}

/// A person votes in a poll.
pub(super) fn vote(call: &Call<'_>) -> Result<Value, Problem> {
    let answers = call.arguments["answers"].as_array();
    let answers = answers.ok_or_else(|| Problem::arguments("\"answers\" is missing: a list of numbers"))?;
    let answers: Vec<u64> = answers.iter().filter_map(Value::as_u64).collect();
    call.person()?.votes(call.message()?.1, &answers)?;
    Ok(done())
}

/// A person leaves a guild.
pub(super) fn leave(call: &Call<'_>) -> Result<Value, Problem> {
    let guild = call.guild()?;
    call.person()?.leaves(guild);
    Ok(done())
}

/// Changes what a person's client says of them: the status, the language, whether direct messages are refused.
pub(super) fn set(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    if let Some(status) = call.optional_text("status") {
        person.changes_status(status);
    }
    if let Some(locale) = call.optional_text("locale") {
        person.chooses_locale(locale);
    }
    if let Some(refuses) = call.flag("refuses_direct_messages") {
        person.refuses_direct_messages(refuses);
    }
    Ok(done())
}

/// A person uses a command: a slash command as a line, or a command of the context menu on a user or a message.
pub(super) fn use_command(call: &Call<'_>) -> Result<Value, Problem> {
    let (person, channel) = (call.person()?, call.channel()?);
    if let Some(line) = call.optional_text("line") {
        let files = call.files()?;
        return interacted(call, &person.uses_with_files(&channel, line, &borrowed(&files))?);
    }
    let name = call.text("command")?;
    let interaction = if let Some(target) = call.optional_text("on_user") {
        person.uses_on_user(&channel, name, &call.member(target)?)?
    } else {
        person.uses_on_message(&channel, name, call.message()?.1)?
    };
    interacted(call, &interaction)
}

/// A person types a slash command whose last option has autocomplete.
pub(super) fn autocomplete(call: &Call<'_>) -> Result<Value, Problem> {
    let choices = call.person()?.autocompletes(&call.channel()?, call.text("line")?)?;
    let choices = choices.iter().map(|choice| json!({"name": choice.name, "value": choice.value}));
    Ok(json!({"choices": choices.collect::<Vec<_>>()}))
}

/// A person clicks a button.
pub(super) fn click(call: &Call<'_>) -> Result<Value, Problem> {
    let interaction = call.person()?.clicks(call.message()?.1, call.text("custom_id")?)?;
    interacted(call, &interaction)
}

/// A person chooses in a select.
pub(super) fn select(call: &Call<'_>) -> Result<Value, Problem> {
    let values = call.arguments["values"]
        .as_array()
        .ok_or_else(|| Problem::arguments("\"values\" is missing: a list"))?;
    let values = values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let interaction = call.person()?.selects(call.message()?.1, call.text("custom_id")?, values)?;
    interacted(call, &interaction)
}

/// A person submits a modal: that of an interaction, or the next one that opens.
pub(super) fn submit(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    let modal = if call.arguments["interaction"].is_null() {
        person.next_modal()?
    } else {
        let interaction = call.interaction()?;
        interaction.modal().ok_or_else(|| {
            Problem::unknown(
                format!("modal of the interaction {}", interaction.id()),
                interaction_body(&interaction).to_string(),
            )
        })?
    };
    let fields = call.arguments["fields"].as_object().into_iter().flatten();
    let fields = fields.map(|(id, value)| (id.as_str(), value.clone()));
    let files = call.files()?;
    interacted(call, &person.submits_with_files(&modal, fields, &borrowed(&files))?)
}

/// Waits for the bot's response, unless the call has `"wait": false`.
fn interacted(call: &Call<'_>, interaction: &Interaction) -> Result<Value, Problem> {
    if call.flag("wait") != Some(false) {
        interaction.wait_for_acknowledgement()?;
    }
    Ok(json!({"interaction": interaction_body(interaction)}))
}
