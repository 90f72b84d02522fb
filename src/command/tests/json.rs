use serde_json::{Value, json};

use super::{command, group, message_command, registered};
use crate::command::{
    CommandBuilder, CommandDefinition, Group, GroupMember, attachment, boolean, channel, choices, integer,
    member, mentionable, number, role, string, user,
};
use crate::model::{ApplicationIntegrationType, ChannelType, InteractionContextType, Locale, Permissions};

struct Node(CommandDefinition);

impl GroupMember for Node {
    fn definition(&self) -> &CommandDefinition {
        &self.0
    }
}

impl<K> From<CommandBuilder<K, ()>> for Node {
    fn from(builder: CommandBuilder<K, ()>) -> Self {
        Node(builder.definition().clone())
    }
}

fn body(definition: &CommandDefinition) -> Value {
    serde_json::to_value(definition).unwrap()
}

#[test]
fn a_body_contains_everything_that_is_declared() {
    let builder = command("tide", "Tide times")
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .nsfw()
        .contexts([InteractionContextType::GUILD])
        .integration_types([ApplicationIntegrationType::GUILD_INSTALL])
        .name_localized(Locale::DE, "gezeiten")
        .description_localized(Locale::DE, "Wann das Wasser kommt")
        .option("port", "Port", string().min_length(2).max_length(60).name_localized(Locale::DE, "hafen"))
        .option("days", "Days", integer(1..15))
        .option("depth", "Depth", number(0.5..).optional())
        .option("unit", "Unit", choices([("metres", "m"), ("feet", "ft")]).optional())
        .option("where", "Channel", channel().channel_types([ChannelType::GUILD_TEXT]).optional())
        .option("chart", "Chart", attachment().file_types(["image", ".pdf"]).optional())
        .option("quiet", "Only me", boolean().optional())
        .option("who", "Who", user().optional())
        .option("mate", "Who", member().optional())
        .option("rank", "Role", role().optional())
        .option("ping", "Who", mentionable().optional());
    assert_eq!(
        body(builder.definition()),
        json!({
            "type": 1,
            "name": "tide",
            "name_localizations": {"de": "gezeiten"},
            "description": "Tide times",
            "description_localizations": {"de": "Wann das Wasser kommt"},
            "default_member_permissions": "32",
            "nsfw": true,
            "contexts": [0],
            "integration_types": [0],
            "options": [
                {"type": 3, "name": "port", "name_localizations": {"de": "hafen"}, "description": "Port", "required": true, "min_length": 2, "max_length": 60},
                {"type": 4, "name": "days", "description": "Days", "required": true, "min_value": 1, "max_value": 14},
                {"type": 10, "name": "depth", "description": "Depth", "min_value": 0.5},
                {"type": 3, "name": "unit", "description": "Unit", "choices": [{"name": "metres", "value": "m"}, {"name": "feet", "value": "ft"}]},
                {"type": 7, "name": "where", "description": "Channel", "channel_types": [0]},
                {"type": 11, "name": "chart", "description": "Chart", "file_types": ["image", ".pdf"]},
                {"type": 5, "name": "quiet", "description": "Only me"},
                {"type": 6, "name": "who", "description": "Who"},
                {"type": 6, "name": "mate", "description": "Who"},
                {"type": 8, "name": "rank", "description": "Role"},
                {"type": 9, "name": "ping", "description": "Who"},
            ],
        })
    );
}

#[test]
fn fields_that_are_not_set_are_reset() {
    assert_eq!(
        body(command("ping", "Answers").definition()),
        json!({
            "type": 1, "name": "ping", "name_localizations": null, "description": "Answers",
            "description_localizations": null, "options": [], "default_member_permissions": null, "nsfw": false,
            "contexts": null,
        })
    );
}

#[test]
fn a_context_menu_command_has_no_fields_that_discord_rejects() {
    assert_eq!(
        body(message_command::<()>("Bookmark").definition()),
        json!({
            "type": 3, "name": "Bookmark", "name_localizations": null, "default_member_permissions": null,
            "nsfw": false, "contexts": null,
        })
    );
}

#[test]
fn a_guild_command_has_no_contexts_or_integration_types() {
    let builder = command("ping", "Answers")
        .contexts([InteractionContextType::GUILD])
        .integration_types([ApplicationIntegrationType::GUILD_INSTALL]);
    let body = body(&builder.definition().clone().for_guild());
    assert!(body.get("contexts").is_none() && body.get("integration_types").is_none());
}

#[test]
fn groups_are_nested_options() {
    let admin: CommandBuilder<Group<Node>, ()> =
        group("admin", "Moderation").default_member_permissions(Permissions::BAN_MEMBERS);
    let role: CommandBuilder<Group<Node>, ()> = group("role", "Roles").name_localized(Locale::DE, "rolle");
    let admin = admin
        .add(command("ban", "Bans").option("who", "Who", user()))
        .add(role.add(command("give", "Gives").description_localized(Locale::FR, "Donne")));
    let body = body(admin.definition());
    assert_eq!(body["default_member_permissions"], "4");
    assert_eq!(
        body["options"],
        json!([
            {"type": 1, "name": "ban", "description": "Bans", "options": [
                {"type": 6, "name": "who", "description": "Who", "required": true},
            ]},
            {"type": 2, "name": "role", "name_localizations": {"de": "rolle"}, "description": "Roles", "options": [
                {"type": 1, "name": "give", "description": "Gives", "description_localizations": {"fr": "Donne"}},
            ]},
        ])
    );
}

#[test]
fn the_body_can_be_read_as_a_registered_command() {
    let builder = command("tide", "Tide times").option("days", "Days", integer(1..=14));
    let read = registered(3, builder.definition());
    assert_eq!((read.id.get(), read.name.as_str(), read.options.len()), (3, "tide", 1));
    assert!(read.options.unreadable().is_empty() && read.options[0].required);
}
