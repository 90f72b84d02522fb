//! Messages and what belongs to them.

use serde_json::json;
use twilight_gateway::Event;
use twilight_http::request::channel::reaction::RequestReactionType;
use twilight_model::channel::message::{EmojiReactionType, MessageFlags, MessageReferenceType, MessageType};
use twilight_model::channel::{ChannelType, forum::ForumTag};
use twilight_model::http::attachment::Attachment;
use twilight_model::id::Id;
use twilight_model::util::Timestamp;
use twilight_util::builder::embed::{EmbedBuilder, EmbedFieldBuilder, EmbedFooterBuilder, ImageSource};

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
    let info = bot.http.current_user_application().await?.model().await?;
    check(info.id == bot.app && info.owner.as_ref().is_some_and(|owner| owner.name == "ann"), &info)
}

async fn cache(bot: &mut Bot) -> Outcome {
    let guild = bot.cache.guild(bot.guild).ok_or("no guild")?;
    check((guild.name(), guild.member_count()) == ("Playground", Some(3)), guild.name())?;
    check(bot.member("ann").is_ok(), "ann")?;
    let permissions = bot.cache.permissions().in_channel(bot.me, bot.general()?)?;
    check(permissions.contains(twilight_model::guild::Permissions::MANAGE_GUILD), permissions)
}

async fn messages(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let message = bot.say("one").await?;
    check((message.content.as_str(), message.author.id) == ("one", bot.me), &message)?;
    let edited = http.update_message(general, message.id).content(Some("two")).await?.model().await?;
    check(edited.content == "two" && edited.edited_timestamp.is_some(), &edited)?;
    let update = bot.wait(|event| match event {
        Event::MessageUpdate(update) => Some(update.content.clone()),
        _ => None,
    });
    check(update.await? == "two", "the event")?;
    let fetched = http.message(general, message.id).await?.model().await?;
    check(fetched.content == "two", &fetched)?;
    let reply = http.create_message(general).content("three").reply(message.id).await?.model().await?;
    check(reply.kind == MessageType::Reply && reply.referenced_message.is_some(), &reply)?;
    let history = http.channel_messages(general).limit(2).await?.model().await?;
    check(history.iter().map(|one| one.id).eq([reply.id, message.id]), &history)?;
    http.create_typing_trigger(general).await?;
    http.delete_messages(general, &[message.id, reply.id]).await?;
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
        Event::MessageUpdate(update) => Some(update.content.clone()),
        _ => None,
    });
    check(edited.await? == "bye", "edited")?;
    let typing = bot.after(json!({"does": "types"}), |event| match event {
        Event::TypingStart(typing) => typing.member.as_ref().map(|member| member.user.name.clone()),
        _ => None,
    });
    check(typing.await? == "ann", "typing")?;
    let deleted = bot.after(json!({"does": "deletes", "message": id}), |event| match event {
        Event::MessageDelete(deleted) => Some(deleted.id),
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
    check(from_ann.mentions.iter().any(|one| one.id == bot.me), &from_ann.mentions)
}

async fn direct_messages(bot: &mut Bot) -> Outcome {
    let dm = bot.http.create_private_channel(bot.member("ann")?).await?.model().await?;
    check(dm.kind == ChannelType::Private && dm.recipients.is_some_and(|all| all.len() == 1), dm.kind)?;
    bot.http.create_message(dm.id).content("psst").await?;
    let answer = bot.message_after(json!({"does": "says", "channel": "dm", "text": "yes?"})).await?;
    check(answer.guild_id.is_none() && answer.channel_id == dm.id, &answer)
}

async fn embeds(bot: &mut Bot) -> Outcome {
    let at = Timestamp::from_secs(1_777_713_277)?;
    let embed = EmbedBuilder::new()
        .title("map")
        .description("of the harbour")
        .color(0x33_66_ff)
        .field(EmbedFieldBuilder::new("depth", "3").inline())
        .footer(EmbedFooterBuilder::new("north"))
        .timestamp(at)
        .build();
    let message =
        bot.http.create_message(bot.general()?).embeds(std::slice::from_ref(&embed)).await?.model().await?;
    let got = &message.embeds[0];
    check((&got.title, &got.color, got.timestamp) == (&embed.title, &embed.color, Some(at)), got)?;
    check(got.fields[0].inline && got.footer.as_ref().is_some_and(|one| one.text == "north"), got)
}

async fn files(bot: &mut Bot) -> Outcome {
    let mut file = Attachment::from_bytes("map.txt".into(), b"a map".to_vec(), 1);
    file.description("of the harbour".into());
    let general = bot.general()?;
    let message = bot.http.create_message(general).attachments(&[file]).await?.model().await?;
    let one = &message.attachments[0];
    check((one.filename.as_str(), one.size) == ("map.txt", 5), one)?;
    check(one.description.as_deref() == Some("of the harbour"), one)?;
    check(one.content_type.as_ref().is_some_and(|kind| kind.starts_with("text/plain")), one)?;
    check(download(&one.url)? == b"a map", "the content")?;
    let from_ann = bot.message_after(json!({"does": "says", "text": "", "file": "chart.txt"})).await?;
    check(download(&from_ann.attachments[0].url)? == b"a map of the harbour", "the content of ann's file")?;
    let second = Attachment::from_bytes("b.txt".into(), b"b".to_vec(), 2);
    let (kept, added) = ([one.id], [second]);
    let edit = bot.http.update_message(general, message.id).keep_attachment_ids(&kept);
    let edited = edit.attachments(&added).await?.model().await?;
    let names = edited.attachments.iter().map(|one| one.filename.as_str());
    check(names.eq(["map.txt", "b.txt"]), &edited.attachments)
}

async fn pictures(bot: &mut Bot) -> Outcome {
    let embed = EmbedBuilder::new().title("map").image(ImageSource::attachment("map.png")?).build();
    let file = Attachment::from_bytes("map.png".into(), PNG.to_vec(), 1);
    let message =
        bot.http.create_message(bot.general()?).embeds(&[embed]).attachments(&[file]).await?.model().await?;
    let image = message.embeds[0].image.as_ref().ok_or("no image")?;
    check(image.url.starts_with("http") && (image.width, image.height) == (Some(1), Some(1)), image)
}

async fn reactions(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let message = bot.say("vote").await?;
    let (anchor, ship) =
        (RequestReactionType::Unicode { name: "⚓" }, RequestReactionType::Unicode { name: "🚢" });
    http.create_reaction(general, message.id, &anchor).await?;
    let action = |does: &str| json!({"does": does, "message": message.id.to_string(), "emoji": "⚓"});
    let ann = bot.member("ann")?;
    bot.after(action("reacts"), |event| match event {
        Event::ReactionAdd(added) if added.user_id == ann => added.member.clone(),
        _ => None,
    })
    .await?;
    let users = http.reactions(general, message.id, &anchor).await?.model().await?;
    check(users.len() == 2, &users)?;
    bot.after(action("unreacts"), |event| match event {
        Event::ReactionRemove(removed) => Some(removed.user_id),
        _ => None,
    })
    .await?;
    http.create_reaction(general, message.id, &ship).await?;
    let fetched = http.message(general, message.id).await?.model().await?;
    let names = fetched.reactions.iter().map(|one| match &one.emoji {
        EmojiReactionType::Unicode { name } => name.as_str(),
        EmojiReactionType::Custom { .. } => "",
    });
    check(names.eq(["⚓", "🚢"]) && fetched.reactions[0].me, &fetched.reactions)?;
    http.delete_all_reaction(general, message.id, &anchor).await?;
    http.delete_all_reactions(general, message.id).await?;
    bot.wait(|event| matches!(event, Event::ReactionRemoveAll(_)).then_some(())).await?;
    Ok(())
}

async fn pins(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let message = bot.say("keep").await?;
    http.create_pin(general, message.id).await?;
    let notice = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.kind == MessageType::ChannelMessagePinned => one.reference.clone(),
        _ => None,
    });
    check(notice.await?.message_id == Some(message.id), "the notice")?;
    let pins = http.pins(general).await?.model().await?;
    check(pins.items.iter().map(|one| one.message.id).eq([message.id]), &pins)?;
    bot.forget();
    http.delete_pin(general, message.id).await?;
    bot.wait(|event| matches!(event, Event::ChannelPinsUpdate(_)).then_some(())).await?;
    Ok(())
}

async fn threads(bot: &mut Bot) -> Outcome {
    let (http, general) = (bot.http.clone(), bot.general()?);
    let message = bot.say("topic").await?;
    let thread = http.create_thread_from_message(general, message.id, "talk").await?.model().await?;
    check(thread.name.as_deref() == Some("talk") && thread.parent_id == Some(general), &thread)?;
    bot.wait(|event| match event {
        Event::ThreadCreate(created) => created.newly_created,
        _ => None,
    })
    .await?;
    check(
        http.create_message(thread.id).content("in it").await?.model().await?.channel_id == thread.id,
        "in it",
    )?;
    http.add_thread_member(thread.id, bot.member("ann")?).await?;
    let members = http.thread_members(thread.id).await?.model().await?;
    check(members.len() == 2, &members)?;
    let changed = http.update_thread(thread.id).archived(true).locked(true).await?.model().await?;
    check(changed.thread_metadata.is_some_and(|data| data.archived && data.locked), "archived")?;
    http.update_thread(thread.id).archived(false).await?;
    bot.wait(|event| matches!(event, Event::ThreadMemberUpdate(_)).then_some(())).await?;
    http.delete_channel(thread.id).await?;
    bot.wait(|event| matches!(event, Event::ThreadDelete(gone) if gone.id == thread.id).then_some(()))
        .await?;
    http.create_thread(general, "public", ChannelType::PublicThread).await?;
    let notice = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.kind == MessageType::ThreadCreated => Some(one.content.clone()),
        _ => None,
    });
    check(notice.await? == "public", "the notice")
}

async fn forums(bot: &mut Bot) -> Outcome {
    let tag =
        ForumTag { emoji_id: None, emoji_name: None, id: Id::new(1), moderated: false, name: "new".into() };
    let http = bot.http.clone();
    let create = http.create_guild_channel(bot.guild, "ideas").kind(ChannelType::GuildForum);
    let forum = create.available_tags(&[tag]).await?.model().await?;
    let tags = forum.available_tags.clone().unwrap_or_default();
    check(tags.len() == 1 && tags[0].name == "new", &tags)?;
    let applied = [tags[0].id];
    let create = http.create_forum_thread(forum.id, "a pier").applied_tags(&applied).message();
    let post = create.content("a longer one").await?.model().await?;
    check(post.message.id.get() == post.channel.id.get(), &post.message)?;
    check(post.channel.applied_tags == Some(vec![tags[0].id]), &post.channel)
}

async fn polls(bot: &mut Bot) -> Outcome {
    let poll = json!({"question": {"text": "Where?"}, "allow_multiselect": true, "layout_type": 1, "expiry": null,
        "answers": [{"answer_id": 1, "poll_media": {"text": "north", "emoji": {"name": "🧭"}}},
            {"answer_id": 2, "poll_media": {"text": "south"}}]});
    let (http, general) = (bot.http.clone(), bot.general()?);
    let poll = serde_json::from_value(poll)?;
    let message = http.create_message(general).poll(&poll).await?.model().await?;
    let got = message.poll.ok_or("no poll")?;
    let answers = got.answers.iter().map(|answer| answer.poll_media.text.as_deref().unwrap_or_default());
    check(answers.eq(["north", "south"]) && got.allow_multiselect, &got)?;
    http.end_poll(general, message.id).await?;
    let result = bot.wait(|event| match event {
        Event::MessageCreate(one) if one.kind == MessageType::PollResult => one.reference.clone(),
        _ => None,
    });
    check(result.await?.message_id == Some(message.id), "the result")
}

async fn forwards(bot: &mut Bot) -> Outcome {
    let general = bot.general()?;
    let message = bot.say("news").await?;
    let forwarded = bot.http.create_message(general).forward(general, message.id).await?.model().await?;
    check(forwarded.message_snapshots[0].message.content == "news", &forwarded.message_snapshots)?;
    check(forwarded.reference.is_some_and(|one| one.kind == MessageReferenceType::Forward), "the reference")?;
    check(forwarded.flags.is_some_and(|flags| flags.contains(MessageFlags::HAS_SNAPSHOT)), forwarded.flags)
}

async fn errors(bot: &mut Bot) -> Outcome {
    let general = bot.general()?;
    let unknown = bot.http.message(general, Id::new(1)).await.err().ok_or("no error")?;
    let code = |error: &twilight_http::Error| match error.kind() {
        twilight_http::error::ErrorType::Response {
            error: twilight_http::api_error::ApiError::General(api),
            ..
        } => api.code,
        _ => 0,
    };
    check(code(&unknown) == 10008, &unknown)?;
    let empty = bot.http.create_message(general).content("").await.err().ok_or("no error")?;
    check(code(&empty) == 50006, &empty)?;
    Ok(())
}
