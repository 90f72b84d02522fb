//! Which steps a plan has, in which order, and which commands are kept.

use serde_json::json;

use super::{command, message_command, registered, user_command};
use crate::command::{CommandDefinition, Plan, PlanStep, Scope, SyncRules, WithheldReason, plan};
use crate::id::GuildId;
use crate::model::Command;

fn declared(name: &str) -> CommandDefinition {
    command(name, "x").definition().clone()
}

fn existing(id: u64, name: &str) -> Command {
    registered(id, &declared(name))
}

fn entry_point() -> Command {
    let body = json!({
        "id": "99", "application_id": "7", "version": "9", "type": 4, "name": "launch",
        "name_localizations": {"de": "start"}, "description": "Sails", "handler": 2, "integration_types": [0, 1],
        "contexts": [0, 2],
    });
    serde_json::from_value(body).unwrap()
}

fn global(existing: &[Command], declared: &[CommandDefinition], rules: &SyncRules) -> Plan {
    plan(Scope::Global, existing, declared, rules)
}

/// The plan without its first line.
fn steps(plan: &Plan) -> Vec<String> {
    plan.to_string().lines().skip(1).map(str::to_owned).collect()
}

fn many(range: std::ops::Range<usize>) -> Vec<CommandDefinition> {
    range.map(|n| declared(&format!("c{n}"))).collect()
}

fn all_registered(definitions: &[CommandDefinition]) -> Vec<Command> {
    (1..).zip(definitions).map(|(id, definition)| registered(id, definition)).collect()
}

#[test]
fn a_plan_is_readable() {
    let old = [
        existing(1, "ban"),
        existing(2, "old"),
        existing(3, "ping"),
        registered(4, user_command::<()>("Wave").definition()),
    ];
    let mut ban = declared("ban");
    ban.description = "Bans".to_owned();
    ban.nsfw = true;
    let new =
        [declared("roll"), ban, declared("ping"), message_command::<()>("Keep this").definition().clone()];
    let plan = global(&old, &new, &SyncRules::default());
    assert_eq!(
        plan.to_string(),
        "commands of all guilds: 1 unchanged\n\
         ~ /ban: description, nsfw\n\
         + /roll\n\
         - /old\n\
         - user command \"Wave\"\n\
         + message command \"Keep this\""
    );
    assert_eq!((plan.create_count(), plan.unchanged, plan.foreign), (2, 1, 0));
    assert_eq!(plan.bulk_overwrite().unwrap().len(), 4);
}

#[test]
fn without_changes_there_are_no_steps() {
    let new = many(0..3);
    let plan = global(&all_registered(&new), &new, &SyncRules::default());
    assert!(plan.is_empty() && plan.bulk_overwrite().is_none());
    assert_eq!(plan.to_string(), "commands of all guilds: 3 unchanged");
}

#[test]
fn a_bot_that_declares_no_commands_changes_none() {
    for scope in [Scope::Global, Scope::Guild(GuildId::new(4))] {
        let plan = plan(scope, &[existing(1, "a"), entry_point()], &[], &SyncRules::default());
        assert!(plan.is_empty() && plan.bulk_overwrite().is_none());
        assert_eq!(plan.foreign, 2);
    }
}

#[test]
fn foreign_commands_are_kept_on_request() {
    let rules = SyncRules { keep_foreign: true, ..SyncRules::default() };
    let plan = global(&[existing(1, "theirs")], &[declared("ours")], &rules);
    assert_eq!(plan.to_string(), "commands of all guilds: 0 unchanged, 1 kept\n+ /ours");
    assert!(plan.bulk_overwrite().is_none(), "a bulk overwrite would delete it");
}

#[test]
fn an_entry_point_is_never_deleted() {
    let plan = global(&[entry_point(), existing(1, "old")], &[declared("new")], &SyncRules::default());
    assert_eq!(steps(&plan), ["+ /new", "- /old"]);
    assert_eq!(plan.foreign, 1);
}

#[test]
fn a_bulk_overwrite_contains_the_entry_point_unchanged() {
    let plan = global(&[entry_point(), existing(1, "old")], &[declared("new")], &SyncRules::default());
    let [new, entry] = plan.bulk_overwrite().unwrap() else { panic!("{plan}") };
    assert!(new.name == "new" && !new.is_entry_point() && entry.is_entry_point());
    assert_eq!(
        serde_json::to_value(entry).unwrap(),
        json!({
            "id": "99", "type": 4, "name": "launch", "name_localizations": {"de": "start"}, "description": "Sails",
            "handler": 2, "nsfw": false,
            "integration_types": [0, 1], "contexts": [0, 2],
        })
    );
    let mut unknown = entry_point();
    unknown.kind = crate::model::CommandType(5);
    let plan = global(&[unknown, existing(1, "old")], &[declared("new")], &SyncRules::default());
    assert!(plan.bulk_overwrite().is_none(), "a command of an unknown type cannot be sent back");
}

#[test]
fn commands_that_this_library_cannot_have_created_are_not_deleted() {
    let mut tomorrow = existing(1, "tomorrow");
    tomorrow.kind = crate::model::CommandType(5);
    let unknown = json!({
        "id": "2", "application_id": "7", "version": "9", "name": "unknown", "description": "x",
        "options": [{"type": 1, "name": "a", "description": "x", "options": [{"type": 77, "name": "b", "description": "x"}]}],
    });
    let unknown = serde_json::from_value(unknown).unwrap();
    let plan = global(&[tomorrow, unknown], &[declared("new")], &SyncRules::default());
    assert_eq!(steps(&plan), ["+ /new"]);
    assert_eq!(plan.foreign, 2);
}

#[test]
fn the_same_name_with_another_type_is_another_command() {
    let wave = user_command::<()>("wave").definition().clone();
    let plan = global(&[existing(1, "wave")], &[wave], &SyncRules::default());
    assert_eq!(steps(&plan), ["- /wave", "+ user command \"wave\""]);
}

#[test]
fn commands_are_created_before_others_are_deleted_while_there_is_room() {
    let plan = global(&all_registered(&many(0..60)), &many(40..98), &SyncRules::default());
    assert_eq!(plan.unchanged, 20);
    assert!(plan.steps[..38].iter().all(|step| matches!(step, PlanStep::Create(_))));
    assert!(plan.steps[38..].iter().all(|step| matches!(step, PlanStep::Delete { .. })));
    assert_eq!(plan.steps.len(), 78);
}

/// Applies a plan and asserts that the number of commands never exceeds the maximum.
#[track_caller]
fn apply(plan: &Plan, before: usize, max: usize) -> usize {
    plan.steps.iter().fold(before, |count, step| {
        let count = match step {
            PlanStep::Create(_) => count + 1,
            PlanStep::Delete { .. } => count - 1,
            PlanStep::Edit { .. } => count,
        };
        assert!(count <= max, "{plan}");
        count
    })
}

#[test]
fn at_the_maximum_commands_are_deleted_first() {
    let plan = global(&all_registered(&many(0..100)), &many(50..150), &SyncRules::default());
    assert_eq!(apply(&plan, 100, 100), 100);
    assert_eq!(plan.create_count(), 50);
    let plan = global(&all_registered(&many(0..98)), &many(95..195), &SyncRules::default());
    assert_eq!(apply(&plan, 98, 100), 100);
    assert!(matches!(plan.steps[..3], [PlanStep::Create(_), PlanStep::Create(_), PlanStep::Delete { .. }]));
    let user_commands = |range: std::ops::Range<usize>| -> Vec<_> {
        range.map(|n| user_command::<()>(&format!("m{n}")).definition().clone()).collect()
    };
    let plan = global(&all_registered(&user_commands(0..15)), &user_commands(5..20), &SyncRules::default());
    assert_eq!(apply(&plan, 15, 15), 15);
}

#[test]
fn foreign_commands_are_kept_even_if_there_is_no_room() {
    let rules = SyncRules { keep_foreign: true, ..SyncRules::default() };
    let plan = global(&all_registered(&many(0..99)), &[declared("a"), declared("b")], &rules);
    assert_eq!(
        steps(&plan),
        ["+ /a", "! /b: the maximum number of commands is reached, by commands that are not declared here"]
    );
    assert_eq!(plan.withheld[0].reason, WithheldReason::NoRoom);
}

#[test]
fn the_daily_limit_of_new_commands_is_kept() {
    let rules = SyncRules { creates_left: 1, ..SyncRules::default() };
    let plan = global(&[existing(1, "old")], &[declared("a"), declared("b")], &rules);
    assert_eq!(
        steps(&plan),
        ["+ /a", "- /old", "! /b: the daily limit of new commands is reached; it can be created tomorrow"]
    );
    assert!(plan.bulk_overwrite().is_none());
    let no_creates = SyncRules { creates_left: 0, ..SyncRules::default() };
    let plan = global(&all_registered(&many(0..100)), &many(50..150), &no_creates);
    assert_eq!((plan.create_count(), plan.withheld.len()), (0, 50));
}

#[test]
fn the_plan_of_a_guild_names_the_guild() {
    let plan = plan(Scope::Guild(GuildId::new(4)), &[], &[declared("a")], &SyncRules::default());
    assert_eq!(plan.to_string(), "commands of guild 4: 0 unchanged\n+ /a");
    let PlanStep::Create(command) = &plan.steps[0] else { panic!("{plan}") };
    assert!(serde_json::to_value(command).unwrap().get("contexts").is_none());
}
