//! Which differences are changes.

use serde_json::{Value, json};

use super::{command, message_command, registered};
use crate::command::{
    Choice, CommandDefinition, PlanStep, Scope, SyncRules, attachment, channel, choices, integer, number,
    plan, string, user,
};
use crate::id::GuildId;
use crate::model::{
    ApplicationIntegrationType, ChannelType, Command, InteractionContextType, Locale, Permissions,
};

const GUILD: Scope = Scope::Guild(GuildId::new(4));

/// The changes that the plan makes to an existing command.
#[track_caller]
fn changes(scope: Scope, old: &Command, new: &CommandDefinition, rules: &SyncRules) -> Vec<String> {
    let plan = plan(scope, std::slice::from_ref(old), std::slice::from_ref(new), rules);
    match plan.steps.as_slice() {
        [] => {
            assert_eq!(plan.unchanged, 1);
            Vec::new()
        }
        [PlanStep::Edit { id, changes, .. }] => {
            assert_eq!(*id, old.id);
            changes.clone()
        }
        steps => panic!("{steps:?}"),
    }
}

fn full() -> CommandDefinition {
    command("tide", "Tide times")
        .default_member_permissions(Permissions::MANAGE_GUILD)
        .contexts([InteractionContextType::GUILD])
        .name_localized(Locale::DE, "gezeiten")
        .description_localized(Locale::DE, "Wann")
        .option("port", "Port", string().min_length(2).max_length(60).name_localized(Locale::DE, "hafen"))
        .option("days", "Days", integer(1..=14))
        .option("unit", "Unit", choices([("metres", 1.0), ("feet", 0.5)]).optional())
        .option(
            "where",
            "Channel",
            channel().channel_types([ChannelType::GUILD_TEXT, ChannelType::GUILD_VOICE]).optional(),
        )
        .option("chart", "Chart", attachment().file_types(["image"]).optional())
        .definition()
        .clone()
}

#[test]
fn a_command_that_is_returned_as_declared_is_unchanged() {
    for definition in [
        full(),
        command("ping", "x").definition().clone(),
        message_command::<()>("Keep").definition().clone(),
    ] {
        let old = registered(1, &definition);
        assert!(changes(Scope::Global, &old, &definition, &SyncRules::default()).is_empty());
        let old = registered(1, &definition.clone().for_guild());
        assert!(changes(GUILD, &old, &definition, &SyncRules::default()).is_empty());
    }
}

#[test]
fn other_spellings_of_the_same_command_are_no_change() {
    let definition = full();
    let mut body = serde_json::to_value(registered(1, &definition)).unwrap();
    body["options"][2]["choices"] =
        json!([{"name": "metres", "value": 1, "name_localizations": null}, {"name": "feet", "value": 0.5}]);
    body["options"][3]["channel_types"] = json!([2, 0]);
    body["options"][4]["autocomplete"] = json!(false);
    body["options"][4]["choices"] = Value::Null;
    body["options"][4]["description_localizations"] = json!({});
    body["default_permission"] = json!(true);
    body["handler"] = Value::Null;
    body["tomorrow"] = json!({"new": 1});
    let old = serde_json::from_value(body).unwrap();
    assert!(changes(Scope::Global, &old, &definition, &SyncRules::default()).is_empty());

    let upper_case =
        command("a", "x").option("b", "x", attachment().file_types([".PDF", "image"])).definition().clone();
    let mut body = serde_json::to_value(registered(1, &upper_case)).unwrap();
    body["options"][0]["file_types"] = json!(["image", ".pdf"]);
    assert!(
        changes(Scope::Global, &serde_json::from_value(body).unwrap(), &upper_case, &SyncRules::default())
            .is_empty()
    );

    let default_limits =
        command("a", "x").option("b", "x", string().min_length(0).max_length(6000)).definition().clone();
    let plain = command("a", "x").option("b", "x", string()).definition().clone();
    assert!(
        changes(Scope::Global, &registered(1, &plain), &default_limits, &SyncRules::default()).is_empty()
    );
}

#[test]
fn every_change_is_found_and_named() {
    type Change = fn(&mut CommandDefinition);
    let rows: [(Change, &[&str]); 27] = [
        (|c| c.description = "Times".to_owned(), &["description"]),
        (|c| c.name_localizations.clear(), &["name_localizations"]),
        (|c| drop(c.name_localizations.insert(Locale::FR, "marée".to_owned())), &["name_localizations"]),
        (
            |c| drop(c.description_localizations.insert(Locale::DE, "Wo".to_owned())),
            &["description_localizations"],
        ),
        (|c| c.default_member_permissions = None, &["default_member_permissions"]),
        (|c| c.default_member_permissions = Some(Permissions::default()), &["default_member_permissions"]),
        (|c| c.nsfw = true, &["nsfw"]),
        (|c| c.contexts = None, &["contexts"]),
        (|c| c.contexts = Some(vec![InteractionContextType::BOT_DM]), &["contexts"]),
        (
            |c| c.integration_types = Some(vec![ApplicationIntegrationType::USER_INSTALL]),
            &["integration_types"],
        ),
        (|c| c.options.truncate(4), &["chart removed"]),
        (|c| c.options.swap(0, 1), &["order"]),
        (|c| c.options[0].name = "harbour".to_owned(), &["port removed", "harbour added"]),
        (|c| c.options[0].description = "Harbour".to_owned(), &["port: description"]),
        (|c| c.options[0].name_localizations = None, &["port: name_localizations"]),
        (|c| c.options[0].required = false, &["port: required"]),
        (|c| c.options[0].autocomplete = true, &["port: autocomplete"]),
        (|c| c.options[0].min_length = None, &["port: min_length"]),
        (|c| c.options[0].max_length = Some(61), &["port: max_length"]),
        (|c| c.options[1].min_value = None, &["days: min_value"]),
        (|c| c.options[1].max_value = Some(crate::model::OptionValue::Integer(15)), &["days: max_value"]),
        (|c| c.options[2].choices.swap(0, 1), &["unit: choices"]),
        (|c| c.options[2].choices[0].name = "m".to_owned(), &["unit: choices"]),
        (|c| c.options[2].choices[0].value = crate::model::OptionValue::Number(2.0), &["unit: choices"]),
        (|c| c.options[3].channel_types = vec![ChannelType::GUILD_TEXT].into(), &["where: channel_types"]),
        (|c| c.options[4].file_types = vec!["video".to_owned()].into(), &["chart: file_types"]),
        (
            |c| {
                c.options[1] =
                    command("x", "x").option("days", "Days", number(1.0..=14.0)).definition().options[0]
                        .clone();
            },
            &["days: type"],
        ),
    ];
    let old = registered(1, &full());
    for (change, expected) in rows {
        let mut new = full();
        change(&mut new);
        assert_eq!(changes(Scope::Global, &old, &new, &SyncRules::default()), expected);
    }
}

#[test]
fn localized_names_of_choices_are_compared() {
    let old = command("a", "x").option("b", "x", choices([("One", 1)])).definition().clone();
    let new = command("a", "x").option(
        "b",
        "x",
        choices([Choice::new("One", 1).name_localized(Locale::DE, "Eins")]),
    );
    assert_eq!(
        changes(Scope::Global, &registered(1, &old), new.definition(), &SyncRules::default()),
        ["b: choices"]
    );
}

#[test]
fn a_localization_equal_to_the_text_is_no_change() {
    let declare = |locale: Locale, name: &str, description: &str, choice: &str| {
        let option = choices([Choice::new("One", 1).name_localized(locale.clone(), choice)]);
        let option =
            option.name_localized(locale.clone(), name).description_localized(locale.clone(), description);
        let builder = command("roll", "Rolls")
            .name_localized(locale.clone(), name)
            .description_localized(locale, description);
        builder.option("roll", "Rolls", option).definition().clone()
    };
    let plain = command("roll", "Rolls").option("roll", "Rolls", choices([("One", 1)])).definition().clone();
    let same = declare(Locale::EN_US, "roll", "Rolls", "One");
    let compare = |old: &CommandDefinition, new: &CommandDefinition| {
        changes(Scope::Global, &registered(1, old), new, &SyncRules::default())
    };
    assert_eq!(compare(&plain, &same), [""; 0]);
    assert_eq!(compare(&same, &plain), [""; 0]);
    let other = declare(Locale::DE, "wirf", "Wirft", "Eins");
    let all = ["name_localizations", "description_localizations"];
    let all =
        [all[0], all[1], "roll: name_localizations", "roll: description_localizations", "roll: choices"];
    assert_eq!(compare(&same, &other), all);
    assert_eq!(compare(&other, &same), all);
}

#[test]
fn changes_in_a_group_are_named_by_their_path() {
    let old: Value = json!({
        "id": "1", "application_id": "7", "version": "9", "type": 1, "name": "admin", "description": "x",
        "options": [{"type": 2, "name": "role", "description": "x", "options": [
            {"type": 1, "name": "give", "description": "x", "required": false, "options": [
                {"type": 6, "name": "who", "description": "x", "required": true},
            ]},
        ]}],
    });
    let old: Command = serde_json::from_value(old).unwrap();
    let mut new = command("admin", "x").definition().clone();
    new.options.clone_from(&old.options.clone().into_vec());
    assert!(changes(Scope::Global, &old, &new, &SyncRules::default()).is_empty());
    new.options[0].options[0].options[0].description = "y".to_owned();
    assert_eq!(changes(Scope::Global, &old, &new, &SyncRules::default()), ["role: give: who: description"]);
}

#[test]
fn contexts_and_integration_types_are_not_compared_in_a_guild() {
    let old = registered(1, &full().for_guild());
    let mut new = full();
    new.contexts = Some(vec![InteractionContextType::BOT_DM]);
    new.integration_types = Some(vec![ApplicationIntegrationType::USER_INSTALL]);
    assert!(changes(GUILD, &old, &new, &SyncRules::default()).is_empty());
}

#[test]
fn no_contexts_means_all_contexts() {
    let new = command("ping", "x").definition().clone();
    for (contexts, dm_permission, integration_types, same) in [
        (json!(null), json!(true), json!([0]), true),
        (json!(null), json!(null), json!([0]), true),
        (json!([0, 1, 2]), json!(true), json!([0]), true),
        (json!([1, 0]), json!(true), json!([0]), true),
        (json!([0]), json!(false), json!([0]), false),
        (json!(null), json!(false), json!([0]), false),
        (json!(null), json!(true), json!([0, 1]), true),
        (json!([0, 1, 2]), json!(true), json!([0, 1]), true),
        (json!([0, 1]), json!(true), json!([0, 1]), false),
        (json!([0, 1]), json!(true), json!([1]), false),
    ] {
        let mut body = serde_json::to_value(registered(1, &new)).unwrap();
        body["contexts"] = contexts.clone();
        body["dm_permission"] = dm_permission.clone();
        body["integration_types"] = integration_types.clone();
        let old: Command = serde_json::from_value(body).unwrap();
        let plan = plan(Scope::Global, &[old], std::slice::from_ref(&new), &SyncRules::default());
        let steps: Vec<_> =
            plan.steps.iter().map(|step| serde_json::to_value(edited(step)).unwrap()).collect();
        let contexts_of = |step: &Value| step["contexts"].clone();
        let expected = if same { vec![] } else { vec![json!([0, 1, 2])] };
        assert_eq!(
            steps.iter().map(contexts_of).collect::<Vec<_>>(),
            expected,
            "{contexts} {dm_permission} {integration_types}"
        );
    }
}

fn edited(step: &PlanStep) -> &CommandDefinition {
    let PlanStep::Edit { command, changes, .. } = step else { panic!("{step}") };
    assert_eq!(changes, &["contexts"]);
    command
}

#[test]
fn integration_types_are_reset_if_the_default_is_known() {
    let new = command("ping", "x").definition().clone();
    let declared = command("ping", "x").integration_types([ApplicationIntegrationType::USER_INSTALL]);
    let old = registered(1, declared.definition());
    assert!(changes(Scope::Global, &old, &new, &SyncRules::default()).is_empty());
    let rules = SyncRules {
        default_integration_types: Some(vec![ApplicationIntegrationType::GUILD_INSTALL]),
        ..SyncRules::default()
    };
    assert_eq!(changes(Scope::Global, &old, &new, &rules), ["integration_types"]);
    let plan = plan(Scope::Global, &[old], &[new], &rules);
    let PlanStep::Edit { command, .. } = &plan.steps[0] else { panic!("{plan}") };
    assert_eq!(command.integration_types.as_deref(), Some(&[ApplicationIntegrationType::GUILD_INSTALL][..]));
}

#[test]
fn an_unreadable_option_is_a_change() {
    let new = command("ping", "x").option("who", "x", user()).definition().clone();
    let body = serde_json::to_string(&json!({
        "id": "1", "application_id": "7", "version": "9", "name": "ping", "description": "x",
        "options": [{"type": 6, "name": "who", "description": "x", "required": true}, "unreadable"],
    }));
    let old: Command = crate::json::read(&body.unwrap()).unwrap();
    assert_eq!(changes(Scope::Global, &old, &new, &SyncRules::default()), ["options"]);
}
