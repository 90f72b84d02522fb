//! Checks reject users with an ephemeral reply.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use syncord::Error;
use syncord::id::GuildId;
use syncord::model::component::{ActionRow, Button, Label, TextInput};
use syncord::model::{InteractionContextType, Permissions};
use syncord::rest::{InteractionMessage, Modal};
use syncord::sim::Discord;
use syncord::tree::{
    Check, CustomId, InteractionContext, Refusal, Tree, bot_has_permissions, command, cooldown, group,
    guild_only, has_permissions, integer, owner_only, string,
};

use crate::scene::{Scene, ephemeral_reply};

const HOUR: Duration = Duration::from_secs(3600);
const OPEN: CustomId<()> = CustomId::new("open");
const NO: CustomId<()> = CustomId::new("no");
const WHY: CustomId<()> = CustomId::new("why");

#[test]
fn a_rejected_user_receives_the_reason_and_the_handler_does_not_run() {
    let few = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let scene = Scene::of(Discord::builder().guild("harbour", |guild| guild.bot_permissions(few)));
    let mut ran = Vec::new();
    let even = Check::new(|cx| {
        let number = cx.interaction().command().and_then(|data| data.value("number")?.as_i64());
        if number.is_some_and(|number| number % 2 == 0) { Ok(()) } else { Err("Even ones only.".into()) }
    });
    let cell = std::cell::RefCell::new(&mut ran);
    let record = |name: &'static str| cell.borrow_mut().push(name);
    let mut bot = scene.bot();
    bot.command(command("guild", "x").check(guild_only()).run(|cx| {
        record("guild");
        cx.reply("ok")
    }))
    .command(command("owner", "x").check(owner_only()).run(|cx| {
        record("owner");
        cx.reply("ok")
    }))
    .command(command("ban", "x").check(has_permissions(Permissions::BAN_MEMBERS)).run(|cx| {
        record("ban");
        cx.reply("ok")
    }))
    .command(command("bot", "x").check(bot_has_permissions(Permissions::ADMINISTRATOR)).run(|cx| {
        record("bot");
        cx.reply("ok")
    }))
    .command(command("even", "x").option("number", "x", integer(..)).check(even).run(|cx, _| {
        record("even");
        cx.reply("ok")
    }));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        let direct = scene.discord.dm_channel(bob);
        assert_eq!(ephemeral_reply(&bob.uses(&direct, "/guild")?)?, "This works on servers only.");
        assert_eq!(bob.uses(general, "/guild")?.reply()?.content, "ok");
        assert_eq!(ephemeral_reply(&bob.uses(general, "/owner")?)?, "Only my owner can use this.");
        assert_eq!(ephemeral_reply(&bob.uses(general, "/ban")?)?, "You need the permission Ban Members.");
        assert_eq!(ann.uses(general, "/ban")?.reply()?.content, "ok");
        assert_eq!(ephemeral_reply(&ann.uses(general, "/bot")?)?, "I need the permission Administrator.");
        assert_eq!(ephemeral_reply(&ann.uses(general, "/even number:3")?)?, "Even ones only.");
        assert_eq!(ann.uses(general, "/even number:4")?.reply()?.content, "ok");
        Ok(())
    });
    assert_eq!(ran, ["guild", "ban", "even"]);
}

#[test]
fn a_cooldown_counts_per_user_or_per_guild() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("mine", "x").check(cooldown(1, HOUR)).run(|cx| cx.reply("ok")))
        .command(command("ours", "x").check(cooldown(2, HOUR).by_guild()).run(|cx| cx.reply("ok")));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        assert_eq!(ann.uses(general, "/mine")?.reply()?.content, "ok");
        let reply = ephemeral_reply(&ann.uses(general, "/mine")?)?;
        assert!(reply.starts_with("Not so fast: try again in "), "{reply}");
        assert_eq!(bob.uses(general, "/mine")?.reply()?.content, "ok");
        for member in [ann, bob] {
            assert_eq!(member.uses(general, "/ours")?.reply()?.content, "ok");
        }
        assert!(ephemeral_reply(&ann.uses(general, "/ours")?)?.starts_with("Not so fast"));
        Ok(())
    });
}

#[test]
fn clones_of_a_cooldown_share_their_count_per_channel() {
    let scene = Scene::new();
    let random = scene.discord.channel("random");
    let shared = cooldown(2, HOUR).by_channel();
    let mut bot = scene.bot();
    bot.command(command("one", "x").check(shared.clone()).run(|cx| cx.reply("ok")))
        .command(command("two", "x").check(shared).run(|cx| cx.reply("ok")))
        .command(command("own", "x").check(cooldown(2, HOUR).by_channel()).run(|cx| cx.reply("ok")));
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        assert_eq!(ann.uses(general, "/one")?.reply()?.content, "ok");
        assert_eq!(bob.uses(general, "/two")?.reply()?.content, "ok");
        assert!(ephemeral_reply(&ann.uses(general, "/two")?)?.starts_with("Not so fast"));
        assert_eq!(ann.uses(&random, "/two")?.reply()?.content, "ok");
        assert_eq!(ann.uses(general, "/own")?.reply()?.content, "ok");
        Ok(())
    });
}

#[test]
fn only_a_use_that_passes_all_checks_counts_for_a_cooldown() {
    let scene = Scene::new();
    let is_open = AtomicBool::new(false);
    let is_open: &'static AtomicBool = Box::leak(Box::new(is_open));
    let when_open =
        Check::new(|_| if is_open.load(Ordering::SeqCst) { Ok(()) } else { Err("Closed.".into()) });
    let mut bot = scene.bot();
    let horn = command("horn", "x").check(when_open).run(|cx| cx.reply("ok"));
    bot.command(group("ship", "x").check(cooldown(1, HOUR)).add(horn));
    scene.play(bot, || {
        for _ in 0..3 {
            assert_eq!(ephemeral_reply(&scene.ann.uses(&scene.general, "/ship horn")?)?, "Closed.");
        }
        is_open.store(true, Ordering::SeqCst);
        assert_eq!(scene.ann_uses("/ship horn")?, "ok");
        assert!(scene.ann_uses("/ship horn")?.starts_with("Not so fast"));
        Ok(())
    });
}

#[test]
fn autocomplete_needs_the_checks_of_the_command_and_does_not_count_as_a_use() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(
        command("sail", "x")
            .check(cooldown(1, HOUR))
            .check(has_permissions(Permissions::BAN_MEMBERS))
            .option("to", "x", string().autocomplete(|_, _| ["Kiel"]))
            .run(|cx, to| cx.reply(to)),
    );
    scene.play(bot, || {
        for _ in 0..3 {
            assert_eq!(scene.ann.autocompletes(&scene.general, "/sail to:K")?.len(), 1);
            assert_eq!(scene.bob.autocompletes(&scene.general, "/sail to:K")?.len(), 0);
        }
        assert_eq!(scene.ann_uses("/sail to:Kiel")?, "Kiel");
        assert_eq!(
            scene.ann.autocompletes(&scene.general, "/sail to:K")?.len(),
            0,
            "the command is on cooldown"
        );
        Ok(())
    });
    assert_eq!(scene.bob.try_next_ephemeral_message(), None);
}

#[test]
fn checks_apply_to_components_and_modals() {
    let scene = Scene::new();
    let rejects = Check::new(|_| Err("Not you.".into()));
    let mut bot = scene.bot();
    bot.command(command("ask", "x").run(|cx| {
        let row = ActionRow::new([Button::success("open", "Open"), Button::danger("no", "No")]);
        cx.reply(InteractionMessage::text("x").component(row))
    }))
    .component(OPEN.run(|cx| {
        let field = Label::new("Why?", TextInput::short("why"));
        cx.modal(&Modal::new("why", "Why").component(field))
    }))
    .component(NO.run(|cx| cx.update("never")).check(rejects.clone()))
    .modal(WHY.run_modal(|cx| cx.update("never")).check(rejects));
    scene.play(bot, || {
        let message = scene.ann.uses(&scene.general, "/ask")?.reply()?.id;
        assert_eq!(ephemeral_reply(&scene.bob.clicks(message, "no")?)?, "Not you.");
        scene.bob.clicks(message, "open")?;
        let modal = scene.bob.next_modal()?;
        assert_eq!(ephemeral_reply(&scene.bob.submits(&modal, [("why", "so")])?)?, "Not you.");
        Ok(())
    });
}

#[test]
fn a_node_that_requires_permissions_checks_them_and_hides_its_command() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("ban", "x").requires(Permissions::BAN_MEMBERS).run(|cx| cx.reply("ok")))
        .command(
            group("admin", "x")
                .add(command("all", "x").run(|cx| cx.reply("ok")))
                .add(command("few", "x").requires(Permissions::BAN_MEMBERS).run(|cx| cx.reply("ok"))),
        )
        .command(
            command("shown", "x")
                .requires(Permissions::BAN_MEMBERS)
                .default_member_permissions(Permissions::SEND_MESSAGES)
                .contexts([InteractionContextType::GUILD, InteractionContextType::BOT_DM])
                .run(|cx| cx.reply("ok")),
        );
    bot.mount(
        Tree::new("staff")
            .requires(Permissions::KICK_MEMBERS)
            .add(command("kick", "x").run(|cx| cx.reply("ok")))
            .add(OPEN.run(|cx| cx.reply("open"))),
    );
    assert!(bot.to_string().contains("/ban — x (BAN_MEMBERS)"), "{bot}");
    scene.play(bot, || {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        let refused = |command| ephemeral_reply(&bob.uses(general, command)?);
        for command in ["/admin few", "/shown"] {
            assert_eq!(refused(command)?, "You need the permission Ban Members.", "{command}");
            assert_eq!(ann.uses(general, command)?.reply()?.content, "ok", "{command}");
        }
        for command in ["/ban", "/kick"] {
            let error = bob.uses(general, command).err().unwrap().to_string();
            assert!(error.contains("bob may not use"), "{command}: {error}");
            assert_eq!(ann.uses(general, command)?.reply()?.content, "ok", "{command}");
        }
        assert_eq!(bob.uses(general, "/admin all")?.reply()?.content, "ok");
        let direct = scene.discord.dm_channel(bob);
        assert_eq!(ephemeral_reply(&bob.uses(&direct, "/shown")?)?, "This works on servers only.");

        let registered = scene.discord.commands(None);
        let shown = |name: &str| {
            let command = registered.iter().find(|command| command["name"] == name).unwrap();
            (command["default_member_permissions"].clone(), command["contexts"].clone())
        };
        let bits = |permissions: Permissions| json!(permissions.bits().to_string());
        assert_eq!(shown("ban"), (bits(Permissions::BAN_MEMBERS), json!([0])));
        assert_eq!(shown("admin"), (Value::Null, json!([0, 1, 2])), "other subcommands are for everyone");
        assert_eq!(shown("kick"), (bits(Permissions::KICK_MEMBERS), json!([0])));
        let (permissions, contexts) = shown("shown");
        assert_eq!((permissions, contexts), (bits(Permissions::SEND_MESSAGES), json!([0, 1])), "explicit");
        Ok(())
    });
}

#[test]
fn a_guild_only_handler_has_the_guild_and_its_member() {
    let scene = Scene::new();
    let mut bot = scene.bot();
    bot.command(command("who", "x").guild_only().run(|cx| {
        let guild = cx.guild()?;
        cx.reply(format!("{} in {}", guild.member.user.username, guild.id))
    }));
    let guild = scene.discord.guild_id();
    scene.play(bot, || {
        assert_eq!(scene.ann_uses("/who")?, format!("ann in {guild}"));
        assert_eq!(scene.discord.commands(None)[0]["contexts"], json!([0]));
        Ok(())
    });
}

#[test]
fn a_refusal_of_a_handler_reaches_the_user_and_is_no_error() {
    fn guild_of(cx: &InteractionContext) -> Result<GuildId, Error> {
        Ok(cx.guild()?.id)
    }

    let scene = Scene::new();
    let mut errors = 0;
    let mut bot = scene.bot();
    bot.on_error(|_, error| {
        errors += 1;
        panic!("{error}");
    });
    bot.command(command("early", "x").run(|cx| {
        guild_of(cx)?;
        cx.reply("ok")
    }))
    .command(command("deferred", "x").run(|cx| {
        cx.defer()?;
        Err(Refusal::new("Not today."))?
    }))
    .command(command("task", "x").run(|cx| Ok(cx.spawn(|_| Err(Refusal::new("Not in a task.").into()))?)))
    .command(command("late", "x").run(|cx| {
        cx.reply("Wait.")?;
        Err(Refusal::new("Too late.").into())
    }));
    scene.play(bot, || {
        let (bob, general) = (&scene.bob, &scene.general);
        let direct = scene.discord.dm_channel(bob);
        assert_eq!(ephemeral_reply(&bob.uses(&direct, "/early")?)?, "This works on servers only.");
        assert_eq!(bob.uses(general, "/early")?.reply()?.content, "ok");
        let deferred = bob.uses(general, "/deferred")?;
        scene.discord.wait_until("the refusal", |_| deferred.followups().len() == 1)?;
        assert_eq!(deferred.followups()[0].content, "Not today.");
        assert_eq!(ephemeral_reply(&bob.uses(general, "/task")?)?, "Not in a task.");
        let late = bob.uses(general, "/late")?;
        assert_eq!(late.reply()?.content, "Wait.");
        scene.discord.wait_until("the refusal", |_| late.followups().len() == 1)?;
        assert_eq!(late.followups()[0].content, "Too late.");
        Ok(())
    });
    assert_eq!(errors, 0);
}
