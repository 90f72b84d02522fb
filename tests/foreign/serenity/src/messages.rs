//! Messages and what belongs to them.

use std::time::Duration;

use serde_json::json;
use serenity::all::{
    AutoArchiveDuration, ChannelType, CreateAttachment, CreateChannel, CreateEmbed, CreateEmbedFooter,
    CreateForumPost, CreateMessage, CreatePoll, CreatePollAnswer, CreateThread, EditAttachments, EditMessage,
    EditThread, Event, ForumTag, ForumTagId, GetMessages, MessageId, MessageReference, MessageReferenceKind,
    MessageType, PollMediaEmoji, ReactionType, Timestamp,
};

use crate::bot::Bot;
use crate::talk::{Outcome, PNG, check, download, feature};

pub async fn try_all(bot: &mut Bot) {
    feature("application info", application_info(bot)).await;
    feature("cache", cache(bot)).await;
    feature("messages", messages(bot)).await;
    feature("events of messages of people", events_of_people(bot)).await;
    feature("mentions", mentions(bot)).await;
    feature("direct messages", direct_messages(bot)).await;
    feature("embeds", embeds(bot)).await;
    feature("files", files(bot)).await;
    feature("pictures", pictures(bot)).await;
    feature("reactions", reactions(bot)).await;
    feature("pins", pins(bot)).await;
    feature("threads", threads(bot)).await;
    feature("forums", forums(bot)).await;
    feature("polls", polls(bot)).await;
    feature("forwards", forwards(bot)).await;
    feature("errors", errors(bot)).await;
}

async fn application_info(bot: &mut Bot) -> Outcome {
    let info = bot.context.http.get_current_application_info().await?;
    check(
        info.id.get() == bot.me.get() && info.owner.as_ref().is_some_and(|owner| owner.name == "ann"),
        &info,
    )
}

async fn cache(bot: &mut Bot) -> Outcome {
    let (general, me) = (bot.general()?, bot.me);
    let guild = bot.context.cache.guild(bot.guild).ok_or("no guild")?;
    check((guild.name.as_str(), guild.member_count) == ("Playground", 3), &guild.name)?;
    check(guild.members.values().any(|member| member.user.name == "ann"), &guild.members)?;
    let permissions = guild.user_permissions_in(&guild.channels[&general], &guild.members[&me]);
    check(permissions.manage_guild(), permissions)
}

async fn messages(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    let mut message = bot.say("one").await?;
    check((message.content.as_str(), message.author.id) == ("one", bot.me), &message)?;
    message.edit(&context, EditMessage::new().content("two")).await?;
    check(message.content == "two" && message.edited_timestamp.is_some(), &message)?;
    let update = bot.wait(|event| match event {
        Event::MessageUpdate(update) => update.content.clone(),
        _ => None,
    });
    check(update.await? == "two", "the event")?;
    check(context.http.get_message(general, message.id).await?.content == "two", "fetched")?;
    let reply = message.reply(&context, "three").await?;
    check(reply.kind == MessageType::InlineReply && reply.referenced_message.is_some(), &reply)?;
    let history = general.messages(&context, GetMessages::new().limit(2)).await?;
    check(history.iter().map(|one| one.id).eq([reply.id, message.id]), &history)?;
    general.broadcast_typing(&context).await?;
    general.delete_messages(&context, [message.id, reply.id]).await?;
    let gone = bot.wait(|event| match event {
        Event::MessageDeleteBulk(gone) => Some(gone.ids.len()),
        _ => None,
    });
    check(gone.await? == 2, "deleted")
}

async fn events_of_people(bot: &mut Bot) -> Outcome {
    let message = bot.message_after(json!({"does": "says", "text": "hello"})).await?;
    check((message.content.as_str(), message.author.name.as_str()) == ("hello", "ann"), &message)?;
    check(message.member.is_some() && message.guild_id == Some(bot.guild), &message)?;
    let id = message.id.to_string();
    let edited = bot.after(json!({"does": "edits", "message": id, "text": "bye"}), |event| match event {
        Event::MessageUpdate(update) => update.content.clone(),
        _ => None,
    });
    check(edited.await? == "bye", "edited")?;
    let typing = bot.after(json!({"does": "types"}), |event| match event {
        Event::TypingStart(typing) => typing.member.as_ref().map(|member| member.user.name.clone()),
        _ => None,
    });
    check(typing.await? == "ann", "typing")?;
    let deleted = bot.after(json!({"does": "deletes", "message": id}), |event| match event {
        Event::MessageDelete(deleted) => Some(deleted.message_id),
        _ => None,
    });
    check(deleted.await? == message.id, "deleted")
}

async fn mentions(bot: &mut Bot) -> Outcome {
    let ann = bot.member("ann")?;
    let message = bot.say(&format!("hello <@{ann}>")).await?;
    check(message.mentions.iter().map(|one| one.name.as_str()).eq(["ann"]), &message.mentions)?;
    let text = format!("<@{}>", bot.me);
    let from_ann = bot.message_after(json!({"does": "says", "text": text})).await?;
    check(from_ann.mentions_user_id(bot.me), &from_ann.mentions)
}

async fn direct_messages(bot: &mut Bot) -> Outcome {
    let dm = bot.member("ann")?.create_dm_channel(&bot.context).await?;
    check(dm.kind == ChannelType::Private && dm.recipient.name == "ann", &dm)?;
    dm.say(&bot.context, "psst").await?;
    let answer = bot.message_after(json!({"does": "says", "channel": "dm", "text": "yes?"})).await?;
    check(answer.guild_id.is_none() && answer.channel_id == dm.id, &answer)
}

async fn embeds(bot: &mut Bot) -> Outcome {
    let at = Timestamp::from_unix_timestamp(1_777_713_277)?;
    let embed = CreateEmbed::new()
        .title("map")
        .description("of the harbour")
        .color(0x33_66_ff)
        .field("depth", "3", true)
        .footer(CreateEmbedFooter::new("north"))
        .timestamp(at);
    let message = bot.send(CreateMessage::new().embed(embed)).await?;
    let got = &message.embeds[0];
    check(got.title.as_deref() == Some("map") && got.colour.is_some_and(|one| one.0 == 0x33_66_ff), got)?;
    check(got.timestamp == Some(at) && got.fields[0].inline, got)?;
    check(got.footer.as_ref().is_some_and(|one| one.text == "north"), got)
}

async fn files(bot: &mut Bot) -> Outcome {
    let file = CreateAttachment::bytes(b"a map".to_vec(), "map.txt").description("of the harbour");
    let mut message = bot.send(CreateMessage::new().content("here").add_file(file)).await?;
    let one = message.attachments[0].clone();
    check((one.filename.as_str(), one.size) == ("map.txt", 5), &one)?;
    check(one.description.as_deref() == Some("of the harbour"), &one)?;
    check(one.content_type.as_ref().is_some_and(|kind| kind.starts_with("text/plain")), &one)?;
    check(one.download().await? == b"a map", "the content")?;
    let from_ann = bot.message_after(json!({"does": "says", "text": "", "file": "chart.txt"})).await?;
    check(download(&from_ann.attachments[0].url)? == b"a map of the harbour", "the content of ann's file")?;
    let second = CreateAttachment::bytes(b"b".to_vec(), "b.txt");
    let attachments = EditAttachments::keep_all(&message).add(second);
    message.edit(&bot.context, EditMessage::new().attachments(attachments)).await?;
    let names = message.attachments.iter().map(|one| one.filename.as_str());
    check(names.eq(["map.txt", "b.txt"]), &message.attachments)
}

async fn pictures(bot: &mut Bot) -> Outcome {
    let embed = CreateEmbed::new().title("map").attachment("map.png");
    let file = CreateAttachment::bytes(PNG.to_vec(), "map.png");
    let message = bot.send(CreateMessage::new().embed(embed).add_file(file)).await?;
    let image = message.embeds[0].image.as_ref().ok_or("no image")?;
    check(image.url.starts_with("http") && (image.width, image.height) == (Some(1), Some(1)), image)
}

async fn reactions(bot: &mut Bot) -> Outcome {
    let context = bot.context.clone();
    let message = bot.say("vote").await?;
    let [anchor, ship] = ["⚓", "🚢"].map(|emoji| ReactionType::Unicode(emoji.to_owned()));
    message.react(&context, anchor.clone()).await?;
    let action = |does: &str| json!({"does": does, "message": message.id.to_string(), "emoji": "⚓"});
    let ann = bot.member("ann")?;
    bot.after(action("reacts"), |event| match event {
        Event::ReactionAdd(added) if added.reaction.user_id == Some(ann) => added.reaction.member.clone(),
        _ => None,
    })
    .await?;
    let users = message.reaction_users(&context, anchor.clone(), None, None).await?;
    check(users.len() == 2, &users)?;
    bot.after(action("unreacts"), |event| matches!(event, Event::ReactionRemove(_)).then_some(())).await?;
    message.react(&context, ship.clone()).await?;
    let fetched = context.http.get_message(message.channel_id, message.id).await?;
    let kinds = fetched.reactions.iter().map(|one| one.reaction_type.clone());
    check(kinds.eq([anchor.clone(), ship]) && fetched.reactions[0].me, &fetched.reactions)?;
    message.delete_reaction_emoji(&context, anchor).await?;
    message.delete_reactions(&context).await?;
    bot.wait(|event| matches!(event, Event::ReactionRemoveAll(_)).then_some(())).await
}

async fn pins(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    let message = bot.say("keep").await?;
    message.pin(&context).await?;
    let notice = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.message.kind == MessageType::PinsAdd => {
            one.message.message_reference.clone()
        }
        _ => None,
    });
    check(notice.await?.message_id == Some(message.id), "the notice")?;
    let pins = general.pins(&context).await?;
    check(pins.iter().map(|one| one.id).eq([message.id]), &pins)?;
    bot.forget();
    message.unpin(&context).await?;
    bot.wait(|event| matches!(event, Event::ChannelPinsUpdate(_)).then_some(())).await
}

async fn threads(bot: &mut Bot) -> Outcome {
    let (context, general) = (bot.context.clone(), bot.general()?);
    let message = bot.say("topic").await?;
    let create = CreateThread::new("talk").auto_archive_duration(AutoArchiveDuration::OneHour);
    let thread = general.create_thread_from_message(&context, message.id, create).await?;
    check(thread.name == "talk" && thread.parent_id == Some(general), &thread)?;
    bot.wait(|event| matches!(event, Event::ThreadCreate(_)).then_some(())).await?;
    check(thread.id.say(&context, "in it").await?.channel_id == thread.id, "in it")?;
    thread.id.add_thread_member(&context, bot.member("ann")?).await?;
    let members = thread.id.get_thread_members(&context).await?;
    check(members.len() == 2, &members)?;
    let changed = thread.id.edit_thread(&context, EditThread::new().archived(true).locked(true)).await?;
    check(changed.thread_metadata.is_some_and(|data| data.archived && data.locked), "archived")?;
    thread.id.edit_thread(&context, EditThread::new().archived(false)).await?;
    bot.wait(|event| matches!(event, Event::ThreadMemberUpdate(_)).then_some(())).await?;
    thread.id.delete(&context).await?;
    bot.wait(|event| matches!(event, Event::ThreadDelete(gone) if gone.thread.id == thread.id).then_some(()))
        .await?;
    general.create_thread(&context, CreateThread::new("public").kind(ChannelType::PublicThread)).await?;
    let notice = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.message.kind == MessageType::ThreadCreated => {
            Some(one.message.content.clone())
        }
        _ => None,
    });
    check(notice.await? == "public", "the notice")
}

async fn forums(bot: &mut Bot) -> Outcome {
    let tag: ForumTag =
        serde_json::from_value(json!({"id": ForumTagId::new(1), "name": "new", "moderated": false,
        "emoji_id": null, "emoji_name": "⚓"}))?;
    let create = CreateChannel::new("ideas").kind(ChannelType::Forum).available_tags([tag]);
    let forum = bot.guild.create_channel(&bot.context, create).await?;
    check(forum.available_tags.len() == 1 && forum.available_tags[0].name == "new", &forum.available_tags)?;
    let create = CreateForumPost::new("a pier", CreateMessage::new().content("a longer one"));
    let create = create.add_applied_tag(forum.available_tags[0].id);
    let post = forum.id.create_forum_post(&bot.context, create).await?;
    check(post.applied_tags == [forum.available_tags[0].id], &post)?;
    let first = bot.context.http.get_message(post.id, MessageId::new(post.id.get())).await?;
    check(first.content == "a longer one", first)
}

async fn polls(bot: &mut Bot) -> Outcome {
    let north = CreatePollAnswer::new().text("north").emoji(PollMediaEmoji::Name("🧭".into()));
    let poll = CreatePoll::new()
        .question("Where?")
        .answers(vec![north, CreatePollAnswer::new().text("south")])
        .duration(Duration::from_secs(7200))
        .allow_multiselect();
    let message = bot.send(CreateMessage::new().poll(poll)).await?;
    let got = message.poll.as_ref().ok_or("no poll")?;
    let answers = got.answers.iter().map(|answer| answer.poll_media.text.as_deref().unwrap_or_default());
    check(answers.eq(["north", "south"]) && got.allow_multiselect, got)?;
    message.end_poll(&bot.context).await?;
    let result = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.message.kind == MessageType::Unknown(46) => {
            one.message.message_reference.clone()
        }
        _ => None,
    });
    check(result.await?.message_id == Some(message.id), "the result")
}

async fn forwards(bot: &mut Bot) -> Outcome {
    let message = bot.say("news").await?;
    let reference =
        MessageReference::new(MessageReferenceKind::Forward, message.channel_id).message_id(message.id);
    let forwarded = bot.send(CreateMessage::new().reference_message(reference)).await?;
    check(forwarded.message_snapshots[0].content == "news", &forwarded.message_snapshots)?;
    check(
        forwarded.message_reference.is_some_and(|one| one.kind == MessageReferenceKind::Forward),
        "the reference",
    )
}

async fn errors(bot: &mut Bot) -> Outcome {
    let general = bot.general()?;
    let code = |error: serenity::Error| match error {
        serenity::Error::Http(serenity::http::HttpError::UnsuccessfulRequest(response)) => {
            response.error.code
        }
        _ => 0,
    };
    let unknown = bot.context.http.get_message(general, MessageId::new(1)).await.err().ok_or("no error")?;
    check(code(unknown) == 10008, "unknown")?;
    let empty = general.send_message(&bot.context, CreateMessage::new()).await.err().ok_or("no error")?;
    check(code(empty) == 50006, "empty")
}
