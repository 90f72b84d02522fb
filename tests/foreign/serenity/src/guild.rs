//! Roles, members, channels and what else a guild has.

use serde_json::json;
use serenity::all::{
    ChannelType, ChunkGuildFilter, CreateAttachment, CreateChannel, CreateInvite, CreateMessage,
    CreateScheduledEvent, CreateSoundboard, CreateStageInstance, CreateSticker, CreateWebhook, EditChannel,
    EditMember, EditRole, EditStageInstance, EditWebhookMessage, Event, ExecuteWebhook, Invite,
    PermissionOverwrite, PermissionOverwriteType, Permissions, ReactionType, ScheduledEventType, Timestamp,
};

use crate::bot::Bot;
use crate::talk::{Outcome, PNG, check, feature};

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
    let (context, guild, bob) = (bot.context.clone(), bot.guild, bot.member("bob")?);
    let create = EditRole::new().name("crew").colour(0x33_66_ff).permissions(Permissions::MANAGE_MESSAGES);
    let role = guild.create_role(&context, create).await?;
    check((role.name.as_str(), role.colour.0) == ("crew", 0x33_66_ff), &role)?;
    check(role.permissions == Permissions::MANAGE_MESSAGES, &role)?;
    bot.wait(|event| matches!(event, Event::GuildRoleCreate(_)).then_some(())).await?;
    guild.member(&context, bob).await?.add_role(&context, role.id).await?;
    let update = bot.wait(|event| match event {
        Event::GuildMemberUpdate(update) if update.user.id == bob => Some(update.roles.clone()),
        _ => None,
    });
    check(update.await? == [role.id], "given")?;
    guild.edit_role(&context, role.id, EditRole::new().name("deckhands").hoist(true)).await?;
    let named = |bot: &Bot| {
        let guild = bot.context.cache.guild(bot.guild);
        guild.is_some_and(|guild| guild.roles.get(&role.id).is_some_and(|role| role.name == "deckhands"))
    };
    bot.until("the new name", named).await?;
    guild.member(&context, bob).await?.remove_role(&context, role.id).await?;
    guild.delete_role(&context, role.id).await?;
    bot.wait(|event| matches!(event, Event::GuildRoleDelete(_)).then_some(())).await
}

async fn members(bot: &mut Bot) -> Outcome {
    let (context, guild, bob) = (bot.context.clone(), bot.guild, bot.member("bob")?);
    for (filter, limit, expected) in [
        (ChunkGuildFilter::Query("an".into()), Some(5), 1),
        (ChunkGuildFilter::UserIds(vec![bob]), None, 1),
        (ChunkGuildFilter::None, None, 3),
    ] {
        context.shard.chunk_guild(guild, limit, true, filter, Some("n".into()));
        let found = bot.wait(|event| match event {
            Event::GuildMembersChunk(chunk) => Some((chunk.members.len(), chunk.nonce.clone())),
            _ => None,
        });
        let found = found.await?;
        check(found == (expected, Some("n".to_owned())), (found, expected))?;
    }
    check(context.http.get_member(guild, bob).await?.user.name == "bob", "fetched")?;
    let changed = guild.edit_member(&context, bob, EditMember::new().nickname("bobby")).await?;
    check(changed.nick.as_deref() == Some("bobby"), &changed)?;
    let all = guild.members(&context, Some(10), None).await?;
    check(all.iter().filter(|one| one.user.name == "ann").count() == 1, &all)
}

async fn channels(bot: &mut Bot) -> Outcome {
    let (context, guild) = (bot.context.clone(), bot.guild);
    let category =
        guild.create_channel(&context, CreateChannel::new("harbour").kind(ChannelType::Category)).await?;
    let create = CreateChannel::new("Some Name").category(category.id).topic("ropes").rate_limit_per_user(5);
    let text = guild.create_channel(&context, create).await?;
    check(text.name == "some-name" && text.parent_id == Some(category.id), &text)?;
    check(text.topic.as_deref() == Some("ropes") && text.rate_limit_per_user == Some(5), &text)?;
    let create = CreateChannel::new("deck").kind(ChannelType::Voice).user_limit(3);
    let voice = guild.create_channel(&context, create).await?;
    check(voice.user_limit == Some(3) && voice.bitrate == Some(64_000), &voice)?;
    text.id.edit(&context, EditChannel::new().topic("knots")).await?;
    let topic = bot.wait(|event| match event {
        Event::ChannelUpdate(update) => update.channel.topic.clone(),
        _ => None,
    });
    check(topic.await? == "knots", "changed")?;
    category.id.delete(&context).await?;
    bot.wait(|event| match event {
        Event::ChannelUpdate(update)
            if update.channel.id == text.id && update.channel.parent_id.is_none() =>
        {
            Some(())
        }
        _ => None,
    })
    .await?;
    text.id.delete(&context).await?;
    bot.wait(|event| matches!(event, Event::ChannelDelete(gone) if gone.channel.id == text.id).then_some(()))
        .await?;
    bot.until("that the channel is gone", |bot| bot.channel("some-name").is_err()).await
}

async fn overwrites(bot: &mut Bot) -> Outcome {
    let (context, general, bob) = (bot.context.clone(), bot.general()?, bot.member("bob")?);
    let kind = PermissionOverwriteType::Member(bob);
    let overwrite =
        PermissionOverwrite { allow: Permissions::empty(), deny: Permissions::SEND_MESSAGES, kind };
    general.create_permission(&context, overwrite).await?;
    let may_send = |bot: &Bot| {
        let guild = bot.context.cache.guild(bot.guild);
        guild.is_some_and(|guild| {
            guild.user_permissions_in(&guild.channels[&general], &guild.members[&bob]).send_messages()
        })
    };
    bot.until("the overwrite", |bot| !may_send(bot)).await?;
    general.delete_permission(&context, kind).await?;
    bot.until("that the overwrite is gone", may_send).await
}

async fn invites(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    let invite = general.create_invite(&context, CreateInvite::new().max_age(60)).await?;
    let event = bot.wait(|event| match event {
        Event::InviteCreate(created) => Some((created.code.clone(), created.max_age)),
        _ => None,
    });
    check(event.await? == (invite.code.clone(), 60), "the event")?;
    let fetched = Invite::get(&context, &invite.code, true, false, None).await?;
    check(fetched.guild.is_some_and(|guild| guild.id == bot.guild), "fetched")?;
    invite.delete(&context).await?;
    bot.wait(|event| matches!(event, Event::InviteDelete(_)).then_some(())).await
}

async fn webhooks(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    let hook = general.create_webhook(&context, CreateWebhook::new("herald")).await?;
    bot.wait(|event| matches!(event, Event::WebhookUpdate(_)).then_some(())).await?;
    let execute = ExecuteWebhook::new().content("hear").username("crier");
    let message = hook.execute(&context, true, execute).await?.ok_or("no message")?;
    check((message.content.as_str(), message.author.name.as_str()) == ("hear", "crier"), &message)?;
    check(message.webhook_id == Some(hook.id), &message)?;
    let edited =
        hook.edit_message(&context, message.id, EditWebhookMessage::new().content("hear ye")).await?;
    check(edited.content == "hear ye", "edited")?;
    let all = general.webhooks(&context).await?;
    check(all.iter().map(|one| one.id).eq([hook.id]), &all)?;
    hook.delete_message(&context, None, message.id).await?;
    hook.delete(&context).await?;
    Ok(())
}

async fn emojis_and_stickers(bot: &mut Bot) -> Outcome {
    let (context, guild) = (bot.context.clone(), bot.guild);
    let picture = CreateAttachment::bytes(PNG.to_vec(), "anchor.png").to_base64();
    let emoji = guild.create_emoji(&context, "anchor", &picture).await?;
    bot.wait(|event| matches!(event, Event::GuildEmojisUpdate(_)).then_some(())).await?;
    let message = bot.say("x").await?;
    message.react(&context, emoji.clone()).await?;
    let fetched = context.http.get_message(message.channel_id, message.id).await?;
    let is_own =
        matches!(&fetched.reactions[0].reaction_type, ReactionType::Custom { id, .. } if *id == emoji.id);
    check(is_own, &fetched.reactions)?;
    let file = CreateAttachment::bytes(PNG.to_vec(), "wave.png");
    let create = CreateSticker::new("wave", file).description("hi").tags("👋");
    let sticker = guild.create_sticker(&context, create).await?;
    check((sticker.name.as_str(), sticker.tags.concat().as_str()) == ("wave", "👋"), &sticker)?;
    let sent = bot.send(CreateMessage::new().sticker_id(sticker.id)).await?;
    check(sent.sticker_items.iter().map(|one| one.id).eq([sticker.id]), &sent.sticker_items)
}

async fn scheduled_events(bot: &mut Bot) -> Outcome {
    let start = Timestamp::from_unix_timestamp(4_933_000_000)?;
    let create = CreateScheduledEvent::new(ScheduledEventType::External, "regatta", start);
    let create = create.location("pier").end_time(Timestamp::from_unix_timestamp(4_933_007_200)?);
    let event = bot.guild.create_scheduled_event(&bot.context, create).await?;
    check(event.name == "regatta" && event.start_time == start, &event)?;
    bot.wait(|event| matches!(event, Event::GuildScheduledEventCreate(_)).then_some(())).await?;
    bot.guild.delete_scheduled_event(&bot.context, event.id).await?;
    bot.wait(|event| matches!(event, Event::GuildScheduledEventDelete(_)).then_some(())).await
}

async fn voice_states(bot: &mut Bot) -> Outcome {
    let (context, guild) = (bot.context.clone(), bot.guild);
    let (voice, bob) = (bot.channel("deck")?, bot.member("bob")?);
    let state = |event: &Event| match event {
        Event::VoiceStateUpdate(update) => Some(update.voice_state.clone()),
        _ => None,
    };
    let joined =
        bot.after(json!({"does": "joins voice", "name": "bob", "voice": voice.to_string()}), state).await?;
    check((joined.channel_id, joined.user_id) == (Some(voice), bob), &joined)?;
    guild.edit_member(&context, bob, EditMember::new().mute(true)).await?;
    check(bot.wait(state).await?.mute, "muted")?;
    guild.disconnect_member(&context, bob).await?;
    check(bot.wait(state).await?.channel_id.is_none(), "disconnected")
}

async fn stages(bot: &mut Bot) -> Outcome {
    let (context, guild) = (bot.context.clone(), bot.guild);
    let stage = guild.create_channel(&context, CreateChannel::new("talks").kind(ChannelType::Stage)).await?;
    stage.id.create_stage_instance(&context, CreateStageInstance::new("knots")).await?;
    check(stage.id.get_stage_instance(&context).await?.topic == "knots", "the topic")?;
    stage.id.edit_stage_instance(&context, EditStageInstance::new().topic("ropes")).await?;
    stage.id.delete_stage_instance(&context).await?;
    let sound = CreateAttachment::bytes(b"ID3\x04\0\0\0\0\0\0".to_vec(), "horn.mp3");
    let sound = guild.create_soundboard(&context, CreateSoundboard::new("horn", &sound)).await?;
    check(sound.name == "horn", &sound)?;
    bot.wait(|event| matches!(event, Event::SoundboardSoundCreate(_)).then_some(())).await
}
