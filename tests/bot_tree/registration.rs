//! The bot registers its commands at the start, and sends only changes.

use serde_json::json;
use syncord::Bot;
use syncord::id::GuildId;
use syncord::model::{
    ApplicationIntegrationType, CommandType, EntryPointHandlerType, IntegrationTypeConfig,
    InteractionContextType, Locale, Permissions,
};
use syncord::rest::{CreateApplicationCommand, EditApplication};
use syncord::tree::{
    Choice, Tree, attachment, choices, command, group, integer, message_command, string, user_command,
};

use crate::log_capture;
use crate::scene::{Scene, names};

/// Starts and stops a bot with these commands. Returns its requests for commands.
fn start<'a>(scene: &Scene, declare: impl FnOnce(&mut Bot<'a>)) -> Vec<String> {
    let before = scene.command_requests().len();
    let mut bot = scene.bot();
    // A bot without commands needs a handler to start.
    bot.on_ready(|_, _| Ok(()));
    declare(&mut bot);
    scene.start_and_stop(bot);
    scene.command_requests().split_off(before)
}

fn two_commands(bot: &mut Bot<'_>) {
    bot.command(
        command("roll", "Rolls dice")
            .option("sides", "Faces of a die", integer(2..=1000))
            .option("how", "How", choices(["high", "low"]).optional())
            .default_member_permissions(Permissions::SEND_MESSAGES)
            .contexts([InteractionContextType::GUILD])
            .description_localized(Locale::DE, "Würfelt")
            .run(|_, _, _| Ok(())),
    )
    .command(user_command("Wave").run(|_, _| Ok(())));
}

#[test]
fn a_restart_without_changes_sends_one_request() {
    let scene = Scene::new();
    assert_eq!(start(&scene, two_commands), ["GET 200", "PUT 200"]);
    assert_eq!(scene.command_names(), ["Wave", "roll"]);
    let before = scene.discord.commands(None);
    assert_eq!(start(&scene, two_commands), ["GET 200"]);
    assert_eq!(scene.discord.commands(None), before, "the versions are unchanged too");
}

#[test]
fn a_bot_that_declares_no_commands_changes_none() {
    let scene = Scene::new();
    start(&scene, two_commands);
    assert_eq!(start(&scene, |_| ()), [""; 0]);
    assert_eq!(scene.command_names(), ["Wave", "roll"]);
}

#[test]
fn each_kind_of_change_is_sent_once() {
    type Declare = fn(&mut Bot<'static>);
    let plain: Declare = |bot| {
        bot.command(command("roll", "Rolls").option("sides", "Faces", integer(2..=6)).run(|_, _| Ok(())));
    };
    let changes: [(&str, Declare); 12] = [
        ("description", |bot| {
            bot.command(
                command("roll", "Rolls dice").option("sides", "Faces", integer(2..=6)).run(|_, _| Ok(())),
            );
        }),
        ("sides: max_value", |bot| {
            bot.command(command("roll", "Rolls").option("sides", "Faces", integer(2..=8)).run(|_, _| Ok(())));
        }),
        ("sides: min_value", |bot| {
            bot.command(command("roll", "Rolls").option("sides", "Faces", integer(..=6)).run(|_, _| Ok(())));
        }),
        ("sides: description", |bot| {
            bot.command(command("roll", "Rolls").option("sides", "Sides", integer(2..=6)).run(|_, _| Ok(())));
        }),
        ("sides: required", |bot| {
            bot.command(
                command("roll", "Rolls")
                    .option("sides", "Faces", integer(2..=6).optional())
                    .run(|_, _| Ok(())),
            );
        }),
        ("sides: autocomplete", |bot| {
            bot.command(
                command("roll", "Rolls")
                    .option("sides", "Faces", integer(2..=6).autocomplete(|_, _| [4]))
                    .run(|_, _| Ok(())),
            );
        }),
        ("sides: type, sides: min_value, sides: max_value", |bot| {
            bot.command(command("roll", "Rolls").option("sides", "Faces", string()).run(|_, _| Ok(())));
        }),
        ("sides: choices, sides: min_value, sides: max_value", |bot| {
            bot.command(
                command("roll", "Rolls").option("sides", "Faces", choices([4, 6])).run(|_, _| Ok(())),
            );
        }),
        ("sides removed", |bot| {
            bot.command(command("roll", "Rolls").run(|_| Ok(())));
        }),
        ("default_member_permissions", |bot| {
            bot.command(
                command("roll", "Rolls")
                    .option("sides", "Faces", integer(2..=6))
                    .default_member_permissions(Permissions::BAN_MEMBERS)
                    .run(|_, _| Ok(())),
            );
        }),
        ("nsfw", |bot| {
            bot.command(
                command("roll", "Rolls").option("sides", "Faces", integer(2..=6)).nsfw().run(|_, _| Ok(())),
            );
        }),
        ("name_localizations", |bot| {
            bot.command(
                command("roll", "Rolls")
                    .option("sides", "Faces", integer(2..=6))
                    .name_localized(Locale::DE, "wurf")
                    .run(|_, _| Ok(())),
            );
        }),
    ];
    let scene = Scene::new();
    start(&scene, plain);
    let id = scene.discord.commands(None)[0]["id"].clone();
    for (expected, declare) in changes {
        let mut planned = scene.bot();
        declare(&mut planned);
        let plan = planned.plan_commands().unwrap();
        let sorted = |text: &str| {
            let mut parts: Vec<_> = text.split(", ").map(str::to_owned).collect();
            parts.sort();
            parts
        };
        let plan = plan.to_string();
        let (_, changes) = plan.split_once("~ /roll: ").unwrap_or_else(|| panic!("{expected}: {plan}"));
        assert_eq!(sorted(changes), sorted(expected));
        assert_eq!(start(&scene, declare), ["GET 200", "PATCH 200"], "{expected}");
        assert_eq!(scene.discord.commands(None)[0]["id"], id, "{expected}");
        assert_eq!(start(&scene, declare), ["GET 200"], "{expected}");
        start(&scene, plain);
    }
}

#[test]
fn commands_that_are_no_longer_declared_are_deleted_unless_kept() {
    let scene = Scene::new();
    start(&scene, two_commands);
    let one = |bot: &mut Bot<'static>| {
        bot.command(user_command("Wave").run(|_, _| Ok(())));
    };
    let kept = start(&scene, |bot| {
        one(bot);
        bot.keep_foreign_commands();
    });
    assert_eq!(kept, ["GET 200"]);
    assert_eq!(scene.command_names(), ["Wave", "roll"]);
    assert_eq!(start(&scene, one), ["GET 200", "DELETE 204"]);
    assert_eq!(scene.command_names(), ["Wave"]);
}

#[test]
fn with_a_test_guild_commands_are_registered_only_there() {
    let scene = Scene::new();
    let guild = scene.discord.guild_id();
    let declare = |bot: &mut Bot<'static>| {
        two_commands(bot);
        bot.test_guild(guild);
    };
    assert_eq!(start(&scene, declare), ["GET 200", "PUT 200"]);
    assert_eq!(names(&scene.discord.commands(Some(guild))), ["Wave", "roll"]);
    assert_eq!(scene.command_names(), [""; 0]);
    assert_eq!(start(&scene, declare), ["GET 200"], "a guild's command has no contexts to compare");

    start(&scene, two_commands);
    scene.bot().clear_guild_commands(guild).unwrap();
    assert_eq!(scene.discord.commands(Some(guild)).len(), 0);
    assert_eq!(scene.command_names(), ["Wave", "roll"], "the global commands are kept");
}

#[test]
fn other_spellings_of_the_same_command_are_no_change_at_a_restart() {
    let scene = Scene::new();
    let declare = |bot: &mut Bot<'static>| {
        bot.command(
            command("paint", "Paints")
                .name_localized(Locale::EN_US, "paint")
                .description_localized(Locale::EN_GB, "Paints")
                .option(
                    "colour",
                    "Which",
                    choices([Choice::new("red", "r").name_localized(Locale::EN_US, "red")]),
                )
                .option(
                    "on",
                    "On what",
                    attachment().file_types([".PNG"]).name_localized(Locale::FR, "on").optional(),
                )
                .run(|_, _, _| Ok(())),
        );
    };
    assert_eq!(start(&scene, declare), ["GET 200", "POST 201"]);
    assert_eq!(scene.discord.commands(None)[0]["contexts"], json!([0, 1, 2]));
    assert_eq!(start(&scene, declare), ["GET 200"]);
}

#[test]
fn contexts_and_integration_types_are_reset_once() {
    let scene = Scene::new();
    let (rest, _) = scene.rest();
    let both = [ApplicationIntegrationType::GUILD_INSTALL, ApplicationIntegrationType::USER_INSTALL];
    let config = both.map(|kind| (kind, IntegrationTypeConfig::default()));
    rest.edit_current_application(&EditApplication::new().integration_types_config(config.into())).unwrap();
    let ping = || command("ping", "x");
    let restricted = move |bot: &mut Bot<'static>| {
        let contexts = [InteractionContextType::GUILD, InteractionContextType::BOT_DM];
        let types = [ApplicationIntegrationType::USER_INSTALL];
        bot.command(ping().contexts(contexts).integration_types(types).run(|_| Ok(())));
    };
    let unrestricted = move |bot: &mut Bot<'static>| {
        bot.command(ping().run(|_| Ok(())));
    };
    let registered = |field: &str| scene.discord.commands(None)[0][field].clone();
    assert_eq!(start(&scene, restricted), ["GET 200", "POST 201"]);
    assert_eq!((registered("contexts"), registered("integration_types")), (json!([0, 1]), json!([1])));
    assert_eq!(start(&scene, unrestricted), ["GET 200", "PATCH 200"]);
    assert_eq!((registered("contexts"), registered("integration_types")), (json!([0, 1, 2]), json!([0, 1])));
    assert_eq!(start(&scene, unrestricted), ["GET 200"]);
}

#[test]
fn commands_of_a_test_guild_are_created_edited_and_deleted_there() {
    let scene = Scene::new();
    let guild = scene.discord.guild_id();
    let declare = |names: &'static [(&'static str, &'static str)]| {
        move |bot: &mut Bot<'static>| {
            for (name, description) in names {
                bot.command(command(name, description).run(|_| Ok(())));
            }
            bot.test_guild(guild);
        }
    };
    let registered = || names(&scene.discord.commands(Some(guild)));
    assert_eq!(start(&scene, declare(&[("a", "x")])), ["GET 200", "POST 201"]);
    assert_eq!(start(&scene, declare(&[("a", "y")])), ["GET 200", "PATCH 200"]);
    assert_eq!(scene.discord.commands(Some(guild))[0]["description"], "y");
    assert_eq!(start(&scene, declare(&[("a", "y"), ("b", "x")])), ["GET 200", "POST 201"]);
    assert_eq!(start(&scene, declare(&[("b", "x")])), ["GET 200", "DELETE 204"]);
    assert_eq!(registered(), ["b"]);
    let requests = scene.discord.requests();
    let global = format!("/applications/{}/commands", scene.discord.bot_id());
    assert!(!requests.iter().any(|request| request.path.contains(&global)), "{requests:?}");
}

#[test]
fn a_test_guild_without_the_bot_is_an_error_with_advice() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ping", "x").run(|_| Ok(()))).test_guild(GuildId::new(5));
    let error = bot.run().unwrap_err().to_string();
    assert!(
        error.contains("the commands cannot be registered") && error.contains("applications.commands"),
        "{error}"
    );
}

/// A tree of a hundred commands.
fn hundred(first: usize) -> Tree<'static> {
    (first..first + 100).fold(Tree::new("many"), |tree, n| {
        let name = format!("command-{n}");
        tree.add(command(&name, "One of many").run(move |cx| cx.reply(format!("this is {n}"))))
    })
}

#[test]
fn a_tree_of_100_commands_can_be_changed_at_the_maximum() {
    let scene = Scene::new();
    let mount = |first| {
        move |bot: &mut Bot<'static>| {
            bot.mount(hundred(first));
        }
    };
    assert_eq!(start(&scene, mount(0)), ["GET 200", "PUT 200"]);
    assert_eq!(scene.discord.commands(None).len(), 100);
    assert_eq!(start(&scene, mount(0)), ["GET 200"]);

    // One command is replaced. It can be created only after another is deleted.
    let kept = start(&scene, |bot| {
        bot.mount(hundred(1)).keep_foreign_commands();
    });
    assert_eq!(kept, ["GET 200"], "the maximum is reached");
    assert_eq!(start(&scene, mount(1)).len(), 2);
    let names = scene.command_names();
    assert!(names.contains(&"command-100".to_owned()) && !names.contains(&"command-0".to_owned()));

    let mut bot = scene.bot();
    bot.mount(hundred(1));
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/command-57")?, "this is 57");
        Ok(())
    });

    let mut too_many = scene.bot();
    too_many.mount(hundred(0)).command(command("one-more", "x").run(|_| Ok(())));
    let error = too_many.plan_commands().unwrap_err().to_string();
    assert_eq!(error, "there are 101 slash commands; the maximum is 100");
}

#[test]
fn a_bulk_overwrite_leaves_an_entry_point_unchanged() {
    let scene = Scene::new();
    let (rest, application) = scene.rest();
    let launch = CreateApplicationCommand::new("launch").kind(CommandType::PRIMARY_ENTRY_POINT);
    let launch = launch.handler(EntryPointHandlerType::DISCORD_LAUNCH_ACTIVITY).description("Sails");
    rest.create_global_application_command(application, &launch).unwrap();
    let before = scene.discord.commands(None);
    let launch = || scene.discord.commands(None).into_iter().find(|one| one["name"] == "launch");

    assert_eq!(start(&scene, two_commands), ["GET 200", "PUT 200"]);
    assert_eq!(scene.command_names(), ["Wave", "launch", "roll"]);
    assert_eq!(launch().as_ref(), before.first());
    assert_eq!(start(&scene, two_commands), ["GET 200"]);
    let one = |bot: &mut Bot<'static>| {
        bot.command(user_command("Wave").run(|_, _| Ok(())));
    };
    assert_eq!(start(&scene, one), ["GET 200", "DELETE 204"]);
    assert_eq!(launch().as_ref(), before.first());
}

#[test]
fn at_the_daily_limit_the_bot_runs_and_the_other_changes_are_made() {
    log_capture::listen();
    let scene = Scene::new();
    for first in [0, 100] {
        start(&scene, |bot| {
            bot.mount(hundred(first));
        });
    }
    let requests = start(&scene, |bot| {
        for fresh in ["fresh", "fresher"] {
            bot.command(command(fresh, "x").run(|cx| cx.reply("fresh")));
        }
        bot.command(command("command-100", "Changed").run(|_| Ok(())));
    });
    assert_eq!(requests[..3], ["GET 200", "PUT 400", "PATCH 200"]);
    let warned = log_capture::take(|line| line.starts_with("WARN") && line.contains("/fresher"));
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("today: /fresh, /fresher must wait"), "{warned:?}");
    assert!(requests[3..].iter().all(|request| request == "DELETE 204"), "{requests:?}");
    assert_eq!(scene.command_names(), ["command-100"]);
    assert_eq!(scene.discord.commands(None)[0]["description"], "Changed");
}

#[test]
fn changes_are_logged_with_their_own_target_and_a_record_for_each() {
    log_capture::listen();
    let scene = Scene::new();
    let declare = |description: &'static str| {
        move |bot: &mut Bot<'static>| {
            bot.command(command("logged", description).run(|_| Ok(())));
        }
    };
    let lines = || log_capture::take(|line| line.contains("/logged"));
    start(&scene, declare("x"));
    assert_eq!(lines(), ["INFO syncord::commands + /logged"]);
    start(&scene, declare("y"));
    assert_eq!(lines(), ["INFO syncord::commands ~ /logged: description"]);
    start(&scene, declare("y"));
    assert_eq!(lines(), [""; 0]);
}

#[test]
fn a_plan_changes_nothing() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    two_commands(&mut bot);
    bot.command(group("crew", "x").add(command("add", "x").run(|_| Ok(()))))
        .command(message_command("Quote").run(|_, _| Ok(())));
    let plan = bot.plan_commands().unwrap();
    assert!(!plan.is_empty());
    assert_eq!(
        plan.to_string(),
        "commands of all guilds: 0 unchanged\n+ /roll\n+ /crew\n+ user command \"Wave\"\n+ message command \"Quote\""
    );
    assert_eq!(scene.command_names(), [""; 0]);
    assert_eq!(scene.command_requests(), ["GET 200"]);
    let mut without_commands = scene.bot();
    without_commands.on_ready(|_, _| Ok(()));
    assert!(without_commands.plan_commands().unwrap().is_empty());
    assert_eq!(json!(scene.command_requests().len()), json!(1));
}
