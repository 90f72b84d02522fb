//! What a message may hold, and whom it pings.

use serde_json::{Value, json};

use super::File;
use super::form::{Form, Rejection, form_error, rejection};
use super::{component, shapes};

/// The longest message.
const MAX_CONTENT: usize = 2000;

pub(super) const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub(super) const EPHEMERAL: u64 = 1 << 6;
pub(super) const LOADING: u64 = 1 << 7;
const SUPPRESS_NOTIFICATIONS: u64 = 1 << 12;
const IS_VOICE_MESSAGE: u64 = 1 << 13;
pub(super) const IS_COMPONENTS_V2: u64 = 1 << 15;

/// The [flags](https://docs.discord.com/developers/resources/message#message-object-message-flags) that a sender may set.
pub(super) const SETTABLE: u64 =
    SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | IS_VOICE_MESSAGE | IS_COMPONENTS_V2;

/// What belongs to messages of the older kind only.
const LEGACY: [&str; 4] = ["content", "embeds", "sticker_ids", "poll"];

/// Checks a message to be posted or edited, and gives its text, which Discord trims.
pub(super) fn content(body: &Value, flags: u64) -> Result<String, Rejection> {
    let text = match &body["content"] {
        Value::Null => "",
        Value::String(text) => text.trim(),
        _ => return Err(form_error("content", "BASE_TYPE_STRING", "Could not interpret value as string.")),
    };
    let mut form = Form::default();
    if text.chars().count() > MAX_CONTENT {
        let message = format!("Must be {MAX_CONTENT} or fewer in length.");
        form.wrong("content", "BASE_TYPE_MAX_LENGTH", &message);
    }
    form.list("embeds", &body["embeds"], 10);
    form.list("sticker_ids", &body["sticker_ids"], 3);
    let v2 = flags & IS_COMPONENTS_V2 != 0;
    component::check(&mut form, &body["components"], if v2 { 40 } else { 5 });
    for field in LEGACY.into_iter().filter(|field| v2 && is_filled(&body[*field])) {
        let message = format!("The '{field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2");
        form.wrong(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", &message);
    }
    form.done()?;
    Ok(text.to_owned())
}

/// Checks that there is anything in a message.
pub(super) fn something(body: &Value, files: &[File]) -> Result<(), Rejection> {
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
    let forwards = body["message_reference"]["type"] == 1;
    if fields.iter().any(|field| is_filled(&body[*field])) || !files.is_empty() || forwards {
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

/// Whom a message pings.
#[derive(Default)]
pub(super) struct Pings {
    pub(super) users: Vec<u64>,
    pub(super) roles: Vec<u64>,
    pub(super) everyone: bool,
}

/// Applies [allowed mentions](https://docs.discord.com/developers/resources/message#allowed-mentions-object).
/// Without any, everything written in the text pings, and so does a reply.
pub(super) fn pings(text: &str, allowed: &Value, replied: Option<u64>) -> Result<Pings, Rejection> {
    let mentions = |mark: &str| -> Vec<u64> {
        let pieces = text.split(mark).skip(1).filter_map(|rest| rest.split_once('>'));
        pieces.filter_map(|(id, _)| id.strip_prefix('!').unwrap_or(id).parse().ok()).collect()
    };
    let mut pinged = Pings {
        users: replied.into_iter().chain(mentions("<@")).collect(),
        roles: mentions("<@&"),
        everyone: text.contains("@everyone") || text.contains("@here"),
    };
    if !allowed.is_null() {
        let parse =
            |kind: &str| allowed["parse"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)));
        let listed = |kind: &str| -> Vec<u64> {
            allowed[kind].as_array().into_iter().flatten().filter_map(shapes::id).collect()
        };
        let (users, roles) = (listed("users"), listed("roles"));
        for (kind, list) in [("users", &users), ("roles", &roles)] {
            if parse(kind) && !list.is_empty() {
                let message = format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
                let code = "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE";
                return Err(form_error("allowed_mentions", code, &message));
            }
        }
        let written = pinged.users.split_off(usize::from(replied.is_some()));
        pinged.users.retain(|_| allowed["replied_user"] == true);
        pinged.users.extend(written.into_iter().filter(|id| parse("users") || users.contains(id)));
        pinged.roles.retain(|id| parse("roles") || roles.contains(id));
        pinged.everyone &= parse("everyone");
    }
    for list in [&mut pinged.users, &mut pinged.roles] {
        let mut seen = Vec::new();
        list.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
    }
    Ok(pinged)
}
