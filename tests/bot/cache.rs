//! The cache in a running bot: what handlers, lanes, tasks and other threads read, and how it goes on after reconnects.

use std::sync::{Arc, Mutex};

use syncord::cache::Members;
use syncord::events::{
    Gap, GuildCreate, GuildMemberUpdate, MessageCreate, MessageDelete, MessageDeleteBulk, MessageUpdate,
};
use syncord::model::Permissions;
use syncord::sim::fixture::GuildFixture;
use syncord::sim::{Discord, Fault};
use syncord::{Bot, Cache, Intents, Lanes};

use crate::logged;
use crate::scene::{Journal, bot, discord};

/// A bot that keeps everything but presences.
fn caching<'a>(discord: &Discord) -> Bot<'a> {
    let mut bot = bot(discord);
    bot.cache(Cache::new().guilds().channels().emojis().members(Members::Seen).messages(50).voice_states());
    bot
}

#[test]
fn a_handler_sees_the_state_after_its_event_and_can_ask_for_what_was_before() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = caching(&discord);
    bot.on_message(|cx, message| {
        let known = cx.cache().message(message.channel_id, message.id).map(|known| known.content);
        Ok(journal.add(format!("created {known:?}")))
    });
    bot.on::<MessageUpdate>(|cx, message| {
        let known = cx.cache().message(message.channel_id, message.id).map(|known| known.content);
        let before = cx.before(message).map(|before| before.content);
        Ok(journal.add(format!("edited {before:?} {known:?}")))
    });
    // A second handler of the same event sees the same.
    bot.on::<MessageDelete>(|cx, deleted| {
        let known = cx.cache().message(deleted.channel_id, deleted.id).is_some();
        Ok(journal.add(format!("deleted {:?} {known}", cx.before(deleted).map(|before| before.content))))
    });
    bot.on::<MessageDelete>(|cx, deleted| Ok(journal.add(format!("again {}", cx.before(deleted).is_some()))));
    bot.during(|| {
        let message = ann.says(&general, "one");
        ann.edits(message, "two");
        ann.deletes(message);
        journal.wait_for("again");
        Ok(())
    })
    .unwrap();
    assert_eq!(
        journal.lines(),
        [
            "created Some(\"one\")",
            "edited Some(\"one\") Some(\"two\")",
            "deleted Some(\"two\") false",
            "again true"
        ]
    );
}

#[test]
fn the_event_before_is_not_that_of_the_next_event() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let kept = Mutex::new(None);
    let journal = Journal::default();
    let mut bot = caching(&discord);
    bot.on::<MessageDelete>(|_, deleted| Ok(*kept.lock().unwrap() = Some(deleted.clone())));
    bot.on_message(|cx, _| {
        if let Some(deleted) = &*kept.lock().unwrap() {
            journal.add(format!("before: {}", cx.before(deleted).is_some()));
        }
        Ok(())
    });
    bot.during(|| {
        let message = ann.says(&general, "one");
        ann.deletes(message);
        ann.says(&general, "two");
        journal.wait_for("before");
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["before: false"]);
}

#[test]
fn a_bot_without_a_cache_knows_nothing_and_its_lookups_ask_discord() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = bot(&discord);
    bot.on_message(|cx, message| {
        let guild = message.guild_id.unwrap();
        assert!(cx.cache().guild(guild).is_none() && cx.cache().channel(message.channel_id).is_none());
        journal.add(format!("{:?}", cx.find_channel(message.channel_id)?.name));
        journal.add(cx.find_member(guild, message.author.id)?.display_name());
        journal.add(cx.find_member_by_text(guild, "ANN")?.unwrap().display_name());
        assert!(cx.find_member_by_text(guild, "no such member")?.is_none());
        journal.add(cx.permissions_in(message.channel_id)?.contains(Permissions::SEND_MESSAGES));
        assert!(!cx.member_in(guild, message.author.id)?.can_ban(&cx.me_in(guild)?));
        Ok(journal.add("end"))
    });
    bot.on::<MessageDelete>(|cx, deleted| Ok(journal.add(format!("{:?}", cx.before(deleted)))));
    bot.during(|| {
        let message = ann.says(&general, "hello");
        journal.wait_for("end");
        ann.deletes(message);
        journal.wait_for("None");
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["Some(\"general\")", "ann", "ann", "true", "end", "None"]);
    assert!(discord.requests().len() > 5);
}

#[test]
fn with_a_cache_the_same_lookups_make_no_call() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = caching(&discord);
    bot.on_message(|cx, message| {
        let guild = message.guild_id.unwrap();
        cx.find_guild(guild)?;
        cx.find_channel(message.channel_id)?;
        cx.find_roles(guild)?;
        cx.find_member(guild, message.author.id)?;
        cx.find_user(message.author.id)?;
        cx.find_member_by_text(guild, "@Ann")?.unwrap();
        cx.find_message(message.channel_id, message.id)?;
        let own = cx.permissions_in(message.channel_id)?;
        let of_ann = cx.permissions_of(message.channel_id, message.author.id)?;
        journal.add(format!("{} {}", own.contains(Permissions::SEND_MESSAGES), of_ann.is_administrator()));
        cx.member_in(guild, message.author.id)?.can_ban(&cx.me_in(guild)?);
        Ok(journal.add("end"))
    });
    bot.during(|| {
        let before = discord.requests().len();
        ann.says(&general, "hello");
        journal.wait_for("end");
        assert_eq!(discord.requests().len(), before);
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines()[0], "true false");
}

#[test]
fn lanes_tasks_and_handles_read_the_same_cache() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Arc::new(Journal::default());
    let lanes = Lanes::new(2);
    let (in_lane, in_task) = (Arc::clone(&journal), Arc::clone(&journal));
    let mut bot = caching(&discord);
    let handle = bot.handle();
    bot.on_in::<MessageUpdate>(&lanes, move |cx, message| {
        let before = cx.before(message).map(|before| before.content);
        let name = cx.cache().channel(message.channel_id).and_then(|channel| channel.name.clone());
        Ok(in_lane.add(format!("lane {before:?} {name:?}")))
    });
    bot.on_message(|cx, message| {
        let (journal, channel) = (Arc::clone(&in_task), message.channel_id);
        cx.spawn(move |task| {
            let name = task.cache().channel(channel).and_then(|channel| channel.name.clone());
            Ok(journal.add(format!("task {name:?}")))
        })?;
        Ok(())
    });
    bot.during(|| {
        let message = ann.says(&general, "one");
        journal.wait_for("task");
        ann.edits(message, "two");
        journal.wait_for("lane");
        let known = handle.cache().message(general.id(), message).unwrap();
        assert_eq!(known.content, "two");
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["task Some(\"general\")", "lane Some(\"one\") Some(\"general\")"]);
    assert_eq!(handle.cache().health().messages, 1, "it is readable after the end");
}

#[test]
fn the_intents_of_the_cache_are_requested_and_named() {
    let discord = discord().start().unwrap();
    let mut bot = bot(&discord);
    bot.on_ready(|cx, _| Ok(cx.stop()));
    bot.cache(Cache::new().guilds().emojis().messages(10));
    let drawn = bot.to_string();
    for part in ["cache of guilds", "cache of emojis", "cache of messages"] {
        assert!(drawn.contains(part), "{part}: {drawn}");
    }
    let (result, log) = logged::during(|| bot.run());
    result.unwrap();
    let first = log.iter().find(|line| line.contains("asking Discord for")).unwrap();
    for intent in ["GUILDS", "GUILD_EXPRESSIONS", "GUILD_MESSAGES", "DIRECT_MESSAGES", "MESSAGE_CONTENT"] {
        assert!(first.contains(intent), "{intent}: {first}");
    }
    assert!(log.iter().all(|line| !line.contains('\n')), "each line has a record of its own: {log:?}");
    assert!(log.iter().any(|line| line.contains("  cache of messages at tests/bot/cache.rs:")), "{log:?}");
}

#[test]
fn a_part_whose_intents_are_taken_away_is_not_kept() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = caching(&discord);
    bot.without_intents(Intents::GUILD_MEMBERS);
    bot.on_message(|cx, message| {
        let guild = message.guild_id.unwrap();
        let own = cx.cache().member(guild, cx.me().id).is_some();
        Ok(journal.add(format!("{} {own}", cx.cache().member(guild, message.author.id).is_some())))
    });
    let (result, log) = logged::during(|| {
        bot.during(|| {
            ann.says(&general, "hello");
            journal.wait_for("false");
            Ok(())
        })
    });
    result.unwrap();
    assert_eq!(journal.lines(), ["false true"], "the own member changes with an event in any case");
    let warning = "WARN the cache keeps no members: the bot does not ask for GUILD_MEMBERS".to_owned();
    assert!(log.contains(&warning), "{log:?}");
}

#[test]
fn a_resumed_session_keeps_the_cache_and_a_new_one_replaces_it() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = caching(&discord);
    let handle = bot.handle();
    journal.record(&mut bot);
    bot.on::<Gap>(|_, _| Ok(()));
    bot.on::<GuildCreate>(|cx, guild| {
        let is_known = cx.cache().guild(guild.id).is_some_and(|guild| !guild.is_unavailable());
        Ok(journal.add(format!("guild {is_known}")))
    });
    bot.on::<MessageDelete>(|cx, deleted| {
        Ok(journal.add(format!("deleted {}", cx.before(deleted).is_some())))
    });
    bot.during(|| {
        let first = ann.says(&general, "first");
        let second = ann.says(&general, "second");
        journal.wait_for("received second");
        discord.fault(Fault::DropSocket);
        journal.wait_for("resumed");
        ann.deletes(first);
        journal.wait_for("deleted true");

        discord.fault(Fault::InvalidSession { resumable: false });
        journal.wait_for_count(2, "guild true");
        assert!(handle.cache().message(general.id(), second).is_none());
        assert!(handle.cache().channel(general.id()).is_some());
        ann.deletes(second);
        journal.wait_for("deleted false");
        let third = ann.says(&general, "third");
        journal.wait_for("received third");
        assert!(handle.cache().message(general.id(), third).is_some());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_change_of_roles_changes_permissions_and_the_member_before() {
    let manage = Permissions::MANAGE_MESSAGES;
    let guild = |guild: GuildFixture| {
        let guild = guild.role("moderator", |role| role.permissions(manage));
        guild.member("ann", |ann| ann).channel("general", |channel| channel)
    };
    let discord = discord().guild("Harbour", guild).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let mut bot = caching(&discord);
    bot.on_message(|cx, message| {
        let (guild, author) = (message.guild_id.unwrap(), message.author.id);
        if message.content == "promote me" {
            let roles = cx.find_roles(guild)?;
            let moderator = roles.iter().find(|role| role.name == "moderator").unwrap();
            cx.rest().add_guild_member_role(guild, author, moderator.id)?;
        }
        let permissions = cx.permissions_of(message.channel_id, author)?;
        Ok(journal.add(format!("{}: {}", message.content, permissions.contains(manage))))
    });
    bot.on::<GuildMemberUpdate>(|cx, member| {
        let before = cx.before(member).map(|before| before.roles.len());
        Ok(journal.add(format!("roles {before:?} {}", member.roles.len())))
    });
    bot.during(|| {
        ann.says(&general, "promote me");
        journal.wait_for("roles");
        ann.says(&general, "after");
        journal.wait_for("after");
        Ok(())
    })
    .unwrap();
    // The call has returned before the event is handled.
    assert_eq!(journal.lines(), ["promote me: false", "roles Some(0) 1", "after: true"]);
}

#[test]
fn a_text_command_uses_the_cache_for_permissions_and_values() {
    use syncord::tree::{bot_has_permissions, channel, command, member};
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = caching(&discord);
    bot.text_prefix("!");
    bot.command(
        command("show", "Shows")
            .text_only()
            .check(bot_has_permissions(Permissions::SEND_MESSAGES))
            .option("member", "Whom", member())
            .option("channel", "Where", channel())
            .run(|cx, member, channel| {
                cx.reply(format!("{} {}", member.display_name(), channel.name.as_deref().unwrap_or_default()))
            }),
    );
    bot.during(|| {
        let before = discord.requests().len();
        ann.says(&general, "!show ANN #general");
        assert_eq!(general.next_message()?.content, "ann general");
        let made = discord.requests().len() - before;
        assert_eq!(made, 1, "only the reply");
        Ok(())
    })
    .unwrap();
}

#[test]
fn events_that_only_the_cache_needs_are_not_delivered_to_handlers() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let mut bot = caching(&discord);
    let handle = bot.handle();
    bot.on::<MessageDeleteBulk>(|_, _| Ok(()));
    bot.during(|| {
        let message = ann.says(&general, "hello");
        discord.wait_until("the cache to know it", |_| {
            handle.cache().message(general.id(), message).is_some()
        })?;
        let health = handle.health();
        let events = health.events.iter().find(|event| event.name == "MESSAGE_CREATE").unwrap();
        assert_eq!((events.received, events.delivered), (1, 0));
        let cache = health.cache.unwrap();
        assert_eq!((cache.messages, cache.guilds), (1, 1));
        assert!(cache.bytes > 0 && cache.hits > 0);
        assert!(health.to_string().contains("cache: "), "{health}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn all_members_are_requested_if_the_cache_keeps_all() {
    let guild = |guild: GuildFixture| {
        (0..60).fold(guild.channel("general", |channel| channel), |guild, n| {
            guild.member(&format!("sailor{n}"), |member| member)
        })
    };
    let discord = discord().guild("Harbour", guild).start().unwrap();
    let general = discord.channel("general");
    let sailor = |n| discord.member(&format!("sailor{n}"));
    let mut bot = bot(&discord);
    bot.large_threshold(50);
    bot.cache(Cache::new().members(Members::All));
    let handle = bot.handle();
    bot.on_message(|_, _| Ok(()));
    bot.during(|| {
        let guild = discord.guild_id();
        discord.wait_until("all members", |_| handle.cache().members_of(guild).len() > 60)?;
        sailor(59).says(&general, "here");
        assert!(handle.cache().member(guild, sailor(59).id()).is_some());
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_second_cache_is_a_mistake() {
    let discord = discord().start().unwrap();
    let mut bot = caching(&discord);
    bot.cache(Cache::new().guilds());
    bot.on_message(|_, _| Ok(()));
    let error = bot.run().unwrap_err().to_string();
    assert!(error.contains("bot.cache(..) was called twice"), "{error}");
}

#[test]
fn a_message_is_read_once_for_the_cache_and_all_handlers() {
    let discord = discord().start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let journal = Journal::default();
    let addresses = Mutex::new(Vec::new());
    let mut bot = caching(&discord);
    for _ in 0..2 {
        bot.on_message(|_, message: &MessageCreate| {
            addresses.lock().unwrap().push(std::ptr::from_ref(message).addr());
            Ok(journal.add("read"))
        });
    }
    bot.during(|| {
        ann.says(&general, "hello");
        journal.wait_for_count(2, "read");
        Ok(())
    })
    .unwrap();
    let addresses = addresses.into_inner().unwrap();
    assert_eq!(addresses[0], addresses[1], "both handlers see the same value");
}
