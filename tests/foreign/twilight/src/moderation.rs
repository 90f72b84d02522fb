//! Moderation and its log.

use serde_json::json;
use twilight_gateway::Event;
use twilight_model::guild::audit_log::{AuditLogEntry, AuditLogEventType};
use twilight_model::guild::auto_moderation::AutoModerationEventType;
use twilight_model::id::Id;
use twilight_model::id::marker::UserMarker;
use twilight_model::util::Timestamp;

use crate::bot::{Bot, Fallible};
use crate::talk::{Outcome, check, feature};

pub async fn try_all(bot: &mut Bot) {
    feature("moderation", moderation(bot)).await;
    feature("audit log", audit_log(bot)).await;
    feature("auto moderation", auto_moderation(bot)).await;
}

/// A member who comes and says something.
async fn newcomer(bot: &mut Bot, name: &str) -> Fallible<Id<UserMarker>> {
    Ok(bot.message_after(json!({"does": "says", "name": name, "text": "hi"})).await?.author.id)
}

async fn moderation(bot: &mut Bot) -> Outcome {
    let (http, bob) = (bot.http.clone(), bot.member("bob")?);
    let until = Timestamp::from_secs(i64::try_from(
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs() + 3600,
    )?)?;
    http.update_guild_member(bot.guild, bob).communication_disabled_until(Some(until)).await?;
    let end = bot.wait(|event| match event {
        Event::MemberUpdate(update) if update.user.id == bob => update.communication_disabled_until,
        _ => None,
    });
    check(end.await? == until, "the timeout")?;
    http.update_guild_member(bot.guild, bob).communication_disabled_until(None).await?;
    let carl = newcomer(bot, "carl").await?;
    http.remove_guild_member(bot.guild, carl).await?;
    bot.wait(|event| matches!(event, Event::MemberRemove(gone) if gone.user.id == carl).then_some(()))
        .await?;
    let dave = newcomer(bot, "dave").await?;
    http.create_ban(bot.guild, dave).delete_message_seconds(60).await?;
    bot.wait(|event| matches!(event, Event::BanAdd(_)).then_some(())).await?;
    check(http.ban(bot.guild, dave).await?.model().await?.user.id == dave, "banned")?;
    check(http.bans(bot.guild).await?.model().await?.len() == 1, "bans")?;
    http.delete_ban(bot.guild, dave).await?;
    bot.wait(|event| matches!(event, Event::BanRemove(_)).then_some(())).await?;
    Ok(())
}

async fn audit_log(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    // The log has no entry of a single message that a bot deletes.
    let first = bot.message_after(json!({"does": "says", "text": "bad"})).await?;
    let second = bot.message_after(json!({"does": "says", "text": "worse"})).await?;
    http.delete_messages(general, &[first.id, second.id]).await?;
    let entry = bot.wait(|event| match event {
        Event::GuildAuditLogEntryCreate(entry) => Some(AuditLogEntry::clone(entry)),
        _ => None,
    });
    let entry = entry.await?;
    check(entry.action_type == AuditLogEventType::MessageBulkDelete, &entry)?;
    check(entry.options.is_some_and(|options| options.count.is_some()), "the options")?;
    http.create_invite(general).max_uses(2).await?;
    let entry = bot.wait(|event| match event {
        Event::GuildAuditLogEntryCreate(entry) => Some(AuditLogEntry::clone(entry)),
        _ => None,
    });
    let entry = entry.await?;
    check(entry.action_type == AuditLogEventType::InviteCreate && !entry.changes.is_empty(), &entry)?;
    let log = http.audit_log(bot.guild).limit(50).await?.model().await?;
    check(log.entries.len() > 5 && log.entries.iter().all(|one| one.user_id == Some(bot.me)), &log.entries)
}

async fn auto_moderation(bot: &mut Bot) -> Outcome {
    let http = bot.http.clone();
    let create = http.create_auto_moderation_rule(bot.guild, "words", AutoModerationEventType::MessageSend);
    let create = create.action_block_message_with_explanation("no").enabled(true);
    let rule = create.with_keyword(&["bilge"], &[], &[]).await?.model().await?;
    check(rule.trigger_metadata.keyword_filter == Some(vec!["bilge".to_owned()]), &rule)?;
    bot.wait(|event| matches!(event, Event::AutoModerationRuleCreate(_)).then_some(())).await?;
    http.delete_auto_moderation_rule(bot.guild, rule.id).await?;
    Ok(())
}
