//! Who did it: the entries of the audit log that belong to events.

use std::time::Duration;

use serde_json::json;
use syncord::bot::AuditedEvent;
use syncord::events::{
    ChannelUpdate, GuildAuditLogEntryCreate, GuildBanAdd, GuildMemberRemove, GuildMemberUpdate,
    MessageDelete, MessageDeleteBulk,
};
use syncord::id::{ChannelId, UserId};
use syncord::rest::GetGuildAuditLog;
use syncord::sim::{Channel, Discord, Member};
use syncord::tree::command;
use syncord::{Bot, Error};

use crate::scene::{Journal, TIMEOUT, bot, discord};

/// Ann, who owns the guild, another member, a channel, and the channel to which a bot writes what it has found.
struct Scene {
    discord: Discord,
    ann: Member,
    bob: Member,
    general: Channel,
    log: Channel,
}

impl Scene {
    fn new() -> Scene {
        let discord = discord().start().unwrap();
        let (ann, bob) = (discord.member("ann"), discord.member("bob"));
        discord.set_owner(&ann);
        let (general, log) = (discord.channel("general"), discord.channel("log"));
        Scene { discord, ann, bob, general, log }
    }

    fn bot(&self) -> Bot<'_> {
        let mut bot = bot(&self.discord);
        bot.waits_for::<GuildAuditLogEntryCreate>();
        bot
    }

    /// Adds a handler that writes who caused each event of a type.
    fn logs<E: AuditedEvent>(&self, bot: &mut Bot<'_>) {
        let log = self.log.id();
        bot.on(move |cx, event: &E| {
            let event = event.clone();
            Ok(cx.spawn(move |task| {
                let entry = task.audit_entry_for(&event, TIMEOUT)?.expect("an entry");
                let keys: Vec<_> = entry.changes.iter().map(|change| change.key.as_str()).collect();
                let user = entry.user_id.expect("a user");
                task.send(log, format!("{} {user} {keys:?} {:?}", E::NAME, entry.reason))?;
                Ok(())
            })?)
        });
    }

    fn expect(&self, text: &str) {
        assert_eq!(
            self.log.next_message().unwrap().content,
            text.replace("<ann>", &self.ann.id().to_string())
        );
    }
}

#[test]
fn a_task_finds_who_kicked_banned_and_changed_a_member_or_a_channel() {
    let scene = Scene::new();
    let (guild, cid) = (scene.discord.guild_id(), scene.discord.member("cid"));
    let mut bot = scene.bot();
    scene.logs::<GuildMemberUpdate>(&mut bot);
    scene.logs::<ChannelUpdate>(&mut bot);
    scene.logs::<GuildBanAdd>(&mut bot);
    bot.during(|| {
        let (ann, bob) = (&scene.ann, &scene.bob);
        ann.times_out(guild, bob, Duration::from_secs(60))?;
        scene.expect("GUILD_MEMBER_UPDATE <ann> [\"communication_disabled_until\"] None");
        ann.requests("PATCH", &format!("guilds/{guild}/members/{}", bob.id()), json!({"nick": "Bo"}))?;
        scene.expect("GUILD_MEMBER_UPDATE <ann> [\"nick\"] None");
        ann.requests("PATCH", &format!("channels/{}", scene.general.id()), json!({"topic": "Tides"}))?;
        scene.expect("CHANNEL_UPDATE <ann> [\"topic\"] None");
        ann.bans(guild, &cid)?;
        scene.expect("GUILD_BAN_ADD <ann> [] None");
        Ok(())
    })
    .unwrap();
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn who_leaves_without_being_kicked_has_no_entry() {
    let scene = Scene::new();
    let (guild, log) = (scene.discord.guild_id(), scene.log.id());
    let mut bot = scene.bot();
    bot.on(move |cx, left: &GuildMemberRemove| {
        let left = left.clone();
        Ok(cx.spawn(move |task| {
            let entry = task.audit_entry_for(&left, Duration::from_millis(100))?;
            task.send(log, format!("{} {}", left.user.username, entry.is_some()))?;
            Ok(())
        })?)
    });
    bot.during(|| {
        scene.bob.leaves(guild);
        scene.expect("bob false");
        Ok(())
    })
    .unwrap();
}

#[test]
fn a_deleted_message_has_the_entry_of_its_author_and_only_the_first_of_several() {
    let scene = Scene::new();
    let (log, author) = (scene.log.id(), scene.bob.id());
    let mut bot = scene.bot();
    bot.on(move |cx, deleted: &MessageDelete| {
        let deleted = deleted.clone();
        Ok(cx.spawn(move |task| {
            let entry = task.audit_entry_for_message(&deleted, author, Duration::from_secs(2))?;
            let who = entry.and_then(|entry| entry.user_id).map_or("?".to_owned(), |user| user.to_string());
            task.send(log, format!("deleted by {who}"))?;
            Ok(())
        })?)
    });
    bot.on(move |cx, deleted: &MessageDeleteBulk| {
        let deleted = deleted.clone();
        Ok(cx.spawn(move |task| {
            let entry = task.audit_entry_for(&deleted, TIMEOUT)?.expect("an entry");
            let count = entry.options.and_then(|options| options.count);
            task.send(log, format!("{count:?} deleted by {}", entry.user_id.expect("a user")))?;
            Ok(())
        })?)
    });
    bot.during(|| {
        let (ann, bob, general) = (&scene.ann, &scene.bob, &scene.general);
        let [first, own, second, third, fourth] =
            ["1", "2", "3", "4", "5"].map(|text| bob.says(general, text));
        ann.deletes(first);
        scene.expect("deleted by <ann>");
        bob.deletes(own);
        scene.expect("deleted by ?");
        ann.deletes(second);
        scene.expect("deleted by ?");
        let log = scene.discord.rest().guild_audit_log(scene.discord.guild_id(), &GetGuildAuditLog::new())?;
        let counts = log.audit_log_entries[0].options.as_ref().and_then(|options| options.count.clone());
        assert_eq!(counts.as_deref(), Some("2"));
        let path = format!("channels/{}/messages/bulk-delete", general.id());
        ann.requests("POST", &path, json!({"messages": [third, fourth]}))?;
        scene.expect("Some(\"2\") deleted by <ann>");
        Ok(())
    })
    .unwrap();
}

#[test]
fn entries_are_declared_and_the_bots_own_thread_does_not_wait_for_them() {
    let journal = Journal::default();
    let deleted = |channel: ChannelId| -> MessageDelete {
        serde_json::from_value(json!({"id": "1", "channel_id": channel, "guild_id": "1"})).unwrap()
    };
    for declares in [false, true] {
        let scene = Scene::new();
        let mut bot = if declares { scene.bot() } else { bot(&scene.discord) };
        bot.on_ready(|cx, _| {
            for timeout in [Duration::ZERO, TIMEOUT] {
                let event = deleted(scene.general.id());
                match cx.audit_entry_for_message(&event, UserId::new(7), timeout) {
                    Err(Error::Setup { problem }) => journal.add(problem),
                    other => journal.add(format!("{other:?}")),
                }
            }
            Ok(cx.stop())
        });
        bot.run().unwrap();
    }
    let lines = journal.lines();
    assert!(
        lines[..2].iter().all(|line| line.contains(".waits_for::<GuildAuditLogEntryCreate>()")),
        "{lines:?}"
    );
    assert_eq!(lines[2], "Ok(None)");
    assert!(lines[3].contains("cannot wait to find an entry of the audit log"), "{lines:?}");
}

#[test]
fn the_declaration_of_a_node_requests_the_intent_and_turns_the_search_on() {
    let scene = Scene::new();
    let mut bot = bot(&scene.discord);
    let find = command("find", "Finds an entry").waits_for::<GuildAuditLogEntryCreate>().run(|cx| {
        let event: GuildBanAdd =
            serde_json::from_value(json!({"guild_id": "1", "user": {"id": "7", "username": "x"}}))?;
        let found = cx.audit_entry_for(&event, Duration::ZERO)?;
        cx.reply(format!("{}", found.is_some()))
    });
    bot.command(find);
    bot.during(|| {
        assert_eq!(scene.ann.uses(&scene.general, "/find")?.reply()?.content, "false");
        Ok(())
    })
    .unwrap();
    let log = scene.discord.log();
    let identify = log.send_events().iter().find(|event| event["op"] == 2).cloned().unwrap();
    assert_eq!(identify["d"]["intents"].as_u64().map(|bits| bits & 4), Some(4), "GUILD_MODERATION");
}
