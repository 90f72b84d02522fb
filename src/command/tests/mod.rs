#![allow(clippy::unwrap_used)]

mod check;
mod custom_id;
mod json;
mod kinds;
mod plan;
mod plan_steps;
mod run;
mod size;

use serde_json::{Value, json};

use super::{CommandBuilder, ContextMenu, Group};
use crate::model::{Command, CommandData, Message, User};

/// A builder without autocomplete handlers.
type Plain<K> = CommandBuilder<K, ()>;

fn command(name: &str, description: &str) -> Plain<()> {
    CommandBuilder::slash(name, description)
}

fn group<N, S>(name: &str, description: &str) -> CommandBuilder<Group<N>, S> {
    CommandBuilder::group(name, description)
}

fn user_command<S>(name: &str) -> CommandBuilder<ContextMenu<User>, S> {
    CommandBuilder::context_menu(name)
}

fn message_command<S>(name: &str) -> CommandBuilder<ContextMenu<Message>, S> {
    CommandBuilder::context_menu(name)
}

/// The data that Discord sends when `/test` is used with these options.
fn used(options: &Value, resolved: &Value) -> CommandData {
    let data = json!({"id": "1", "name": "test", "type": 1, "options": options, "resolved": resolved});
    serde_json::from_value(data).unwrap()
}

/// A command as Discord returns it, with the fields that Discord adds.
fn registered(id: u64, definition: &super::CommandDefinition) -> Command {
    let mut body = serde_json::to_value(definition).unwrap();
    let added = json!({"id": id.to_string(), "application_id": "7", "version": "9", "dm_permission": true});
    body.as_object_mut().unwrap().extend(added.as_object().unwrap().clone());
    if body.get("integration_types").is_none() {
        body["integration_types"] = json!([0]);
    }
    serde_json::from_value(body).unwrap()
}
