//! A moderation bot: warnings, timeouts, bans and purges, with a history in a file, and a log that says who did it.
//!
//! `cargo run --example moderation_bot`. Type `:as bob`, `buy my rope`, `:as you`, and then `/log channel:#general`,
//! `/warn who:@bob reason:spam`, `/mute who:@bob time:10m reason:again`, `/history who:@bob` or `/purge count:5 by:@bob`.
//!
//! The history is a text file with a line for each case, which is enough for a few servers. A database would have the same
//! place: a value that is given with `bot.provide`.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use syncord::model::Timestamp;
use syncord::model::permissions::GuildMember;
use syncord::prelude::*;
use syncord::rest::{CreateGuildBan, ModifyGuildMember};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A line of the file.
#[derive(Clone, Deserialize, Serialize)]
enum Line {
    Case { guild: GuildId, user: UserId, by: UserId, action: String, reason: String, at: Timestamp },
    LogChannel(GuildId, ChannelId),
}

/// The file, and what it contains.
struct History(Mutex<(File, Vec<Line>)>);

impl History {
    fn open(path: &str) -> syncord::Result<History> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let lines = fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        Ok(History(Mutex::new((file, lines))))
    }

    fn add(&self, line: Line) -> syncord::Result {
        let (file, lines) = &mut *self.0.lock().expect("no thread panicked");
        writeln!(file, "{}", serde_json::to_string(&line)?)?;
        lines.push(line);
        Ok(())
    }

    /// The cases of a member, as lines of a list.
    fn of(&self, wanted: (GuildId, UserId)) -> Vec<String> {
        let (_, lines) = &*self.0.lock().expect("no thread panicked");
        let cases = lines.iter().filter_map(|line| match line {
            Line::Case { guild, user, by, action, reason, at } if (*guild, *user) == wanted => {
                let seconds = at.unix_millis().unwrap_or(0) / 1000;
                Some(format!("<t:{seconds}:d> **{action}** by <@{by}>: {reason}"))
            }
            _ => None,
        });
        cases.collect()
    }

    fn log_channel(&self, wanted: GuildId) -> Option<ChannelId> {
        self.0.lock().expect("no thread panicked").1.iter().rev().find_map(|line| match line {
            Line::LogChannel(guild, channel) if *guild == wanted => Some(*channel),
            _ => None,
        })
    }
}

/// Refuses to act on oneself, on the owner, and on members whose highest role is not below the moderator's.
fn check_rank(cx: &CommandContext, who: &Member) -> syncord::Result {
    let place = cx.guild()?;
    let guild = cx.find_guild(place.id)?;
    let of = |member: &Member| GuildMember::new(Arc::clone(&guild), member.clone(), SystemTime::now());
    if !of(place.member).can_act_on(&of(who)) {
        return Err(Refusal::new(format!("You cannot moderate {}.", who.display_name())).into());
    }
    Ok(())
}

/// Records a case, and replies.
fn record(cx: &CommandContext, who: &Member, action: &str, reason: &str) -> syncord::Result {
    cx.get::<History>()?.add(Line::Case {
        guild: cx.guild()?.id,
        user: who.user.id,
        by: cx.user().id,
        action: action.to_owned(),
        reason: reason.to_owned(),
        at: SystemTime::now().into(),
    })?;
    cx.reply(format!("{}: {action} ({reason})", who.display_name()))
}

fn moderation() -> Tree<'static> {
    let reason = || string().max_length(400);
    Tree::new("moderation")
        .guild_only()
        .requires(Permissions::MODERATE_MEMBERS)
        .add(
            command("warn", "Warns a member")
                .option("who", "The member", member())
                .option("reason", "Why", reason())
                .run(|cx, who, reason| {
                    check_rank(cx, &who)?;
                    record(cx, &who, "warned", &reason)
                }),
        )
        .add(
            command("mute", "Gives a member a timeout")
                .option("who", "The member", member())
                .option("time", "How long: 10m, 2h, 7d", duration(Duration::from_secs(60)..=28 * DAY))
                .option("reason", "Why", reason())
                .run(|cx, who, time, reason| {
                    check_rank(cx, &who)?;
                    let timeout =
                        ModifyGuildMember::new().communication_disabled_until(SystemTime::now() + time);
                    cx.rest().reason(&reason).modify_guild_member(cx.guild()?.id, who.user.id, &timeout)?;
                    record(cx, &who, &format!("muted for {} min", time.as_secs() / 60), &reason)
                }),
        )
        .add(
            command("ban", "Bans a member, and deletes the messages of the last day")
                .requires(Permissions::BAN_MEMBERS)
                .option("who", "The member", member())
                .option("reason", "Why", reason())
                .run(|cx, who, reason| {
                    check_rank(cx, &who)?;
                    let ban = CreateGuildBan::new().delete_message_seconds(DAY);
                    cx.rest().reason(&reason).create_guild_ban(cx.guild()?.id, who.user.id, &ban)?;
                    record(cx, &who, "banned", &reason)
                }),
        )
        .add(
            command("purge", "Deletes the newest messages of this channel")
                .requires(Permissions::MANAGE_MESSAGES)
                .option("count", "How many", integer(1..=200))
                .option("by", "Only those of this user", user().optional())
                .ephemeral()
                .run(|cx, count, by| {
                    let purge = cx.rest().purge(cx.channel()?).limit(count as usize);
                    let purged = by.iter().fold(purge, |purge, user| purge.by(user.id)).run()?;
                    cx.reply(format!("{} messages are deleted.", purged.deleted()))
                }),
        )
        .add(
            command("history", "Shows the cases of a member")
                .option("who", "The member", user())
                .waits_for::<InteractionCreate>()
                .run(|cx, who| {
                    let cases = cx.get::<History>()?.of((cx.guild()?.id, who.id));
                    if cases.is_empty() {
                        return cx.reply(format!("{} has a clean record.", who.username));
                    }
                    let pages: Vec<String> = cases.chunks(10).map(|ten| ten.join("\n")).collect();
                    Ok(cx.spawn(move |task| Ok(task.pages(Prompt::default(), pages)?))?)
                }),
        )
        .add(
            command("log", "Chooses the channel of the log").option("channel", "The channel", channel()).run(
                |cx, channel| {
                    cx.get::<History>()?.add(Line::LogChannel(cx.guild()?.id, channel.id))?;
                    cx.reply(format!("The log is in <#{}>.", channel.id))
                },
            ),
        )
}

/// Writes into the log what happened, and who did it if the audit log says so.
fn log<E: AuditedEvent>(cx: &Context, guild: GuildId, event: &E, what: String) -> syncord::Result {
    let Some(channel) = cx.get::<History>()?.log_channel(guild) else { return Ok(()) };
    let event = event.clone();
    Ok(cx.spawn(move |task| {
        let entry = task.audit_entry_for(&event, Duration::from_secs(2))?;
        let reason = entry.as_ref().and_then(|entry| entry.reason.as_deref()).unwrap_or("no reason");
        let by = entry.as_ref().and_then(|entry| Some(format!(" by <@{}> ({reason})", entry.user_id?)));
        task.send(channel, what + &by.unwrap_or_default())?;
        Ok(())
    })?)
}

fn main() -> syncord::Result {
    let path = std::env::var("MODERATION_FILE").unwrap_or_else(|_| "moderation.jsonl".to_owned());
    let mut bot = Bot::from_env_or_playground()?;
    bot.provide(History::open(&path)?).mount(moderation());
    bot.waits_for::<GuildAuditLogEntryCreate>(); // for `audit_entry_for`
    bot.on(|cx, it: &GuildBanAdd| log(cx, it.guild_id, it, format!("🔨 {} was banned", it.user.username)));
    bot.on(|cx, it: &GuildMemberRemove| log(cx, it.guild_id, it, format!("👋 {} left", it.user.username)));
    bot.on(|cx, it: &MessageDeleteBulk| {
        let what = format!("🧹 {} messages were deleted", it.ids.len());
        it.guild_id.map_or(Ok(()), |guild| log(cx, guild, it, what))
    });
    bot.run()?;
    Ok(())
}
