//! Moderation and its log.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use serenity::all::audit_log::Action;
use serenity::all::{
    AutomodEventType, CreateInvite, EditAutoModRule, EditMember, Event, InviteAction, MessageAction,
    Timestamp, UserId,
};
use serenity::model::guild::automod;

use crate::bot::{Bot, Fallible};
use crate::talk::{Outcome, check, feature};

pub async fn try_all(bot: &mut Bot) {
    feature("moderation", moderation(bot)).await;
    feature("audit log", audit_log(bot)).await;
    feature("auto moderation", auto_moderation(bot)).await;
}

/// A member who comes and says something.
async fn newcomer(bot: &mut Bot, name: &str) -> Fallible<UserId> {
    Ok(bot.message_after(json!({"does": "says", "name": name, "text": "hi"})).await?.author.id)
}

async fn moderation(bot: &mut Bot) -> Outcome {
    let (context, guild, bob) = (bot.context.clone(), bot.guild, bot.member("bob")?);
    let end = SystemTime::now() + Duration::from_secs(3600);
    let until = Timestamp::from_unix_timestamp(i64::try_from(end.duration_since(UNIX_EPOCH)?.as_secs())?)?;
    guild.edit_member(&context, bob, EditMember::new().disable_communication_until_datetime(until)).await?;
    let end = bot.wait(|event| match event {
        Event::GuildMemberUpdate(update) if update.user.id == bob => update.communication_disabled_until,
        _ => None,
    });
    check(end.await? == until, "the timeout")?;
    guild.edit_member(&context, bob, EditMember::new().enable_communication()).await?;
    let carl = newcomer(bot, "carl").await?;
    guild.kick_with_reason(&context, carl, "loud").await?;
    bot.wait(|event| matches!(event, Event::GuildMemberRemove(gone) if gone.user.id == carl).then_some(()))
        .await?;
    let dave = newcomer(bot, "dave").await?;
    guild.ban_with_reason(&context, dave, 1, "louder").await?;
    bot.wait(|event| matches!(event, Event::GuildBanAdd(_)).then_some(())).await?;
    let ban = guild.get_ban(&context, dave).await?.ok_or("no ban")?;
    check(ban.reason.as_deref() == Some("louder"), &ban)?;
    check(guild.bans(&context, None, None).await?.len() == 1, "bans")?;
    guild.unban(&context, dave).await?;
    bot.wait(|event| matches!(event, Event::GuildBanRemove(_)).then_some(())).await
}

async fn audit_log(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    // The log has no entry of a single message that a bot deletes.
    let first = bot.message_after(json!({"does": "says", "text": "bad"})).await?;
    let second = bot.message_after(json!({"does": "says", "text": "worse"})).await?;
    general.delete_messages(&context, [first.id, second.id]).await?;
    let new_entry = |event: &Event| match event {
        Event::GuildAuditLogEntryCreate(created) => Some(created.entry.clone()),
        _ => None,
    };
    let entry = bot.wait(new_entry).await?;
    check(matches!(entry.action, Action::Message(MessageAction::BulkDelete)), &entry)?;
    check(entry.options.is_some_and(|options| options.count.is_some()), "the options")?;
    general.create_invite(&context, CreateInvite::new().max_uses(2)).await?;
    let entry = bot.wait(new_entry).await?;
    check(matches!(entry.action, Action::Invite(InviteAction::Create)) && entry.changes.is_some(), &entry)?;
    let log = bot.guild.audit_logs(&context, None, None, None, Some(50)).await?;
    check(log.entries.len() > 5 && log.entries.iter().all(|one| one.user_id == bot.me), &log.entries)
}

async fn auto_moderation(bot: &mut Bot) -> Outcome {
    let (context, guild) = (bot.context.clone(), bot.guild);
    let strings = vec!["bilge".to_owned()];
    let trigger = automod::Trigger::Keyword { strings, regex_patterns: Vec::new(), allow_list: Vec::new() };
    let create = EditAutoModRule::new()
        .name("words")
        .event_type(AutomodEventType::MessageSend)
        .trigger(trigger.clone())
        .actions(vec![automod::Action::BlockMessage { custom_message: Some("no".into()) }])
        .enabled(true);
    let rule = guild.create_automod_rule(&context, create).await?;
    check(rule.trigger == trigger, &rule)?;
    bot.wait(|event| matches!(event, Event::AutoModRuleCreate(_)).then_some(())).await?;
    guild.delete_automod_rule(&context, rule.id).await?;
    Ok(())
}
