//! Roles, members, channels and what else a guild has.

use serde_json::json;
use twilight_gateway::Event;
use twilight_http::request::channel::reaction::RequestReactionType;
use twilight_model::channel::ChannelType;
use twilight_model::channel::message::EmojiReactionType;
use twilight_model::gateway::payload::outgoing::RequestGuildMembers;
use twilight_model::guild::Permissions;
use twilight_model::guild::scheduled_event::PrivacyLevel;
use twilight_model::http::permission_overwrite::{PermissionOverwrite, PermissionOverwriteType};
use twilight_model::util::Timestamp;

use crate::bot::Bot;
use crate::talk::{Absent, Outcome, PNG, check, feature};

/// A picture of one pixel as data.
const PNG_DATA: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

pub async fn try_all(bot: &mut Bot) {
    feature("roles", roles(bot)).await;
    feature("members", members(bot)).await;
    feature("channels", channels(bot)).await;
    feature("permission overwrites", overwrites(bot)).await;
    feature("invites", invites(bot)).await;
    feature("webhooks", webhooks(bot)).await;
    feature("emojis and stickers", emojis_and_stickers(bot)).await;
    feature("scheduled events", scheduled_events(bot)).await;
    feature("voice states", voice_states(bot)).await;
    feature("stages and soundboard", stages(bot)).await;
}

async fn roles(bot: &mut Bot) -> Outcome {
    let (http, bob) = (bot.http.clone(), bot.member("bob")?);
    let create =
        http.create_role(bot.guild).name("crew").color(0x33_66_ff).permissions(Permissions::MANAGE_MESSAGES);
    let role = create.await?.model().await?;
    check((role.name.as_str(), role.colors.primary_color) == ("crew", 0x33_66_ff), &role)?;
    check(role.permissions == Permissions::MANAGE_MESSAGES, &role)?;
    bot.wait(|event| matches!(event, Event::RoleCreate(created) if created.role.id == role.id).then_some(()))
        .await?;
    http.add_guild_member_role(bot.guild, bob, role.id).await?;
    let update = bot.wait(|event| match event {
        Event::MemberUpdate(update) if update.user.id == bob => Some(update.roles.clone()),
        _ => None,
    });
    check(update.await? == [role.id], "given")?;
    http.update_role(bot.guild, role.id).name(Some("deckhands")).hoist(true).await?;
    bot.wait(|event| matches!(event, Event::RoleUpdate(_)).then_some(())).await?;
    check(bot.cache.role(role.id).is_some_and(|role| role.name == "deckhands"), "renamed")?;
    http.remove_guild_member_role(bot.guild, bob, role.id).await?;
    http.delete_role(bot.guild, role.id).await?;
    bot.wait(|event| matches!(event, Event::RoleDelete(_)).then_some(())).await?;
    check(bot.cache.role(role.id).is_none(), "deleted")
}

async fn members(bot: &mut Bot) -> Outcome {
    let (http, bob) = (bot.http.clone(), bot.member("bob")?);
    let requests = [
        RequestGuildMembers::builder(bot.guild).query("an", Some(5)),
        RequestGuildMembers::builder(bot.guild).user_id(bob),
        RequestGuildMembers::builder(bot.guild).presences(true).query("", None),
    ];
    for (request, expected) in requests.iter().zip([1, 1, 3]) {
        bot.gateway.command(request)?;
        let found = bot.wait(|event| match event {
            Event::MemberChunk(chunk) => Some(chunk.members.len()),
            _ => None,
        });
        let found = found.await?;
        check(found == expected, (found, expected))?;
    }
    check(http.guild_member(bot.guild, bob).await?.model().await?.user.name == "bob", "fetched")?;
    let changed = http.update_guild_member(bot.guild, bob).nick(Some("bobby")).await?.model().await?;
    check(changed.nick.as_deref() == Some("bobby"), &changed)?;
    let all = http.guild_members(bot.guild).limit(10).await?.model().await?;
    check(all.iter().filter(|one| one.user.name == "ann").count() == 1, &all)
}

async fn channels(bot: &mut Bot) -> Outcome {
    let http = bot.http.clone();
    let create = http.create_guild_channel(bot.guild, "harbour").kind(ChannelType::GuildCategory);
    let category = create.await?.model().await?;
    let create = http.create_guild_channel(bot.guild, "Some Name").parent_id(category.id).topic("ropes");
    let text = create.rate_limit_per_user(5).await?.model().await?;
    check(text.name.as_deref() == Some("some-name") && text.parent_id == Some(category.id), &text)?;
    check(text.topic.as_deref() == Some("ropes") && text.rate_limit_per_user == Some(5), &text)?;
    let create = http.create_guild_channel(bot.guild, "deck").kind(ChannelType::GuildVoice).user_limit(3);
    let voice = create.await?.model().await?;
    check(voice.user_limit == Some(3) && voice.bitrate == Some(64_000), &voice)?;
    http.update_channel(text.id).topic("knots").await?;
    let topic = bot.wait(|event| match event {
        Event::ChannelUpdate(update) => update.topic.clone(),
        _ => None,
    });
    check(topic.await? == "knots", "changed")?;
    http.delete_channel(category.id).await?;
    bot.wait(|event| match event {
        Event::ChannelUpdate(update) if update.id == text.id && update.parent_id.is_none() => Some(()),
        _ => None,
    })
    .await?;
    http.delete_channel(text.id).await?;
    bot.wait(|event| matches!(event, Event::ChannelDelete(gone) if gone.id == text.id).then_some(())).await?;
    check(bot.cache.channel(text.id).is_none(), "deleted")
}

async fn overwrites(bot: &mut Bot) -> Outcome {
    let (http, general, bob) = (bot.http.clone(), bot.general()?, bot.member("bob")?);
    let overwrite = PermissionOverwrite {
        allow: None,
        deny: Some(Permissions::SEND_MESSAGES),
        id: bob.cast(),
        kind: PermissionOverwriteType::Member,
    };
    http.update_channel_permission(general, &overwrite).await?;
    bot.wait(|event| matches!(event, Event::ChannelUpdate(_)).then_some(())).await?;
    let allowed = bot.cache.permissions().in_channel(bob, general)?;
    check(!allowed.contains(Permissions::SEND_MESSAGES), allowed)?;
    http.delete_channel_permission(general).member(bob).await?;
    bot.wait(|event| matches!(event, Event::ChannelUpdate(_)).then_some(())).await?;
    let allowed = bot.cache.permissions().in_channel(bob, general)?;
    check(allowed.contains(Permissions::SEND_MESSAGES), allowed)
}

async fn invites(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let invite = http.create_invite(general).max_age(60).await?.model().await?;
    let event = bot.wait(|event| match event {
        Event::InviteCreate(created) => Some((created.code.clone(), created.max_age)),
        _ => None,
    });
    check(event.await? == (invite.code.clone(), 60), "the event")?;
    let fetched = http.invite(&invite.code).with_counts().await?.model().await?;
    check(fetched.guild.is_some_and(|guild| guild.id == bot.guild), "fetched")?;
    http.delete_invite(&invite.code).await?;
    bot.wait(|event| matches!(event, Event::InviteDelete(_)).then_some(())).await?;
    Ok(())
}

async fn webhooks(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let hook = http.create_webhook(general, "herald").await?.model().await?;
    bot.wait(|event| matches!(event, Event::WebhooksUpdate(_)).then_some(())).await?;
    let token = hook.token.clone().ok_or("no token")?;
    let execute = http.execute_webhook(hook.id, &token).content("hear").username("crier").wait();
    let message = execute.await?.model().await?;
    check((message.content.as_str(), message.author.name.as_str()) == ("hear", "crier"), &message)?;
    check(message.webhook_id == Some(hook.id), &message)?;
    let edit = http.update_webhook_message(hook.id, &token, message.id).content(Some("hear ye"));
    check(edit.await?.model().await?.content == "hear ye", "edited")?;
    let all = http.channel_webhooks(general).await?.model().await?;
    check(all.iter().map(|one| one.id).eq([hook.id]), &all)?;
    http.delete_webhook_message(hook.id, &token, message.id).await?;
    http.delete_webhook(hook.id).await?;
    Ok(())
}

async fn emojis_and_stickers(bot: &mut Bot) -> Outcome {
    let http = bot.http.clone();
    let emoji = http.create_emoji(bot.guild, "anchor", PNG_DATA).await?.model().await?;
    bot.wait(|event| matches!(event, Event::GuildEmojisUpdate(_)).then_some(())).await?;
    check(bot.cache.emoji(emoji.id).is_some_and(|one| one.name() == "anchor"), "in the cache")?;
    let message = bot.say("x").await?;
    let reaction = RequestReactionType::Custom { id: emoji.id, name: Some("anchor") };
    http.create_reaction(message.channel_id, message.id, &reaction).await?;
    let fetched = http.message(message.channel_id, message.id).await?.model().await?;
    let is_own =
        matches!(&fetched.reactions[0].emoji, EmojiReactionType::Custom { id, .. } if *id == emoji.id);
    check(is_own, &fetched.reactions)?;
    let sticker =
        http.create_guild_sticker(bot.guild, "wave", "hi", "wave, hello", PNG).await?.model().await?;
    check((sticker.name.as_str(), sticker.tags.as_str()) == ("wave", "wave, hello"), &sticker)?;
    let sent = http.create_message(message.channel_id).sticker_ids(&[sticker.id]).await?.model().await?;
    check(sent.sticker_items.iter().map(|one| one.id).eq([sticker.id]), &sent.sticker_items)
}

async fn scheduled_events(bot: &mut Bot) -> Outcome {
    let (start, end) = (Timestamp::from_secs(4_933_000_000)?, Timestamp::from_secs(4_933_007_200)?);
    let create = bot.http.create_guild_scheduled_event(bot.guild, PrivacyLevel::GuildOnly);
    let event = create.external("regatta", "pier", &start, &end).await?.model().await?;
    check(event.name == "regatta" && event.scheduled_start_time == start, &event)?;
    bot.wait(|event| matches!(event, Event::GuildScheduledEventCreate(_)).then_some(())).await?;
    bot.http.delete_guild_scheduled_event(bot.guild, event.id).await?;
    bot.wait(|event| matches!(event, Event::GuildScheduledEventDelete(_)).then_some(())).await?;
    Ok(())
}

async fn voice_states(bot: &mut Bot) -> Outcome {
    let (voice, ann) = (bot.channel("deck")?, bot.member("ann")?);
    let joins = json!({"does": "joins voice", "name": "bob", "voice": voice.to_string()});
    let state = |event: &Event| match event {
        Event::VoiceStateUpdate(state) => Some((state.channel_id, state.mute, state.user_id)),
        _ => None,
    };
    let (channel, _, bob) = bot.after(joins, state).await?;
    check(channel == Some(voice) && bob != ann, channel)?;
    check(bot.cache.voice_channel_states(voice).is_some(), "in the cache")?;
    bot.http.update_guild_member(bot.guild, bob).mute(true).await?;
    check(bot.wait(state).await?.1, "muted")?;
    bot.http.update_guild_member(bot.guild, bob).channel_id(None).await?;
    check(bot.wait(state).await?.0.is_none(), "disconnected")
}

/// The library has no soundboard.
async fn stages(bot: &mut Bot) -> Outcome {
    let http = bot.http.clone();
    let create = http.create_guild_channel(bot.guild, "talks").kind(ChannelType::GuildStageVoice);
    let stage = create.await?.model().await?;
    http.create_stage_instance(stage.id, "knots").await?;
    let instance = http.stage_instance(stage.id).await?.model().await?;
    check(instance.topic == "knots", &instance)?;
    http.update_stage_instance(stage.id).topic("ropes").await?;
    http.delete_stage_instance(stage.id).await?;
    Err(Absent.into())
}
