use serde_json::{Value, json};

use super::{command, group, message_command, registered};
use crate::command::{
    Choice, CommandBuilder, CommandDefinition, Group, GroupMember, OneOf, PlanStep, Scope, SyncRules,
    attachment, autocomplete_choices, boolean, channel, choices, integer, member, mentionable, number,
    one_of, plan, role, string, user,
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
fn fields_that_are_not_set_are_left_out() {
    let ping = json!({"type": 1, "name": "ping", "description": "Answers", "nsfw": false});
    assert_eq!(body(command("ping", "Answers").definition()), ping);
    let bookmark = json!({"type": 3, "name": "Bookmark", "nsfw": false});
    assert_eq!(body(message_command::<()>("Bookmark").definition()), bookmark);
}

/// The only edit of the plan that turns one command into another.
fn edit(old: &CommandDefinition, new: &CommandDefinition) -> Value {
    let plan = plan(Scope::Global, &[registered(7, old)], std::slice::from_ref(new), &SyncRules::default());
    match &plan.steps[..] {
        [PlanStep::Edit { command, .. }] => body(command),
        steps => panic!("{steps:?}"),
    }
}

#[test]
fn an_edit_resets_only_what_the_registered_command_has() {
    let full = command("ping", "Answers")
        .name_localized(Locale::DE, "echo")
        .description_localized(Locale::DE, "Antwortet")
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .contexts([InteractionContextType::GUILD])
        .option("who", "Who", user());
    let plain = command("ping", "Answers");
    assert_eq!(
        edit(full.definition(), plain.definition()),
        json!({
            "type": 1, "name": "ping", "name_localizations": null, "description": "Answers",
            "description_localizations": null, "options": [], "default_member_permissions": null, "nsfw": false,
            "contexts": [0, 1, 2],
        })
    );
    let louder = command("ping", "Answers loudly");
    assert_eq!(
        edit(plain.definition(), louder.definition()),
        json!({"type": 1, "name": "ping", "description": "Answers loudly", "nsfw": false})
    );
    // A list of all commands resets what it leaves out.
    let new = [plain.definition().clone()];
    let overwrite = plan(Scope::Global, &[registered(7, full.definition())], &new, &SyncRules::default());
    for definition in overwrite.bulk_overwrite().unwrap() {
        assert_eq!(nothings(&body(definition), ""), Vec::<String>::new());
    }
}

/// The paths of nulls, empty lists and empty maps.
fn nothings(value: &Value, path: &str) -> Vec<String> {
    match value {
        Value::Null => vec![path.to_owned()],
        Value::Array(list) if list.is_empty() => vec![path.to_owned()],
        Value::Object(map) if map.is_empty() => vec![path.to_owned()],
        Value::Array(list) => list.iter().flat_map(|value| nothings(value, path)).collect(),
        Value::Object(map) => {
            map.iter().flat_map(|(name, value)| nothings(value, &format!("{path}.{name}"))).collect()
        }
        _ => Vec::new(),
    }
}

#[derive(Clone)]
struct Port;

impl OneOf for Port {
    const ALL: &'static [(&'static str, Self)] = &[("Kiel", Port)];
}

#[test]
fn no_body_has_a_null_or_an_empty_list_or_map() {
    let admin: CommandBuilder<Group<Node>, ()> = group("admin", "Moderation");
    let role: CommandBuilder<Group<Node>, ()> = group("role", "Roles");
    let all = [
        command("ping", "Answers").definition().clone(),
        command("tide", "Tide")
            .option("a", "x", string())
            .option("b", "x", integer(..))
            .option("c", "x", number(..))
            .option("d", "x", choices([("metres", "m")]))
            .option("e", "x", channel())
            .option("f", "x", attachment())
            .option("g", "x", boolean())
            .option("h", "x", one_of::<Port>())
            .definition()
            .clone(),
        admin.add(role.add(command("give", "Gives"))).add(command("ban", "Bans")).definition().clone(),
        message_command::<()>("Bookmark").definition().clone(),
    ];
    for definition in all {
        for definition in [definition.clone(), definition.for_guild()] {
            assert_eq!(nothings(&body(&definition), ""), Vec::<String>::new(), "{definition:?}");
        }
    }
    let localized = Choice::new("Kiel", "k").name_localized(Locale::DE, " ");
    let suggested = serde_json::to_value(autocomplete_choices([localized])).unwrap();
    assert_eq!(suggested, json!([{"name": "Kiel", "value": "k"}]));
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
