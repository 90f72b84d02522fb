//! Checks messages, and finds out which users they mention.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::rejection::{FormErrors, Rejection, form_error, rejection};
use super::rest_request::File;
use super::{objects, validation};
use crate::sim::types::message_flag::{
    IS_COMPONENTS_V2, IS_VOICE_MESSAGE, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS,
};
use crate::sim::types::message_type::{
    CHANNEL_PINNED_MESSAGE, POLL_RESULT, THREAD_CREATED, THREAD_STARTER_MESSAGE, USER_JOIN,
};
use crate::sim::types::reference_type;

/// Maximum number of characters of a message.
const MAX_CONTENT: usize = 2000;

/// The [flags](https://docs.discord.com/developers/resources/message#message-object-message-flags) that a sender may set.
pub(super) const SETTABLE_FLAGS: u64 =
    SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2;

/// The [types](https://docs.discord.com/developers/resources/message#message-object-message-types) of messages that Discord
/// itself posts, and that have no content.
pub(super) const SYSTEM_TYPES: [u64; 5] =
    [CHANNEL_PINNED_MESSAGE, USER_JOIN, THREAD_CREATED, THREAD_STARTER_MESSAGE, POLL_RESULT];

/// The fields that messages with `IS_COMPONENTS_V2` cannot have.
const LEGACY_FIELDS: [&str; 4] = ["content", "embeds", "sticker_ids", "poll"];

/// Checks a new or edited message. Returns its text, trimmed as by Discord.
pub(super) fn check_content(body: &Value, flags: u64) -> Result<String, Rejection> {
    let text = match &body["content"] {
        Value::Null => "",
        Value::String(text) => text.trim(),
        _ => return Err(form_error("content", "BASE_TYPE_STRING", "Could not interpret value as string.")),
    };
    let mut errors = FormErrors::default();
    if text.chars().count() > MAX_CONTENT {
        let message = format!("Must be {MAX_CONTENT} or fewer in length.");
        errors.add("content", "BASE_TYPE_MAX_LENGTH", &message);
    }
    validation::check_embeds(&mut errors, &body["embeds"]);
    errors.list("sticker_ids", &body["sticker_ids"], 3);
    let is_v2 = flags & IS_COMPONENTS_V2 != 0;
    validation::check_message_components(&mut errors, &body["components"], is_v2);
    for field in LEGACY_FIELDS.into_iter().filter(|field| is_v2 && is_filled(&body[*field])) {
        let message = format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
        errors.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", &message);
    }
    errors.finish()?;
    Ok(text.to_owned())
}

/// Whether a new message forwards another one.
pub(super) fn is_forward(body: &Value) -> bool {
    body["message_reference"]["type"] == reference_type::FORWARD
}

/// Checks that a message is not empty.
pub(super) fn check_not_empty(body: &Value, files: &[File]) -> Result<(), Rejection> {
    let fields = [
        "content",
        "embeds",
        "sticker_ids",
        "sticker_items",
        "components",
        "attachments",
        "poll",
        "shared_client_theme",
    ];
    if fields.iter().any(|field| is_filled(&body[*field])) || !files.is_empty() || is_forward(body) {
        return Ok(());
    }
    Err(rejection(400, 50006, "Cannot send an empty message"))
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        value => value.is_object(),
    }
}

/// Whom a message mentions.
#[derive(Default)]
pub(super) struct Mentions {
    pub(super) users: Vec<u64>,
    pub(super) roles: Vec<u64>,
    pub(super) everyone: bool,
}

/// Applies [allowed mentions](https://docs.discord.com/developers/resources/message#allowed-mentions-object).
/// Without them, all mentions in the text count, and the author that a reply is to.
pub(super) fn allowed_mentions(
    text: &str,
    allowed: &Value,
    replied_user: Option<u64>,
) -> Result<Mentions, Rejection> {
    let in_text = |mark: &str| -> Vec<u64> {
        let ends = text.split(mark).skip(1).filter_map(|rest| rest.split_once('>'));
        ends.filter_map(|(id, _)| id.strip_prefix('!').unwrap_or(id).parse().ok()).collect()
    };
    let mut mentions = Mentions {
        users: replied_user.into_iter().chain(in_text("<@")).collect(),
        roles: in_text("<@&"),
        everyone: text.contains("@everyone") || text.contains("@here"),
    };
    if !allowed.is_null() {
        let parses =
            |kind: &str| allowed["parse"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
        let listed = |kind: &str| -> Vec<u64> {
            allowed[kind].as_array().into_iter().flatten().filter_map(objects::id).collect()
        };
        let (users, roles) = (listed("users"), listed("roles"));
        for (kind, list) in [("users", &users), ("roles", &roles)] {
            if parses(kind) && !list.is_empty() {
                let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
                return Err(form_error("allowed_mentions", code, &message));
            }
        }
        let in_text = mentions.users.split_off(usize::from(replied_user.is_some()));
        mentions.users.retain(|_| allowed["replied_user"] == true);
        mentions.users.extend(in_text.into_iter().filter(|id| parses("users") || users.contains(id)));
        mentions.roles.retain(|id| parses("roles") || roles.contains(id));
        mentions.everyone &= parses("everyone");
    }
    for list in [&mut mentions.users, &mut mentions.roles] {
        let mut seen = BTreeSet::new();
        list.retain(|id| seen.insert(*id));
    }
    Ok(mentions)
}
