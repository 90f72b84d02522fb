//! Commands are registered when the bot starts, and only what has changed is sent.

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

/// A start of a bot with these commands; what was asked about commands meanwhile.
fn start<'a>(scene: &Scene, declare: impl FnOnce(&mut Bot<'a>)) -> Vec<String> {
    let before = scene.command_requests().len();
    let mut bot = scene.bot();
    // There is something to do for one without commands.
    bot.on_ready(|_, _| Ok(()));
    declare(&mut bot);
    scene.start_and_stop(bot);
    scene.command_requests().split_off(before)
}

fn two(bot: &mut Bot<'_>) {
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
fn a_restart_with_nothing_changed_asks_once() {
    let scene = Scene::new();
    assert_eq!(start(&scene, two), ["GET 200", "PUT 200"]);
    assert_eq!(scene.command_names(), ["Wave", "roll"]);
    let before = scene.discord.commands(None);
    assert_eq!(start(&scene, two), ["GET 200"]);
    assert_eq!(scene.discord.commands(None), before, "not even the versions");
}

#[test]
fn a_bot_that_declares_no_commands_touches_none() {
    let scene = Scene::new();
    start(&scene, two);
    assert_eq!(start(&scene, |_| ()), [""; 0]);
    assert_eq!(scene.command_names(), ["Wave", "roll"]);
}

#[test]
fn each_kind_of_change_is_sent_and_then_is_none_any_more() {
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
    for (what, declare) in changes {
        let mut planned = scene.bot();
        declare(&mut planned);
        let plan = planned.plan_commands().unwrap();
        let sorted = |text: &str| {
            let mut parts: Vec<_> = text.split(", ").map(str::to_owned).collect();
            parts.sort();
            parts
        };
        let plan = plan.to_string();
        let (_, changes) = plan.split_once("~ /roll: ").unwrap_or_else(|| panic!("{what}: {plan}"));
        assert_eq!(sorted(changes), sorted(what));
        assert_eq!(start(&scene, declare), ["GET 200", "PATCH 200"], "{what}");
        assert_eq!(scene.discord.commands(None)[0]["id"], id, "{what}");
        assert_eq!(start(&scene, declare), ["GET 200"], "{what}");
        start(&scene, plain);
    }
}

#[test]
fn what_is_no_longer_declared_is_deleted_unless_it_is_to_be_kept() {
    let scene = Scene::new();
    start(&scene, two);
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
fn a_test_guild_has_the_commands_in_the_place_of_everywhere() {
    let scene = Scene::new();
    let guild = scene.discord.guild_id();
    let declare = |bot: &mut Bot<'static>| {
        two(bot);
        bot.test_guild(guild);
    };
    assert_eq!(start(&scene, declare), ["GET 200", "PUT 200"]);
    assert_eq!(names(&scene.discord.commands(Some(guild))), ["Wave", "roll"]);
    assert_eq!(scene.command_names(), [""; 0]);
    assert_eq!(start(&scene, declare), ["GET 200"], "though a guild's command has no contexts");

    start(&scene, two);
    scene.bot().clear_guild_commands(guild).unwrap();
    assert_eq!(scene.discord.commands(Some(guild)).len(), 0);
    assert_eq!(scene.command_names(), ["Wave", "roll"], "those of everywhere stay");
}

#[test]
fn what_discord_writes_differently_is_no_change_at_a_restart() {
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
fn where_it_can_be_used_is_taken_back_once() {
    let scene = Scene::new();
    let (rest, _) = scene.rest();
    let installs = [ApplicationIntegrationType::GUILD_INSTALL, ApplicationIntegrationType::USER_INSTALL];
    let config = installs.map(|kind| (kind, IntegrationTypeConfig::default()));
    rest.edit_current_application(&EditApplication::new().integration_types_config(config.into())).unwrap();
    let ping = || command("ping", "x");
    let limited = move |bot: &mut Bot<'static>| {
        let places = [InteractionContextType::GUILD, InteractionContextType::BOT_DM];
        let guilds = [ApplicationIntegrationType::USER_INSTALL];
        bot.command(ping().contexts(places).integration_types(guilds).run(|_| Ok(())));
    };
    let everywhere = move |bot: &mut Bot<'static>| {
        bot.command(ping().run(|_| Ok(())));
    };
    let shown = |what: &str| scene.discord.commands(None)[0][what].clone();
    assert_eq!(start(&scene, limited), ["GET 200", "POST 201"]);
    assert_eq!((shown("contexts"), shown("integration_types")), (json!([0, 1]), json!([1])));
    assert_eq!(start(&scene, everywhere), ["GET 200", "PATCH 200"]);
    assert_eq!((shown("contexts"), shown("integration_types")), (json!([0, 1, 2]), json!([0, 1])));
    assert_eq!(start(&scene, everywhere), ["GET 200"]);
}

#[test]
fn a_test_guilds_commands_are_made_changed_and_deleted_there() {
    let scene = Scene::new();
    let guild = scene.discord.guild_id();
    let declare = |names: &'static [(&'static str, &'static str)]| {
        move |bot: &mut Bot<'static>| {
            for (name, about) in names {
                bot.command(command(*name, *about).run(|_| Ok(())));
            }
            bot.test_guild(guild);
        }
    };
    let known = || names(&scene.discord.commands(Some(guild)));
    assert_eq!(start(&scene, declare(&[("a", "x")])), ["GET 200", "POST 201"]);
    assert_eq!(start(&scene, declare(&[("a", "y")])), ["GET 200", "PATCH 200"]);
    assert_eq!(scene.discord.commands(Some(guild))[0]["description"], "y");
    assert_eq!(start(&scene, declare(&[("a", "y"), ("b", "x")])), ["GET 200", "POST 201"]);
    assert_eq!(start(&scene, declare(&[("b", "x")])), ["GET 200", "DELETE 204"]);
    assert_eq!(known(), ["b"]);
    let all = scene.discord.requests();
    let global = format!("/applications/{}/commands", scene.discord.bot_id());
    assert!(!all.iter().any(|request| request.path.contains(&global)), "{all:?}");
}

#[test]
fn a_guild_that_the_bot_is_not_in_ends_it_with_what_to_do() {
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
        tree.add(command(&*name, "One of many").run(move |cx| cx.reply(format!("this is {n}"))))
    })
}

#[test]
fn a_tree_of_a_hundred_commands_stands_at_the_cap_and_can_change_there() {
    let scene = Scene::new();
    let mount = |first| {
        move |bot: &mut Bot<'static>| {
            bot.mount(hundred(first));
        }
    };
    assert_eq!(start(&scene, mount(0)), ["GET 200", "PUT 200"]);
    assert_eq!(scene.discord.commands(None).len(), 100);
    assert_eq!(start(&scene, mount(0)), ["GET 200"]);

    // One is replaced: there is room only after a deletion.
    let keeping = start(&scene, |bot| {
        bot.mount(hundred(1)).keep_foreign_commands();
    });
    assert_eq!(keeping, ["GET 200"], "no room");
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
fn beside_an_entry_point_all_is_registered_at_once_and_it_stays_as_it_is() {
    let scene = Scene::new();
    let (rest, application) = scene.rest();
    let launch = CreateApplicationCommand::new("launch").kind(CommandType::PRIMARY_ENTRY_POINT);
    let launch = launch.handler(EntryPointHandlerType::DISCORD_LAUNCH_ACTIVITY).description("Sails");
    rest.create_global_application_command(application, &launch).unwrap();
    let before = scene.discord.commands(None);
    let launch = || scene.discord.commands(None).into_iter().find(|one| one["name"] == "launch");

    assert_eq!(start(&scene, two), ["GET 200", "PUT 200"]);
    assert_eq!(scene.command_names(), ["Wave", "launch", "roll"]);
    assert_eq!(launch().as_ref(), before.first());
    assert_eq!(start(&scene, two), ["GET 200"]);
    let one = |bot: &mut Bot<'static>| {
        bot.command(user_command("Wave").run(|_, _| Ok(())));
    };
    assert_eq!(start(&scene, one), ["GET 200", "DELETE 204"]);
    assert_eq!(launch().as_ref(), before.first());
}

#[test]
fn when_the_day_has_no_more_new_commands_the_bot_runs_and_does_the_rest() {
    log_capture::listen();
    let scene = Scene::new();
    for first in [0, 100] {
        start(&scene, |bot| {
            bot.mount(hundred(first));
        });
    }
    let asked = start(&scene, |bot| {
        for fresh in ["fresh", "fresher"] {
            bot.command(command(fresh, "x").run(|cx| cx.reply("fresh")));
        }
        bot.command(command("command-100", "Changed").run(|_| Ok(())));
    });
    assert_eq!(asked[..3], ["GET 200", "PUT 400", "PATCH 200"]);
    let warned = log_capture::take(|line| line.starts_with("WARN") && line.contains("/fresher"));
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(warned[0].contains("today: /fresh, /fresher must wait"), "{warned:?}");
    assert!(asked[3..].iter().all(|request| request == "DELETE 204"), "{asked:?}");
    assert_eq!(scene.command_names(), ["command-100"]);
    assert_eq!(scene.discord.commands(None)[0]["description"], "Changed");
}

#[test]
fn what_is_changed_is_logged_under_a_target_of_its_own() {
    log_capture::listen();
    let scene = Scene::new();
    let declare = |about: &'static str| {
        move |bot: &mut Bot<'static>| {
            bot.command(command("logged", about).run(|_| Ok(())));
        }
    };
    let lines = || log_capture::take(|line| line.contains("/logged"));
    start(&scene, declare("x"));
    assert_eq!(lines(), ["INFO syncord::commands commands of all guilds: 0 unchanged\n+ /logged"]);
    start(&scene, declare("y"));
    assert_eq!(
        lines(),
        ["INFO syncord::commands commands of all guilds: 0 unchanged\n~ /logged: description"]
    );
    start(&scene, declare("y"));
    assert_eq!(lines(), [""; 0]);
}

#[test]
fn a_plan_changes_nothing() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    two(&mut bot);
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
    let mut none = scene.bot();
    none.on_ready(|_, _| Ok(()));
    assert!(none.plan_commands().unwrap().is_empty());
    assert_eq!(json!(scene.command_requests().len()), json!(1));
}
