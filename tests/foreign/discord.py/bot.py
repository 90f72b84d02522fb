"""A bot of discord.py that uses one feature after the other. It prints what works, see ../src/main.rs."""

import asyncio
import io
import json
import os
import sys

import discord
import yarl
from discord import app_commands

import talk
from talk import check, feature, person

API = os.environ["API_URL"]
discord.http.Route.BASE = API
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["GATEWAY_URL"])

bot = discord.Client(intents=discord.Intents.all(), allowed_mentions=discord.AllowedMentions.all())
tree = app_commands.CommandTree(bot)


async def wait(event, matches=lambda *_: True):
    return await bot.wait_for(event, check=matches, timeout=8)


async def after(action, event, matches=lambda *_: True):
    """Asks for an action and returns the event that it causes."""
    waiting = asyncio.ensure_future(wait(event, matches))
    await asyncio.sleep(0)
    person(**action)
    return await waiting


async def caused(request, event, matches=lambda *_: True):
    """Sends a request. Returns its result and the event that it causes."""
    waiting = asyncio.ensure_future(wait(event, matches))
    await asyncio.sleep(0)
    result = await request
    return result, await waiting


def guild():
    return bot.guilds[0]


def general():
    return discord.utils.get(guild().text_channels, name="general")


def member(name):
    return discord.utils.get(guild().members, name=name)


@feature("login")
async def _():
    check(bot.user.name == "bot" and bot.user.bot, bot.user)
    check(bot.application_id == bot.user.id, bot.application_id)


@feature("application info")
async def _():
    info = await bot.application_info()
    check(info.owner.name == "ann", info.owner)


@feature("cache")
async def _():
    check(guild().name == "Playground", guild().name)
    check(general() is not None, "no channel")
    check({"ann", "bob", "bot"} <= {one.name for one in guild().members}, guild().members)
    check(guild().default_role.permissions.send_messages, guild().default_role.permissions)
    check(guild().owner in guild().members, guild().owner)


@feature("messages")
async def _():
    message = await after({"does": "says", "text": "hello"}, "message", lambda one: one.content == "hello")
    check(message.author == member("ann") and message.guild == guild(), message)
    reply, event = await caused(message.reply("hi"), "message", lambda one: one.content == "hi")
    check(event.reference.message_id == message.id and event.reference.resolved.content == "hello", event.reference)
    _, (before, now) = await caused(reply.edit(content="ho"), "message_edit")
    check((before.content, now.content) == ("hi", "ho") and now.edited_at, now)
    history = [one.content async for one in general().history(limit=2)]
    check(history == ["ho", "hello"], history)
    check((await general().fetch_message(reply.id)).content == "ho", "fetched")
    _, gone = await caused(reply.delete(), "message_delete")
    check(gone.id == reply.id, gone)
    others = [await general().send(str(number)) for number in range(3)]
    _, gone = await caused(general().delete_messages(others), "bulk_message_delete")
    check(len(gone) == 3, gone)


@feature("events of messages of people")
async def _():
    message = await after({"does": "says", "text": "one"}, "message")
    _, now = await after({"does": "edits", "message": str(message.id), "text": "two"}, "message_edit")
    check(now.content == "two", now.content)
    await after({"does": "deletes", "message": str(message.id)}, "message_delete")
    channel, user, _ = await after({"does": "types"}, "typing")
    check((channel, user.name) == (general(), "ann"), user)


@feature("mentions")
async def _():
    text = f"<@{member('bob').id}> and <@&{guild().id}> @everyone"
    message = await after({"does": "says", "text": text}, "message")
    check([user.name for user in message.mentions] == ["bob"] and message.mention_everyone, message.mentions)


@feature("direct messages")
async def _():
    message = await after({"does": "says", "channel": "dm", "text": "psst"}, "message")
    check(isinstance(message.channel, discord.DMChannel) and message.author.name == "ann", message.channel)
    answer = await member("bob").send("you too")
    check(answer.channel.recipient.name == "bob", answer.channel)


@feature("embeds")
async def _():
    embed = discord.Embed(title="Harbour", description="full", colour=0x123456, timestamp=discord.utils.utcnow())
    embed.add_field(name="ships", value="3").set_footer(text="north").set_author(name="ann")
    embed.set_image(url="https://example.com/map.png")
    message = await general().send(embed=embed)
    got = message.embeds[0]
    check((got.title, got.fields[0].value, got.colour.value, got.type) == ("Harbour", "3", 0x123456, "rich"), got)
    check(got.timestamp == embed.timestamp and got.footer.text == "north", got.timestamp)


@feature("files")
async def _():
    file = discord.File(io.BytesIO(b"a map"), "map.txt", description="of the harbour")
    message = await general().send("here", file=file)
    one = message.attachments[0]
    check((one.filename, one.size, one.description) == ("map.txt", 5, "of the harbour"), one)
    check(one.content_type and one.content_type.startswith("text/plain"), one.content_type)
    check(await one.read() == b"a map", "the content")
    is_by_other = lambda one: one.author != bot.user  # the bot's own may arrive only now
    from_ann = await after({"does": "says", "text": "", "file": "chart.txt"}, "message", is_by_other)
    check(await from_ann.attachments[0].read() == b"a map of the harbour", "the content of ann's file")
    edited = await message.edit(attachments=[one, discord.File(io.BytesIO(b"b"), "b.txt")])
    check([a.filename for a in edited.attachments] == ["map.txt", "b.txt"], edited.attachments)


@feature("pictures")
async def _():
    embed = discord.Embed(title="map").set_image(url="attachment://map.png")
    message = await general().send(embed=embed, file=discord.File(io.BytesIO(talk.PNG), "map.png"))
    image = message.embeds[0].image
    check(image.url.startswith("http") and (image.width, image.height) == (1, 1), image)


@feature("reactions")
async def _():
    message = await general().send("vote")
    await message.add_reaction("⚓")
    action = {"does": "reacts", "message": str(message.id), "emoji": "⚓"}
    reaction, user = await after(action, "reaction_add", lambda _, user: user.name == "ann")
    check((str(reaction.emoji), reaction.count, reaction.me) == ("⚓", 2, True), reaction)
    check({user.name async for user in reaction.users()} == {"ann", "bot"}, "users")
    await after({**action, "does": "unreacts"}, "reaction_remove")
    await message.add_reaction("🚢")
    fetched = await general().fetch_message(message.id)
    check([str(one.emoji) for one in fetched.reactions] == ["⚓", "🚢"], fetched.reactions)
    await message.clear_reaction("⚓")
    _, gone = await caused(message.clear_reactions(), "reaction_clear")
    check(gone[0].id == message.id, gone)


@feature("pins")
async def _():
    message = await general().send("keep")
    _, event = await caused(message.pin(), "message", lambda one: one.type is discord.MessageType.pins_add)
    check(event.reference.message_id == message.id, event.reference)
    pins = [one async for one in general().pins()]
    check([one.id for one in pins] == [message.id], pins)
    await caused(message.unpin(), "guild_channel_pins_update")


@feature("threads")
async def _():
    message = await general().send("topic")
    thread, _ = await caused(message.create_thread(name="talk"), "thread_create")
    check((thread.name, thread.parent) == ("talk", general()), thread)
    check((await thread.send("in it")).channel.id == thread.id, "a message in it")
    await thread.add_user(member("ann"))
    check({one.id for one in await thread.fetch_members()} == {bot.user.id, member("ann").id}, "members")
    _, (_, now) = await caused(thread.edit(archived=True, locked=True), "thread_update")
    check(now.archived and now.locked, now)
    await thread.edit(archived=False)
    _, gone = await caused(thread.delete(), "thread_delete")
    check(gone.id == thread.id, gone)
    created = asyncio.ensure_future(wait("message", lambda one: one.type is discord.MessageType.thread_created))
    await general().create_thread(name="public", type=discord.ChannelType.public_thread)
    check((await created).content == "public", "the system message")


@feature("forums")
async def _():
    forum = await guild().create_forum("ideas", available_tags=[discord.ForumTag(name="new")])
    check(forum.available_tags[0].name == "new", forum.available_tags)
    post = await forum.create_thread(name="a pier", content="a longer one", applied_tags=forum.available_tags)
    check(post.message.id == post.thread.id and post.message.content == "a longer one", post.message)
    check([tag.name for tag in post.thread.applied_tags] == ["new"], post.thread.applied_tags)


@feature("roles")
async def _():
    permissions = discord.Permissions(manage_messages=True)
    role, _ = await caused(guild().create_role(name="crew", colour=0x3366FF, permissions=permissions), "guild_role_create")
    check((role.name, role.colour.value, role.permissions) == ("crew", 0x3366FF, permissions), role)
    _, (_, now) = await caused(member("bob").add_roles(role), "member_update")
    check(role in now.roles, now.roles)
    await caused(role.edit(name="deckhands", hoist=True), "guild_role_update")
    check(guild().get_role(role.id).name == "deckhands", "renamed")
    await role.edit(position=1)
    await caused(member("bob").remove_roles(role), "member_update")
    await caused(role.delete(), "guild_role_delete")
    check(guild().get_role(role.id) is None, "deleted")


@feature("members")
async def _():
    found = await guild().query_members("an", limit=5)
    check([one.name for one in found] == ["ann"], found)
    check((await guild().query_members(user_ids=[member("bob").id]))[0].name == "bob", "by ID")
    check(len(await guild().chunk(cache=False)) >= 3, "all")
    check((await guild().fetch_member(member("bob").id)).name == "bob", "fetched")
    _, (_, now) = await caused(member("bob").edit(nick="bobby"), "member_update")
    check(now.display_name == "bobby", now)
    check([one.name for one in [m async for m in guild().fetch_members(limit=None)]].count("ann") == 1, "listed")


@feature("moderation")
async def _():
    until = discord.utils.utcnow() + __import__("datetime").timedelta(hours=1)
    _, (_, now) = await caused(member("bob").timeout(until, reason="loud"), "member_update")
    check(now.is_timed_out(), now)
    await member("bob").timeout(None)
    carl = (await after({"does": "says", "name": "carl", "text": "hi"}, "message")).author
    _, gone = await caused(carl.kick(reason="loud"), "member_remove")
    check(gone.name == "carl", gone)
    dave = (await after({"does": "says", "name": "dave", "text": "hi"}, "message")).author
    await caused(dave.ban(reason="louder"), "member_ban")
    check((await guild().fetch_ban(dave)).reason == "louder", "ban")
    check([one.user.name async for one in guild().bans()] == ["dave"], "bans")
    await caused(guild().unban(dave), "member_unban")


@feature("audit log")
async def _():
    # The log has no entry of a single message that a bot deletes.
    bad = [await after({"does": "says", "text": "bad"}, "message") for _ in range(2)]
    _, entry = await caused(general().delete_messages(bad), "audit_log_entry_create")
    check(entry.action is discord.AuditLogAction.message_bulk_delete and entry.extra.count == 2, entry)
    _, entry = await caused(general().create_invite(max_uses=2), "audit_log_entry_create")
    check(entry.action is discord.AuditLogAction.invite_create and entry.after.max_uses == 2, entry)
    entries = [one async for one in guild().audit_logs(limit=50)]
    check(len(entries) > 5 and all(one.user == guild().me for one in entries), entries)


@feature("channels")
async def _():
    category, _ = await caused(guild().create_category("harbour"), "guild_channel_create")
    text = await guild().create_text_channel("Some Name", category=category, topic="ropes", slowmode_delay=5)
    check((text.name, text.category, text.topic, text.slowmode_delay) == ("some-name", category, "ropes", 5), text)
    voice = await guild().create_voice_channel("deck", user_limit=3)
    check(voice.user_limit == 3 and voice.bitrate == 64000, voice)
    _, (_, now) = await caused(text.edit(topic="knots"), "guild_channel_update")
    check(now.topic == "knots", now)
    await caused(category.delete(), "guild_channel_update", lambda _, now: now.id == text.id and now.category_id is None)
    await caused(text.delete(), "guild_channel_delete")


@feature("permission overwrites")
async def _():
    bob = member("bob")
    await caused(general().set_permissions(bob, send_messages=False), "guild_channel_update")
    check(general().permissions_for(bob).send_messages is False, general().overwrites)
    await caused(general().set_permissions(bob, overwrite=None), "guild_channel_update")


@feature("invites")
async def _():
    invite, event = await caused(general().create_invite(max_age=60), "invite_create")
    check((event.code, event.max_age, invite.inviter.id) == (invite.code, 60, bot.user.id), event)
    check((await bot.fetch_invite(invite.code)).guild.id == guild().id, "fetched")
    await caused(invite.delete(), "invite_delete")


@feature("webhooks")
async def _():
    hook, _ = await caused(general().create_webhook(name="herald"), "webhooks_update")
    message = await hook.send("hear", username="crier", wait=True)
    check((message.content, message.author.name, message.webhook_id) == ("hear", "crier", hook.id), message)
    check((await message.edit(content="hear ye")).content == "hear ye", "edited")
    check([one.id for one in await general().webhooks()] == [hook.id], "listed")
    await message.delete()
    await hook.delete()


@feature("emojis and stickers")
async def _():
    emoji, _ = await caused(guild().create_custom_emoji(name="anchor", image=talk.PNG), "guild_emojis_update")
    check(guild().emojis[0].name == "anchor", guild().emojis)
    message = await general().send("x")
    await message.add_reaction(emoji)
    check((await general().fetch_message(message.id)).reactions[0].emoji.id == emoji.id, "reaction")
    file = discord.File(io.BytesIO(talk.PNG), "wave.png")
    sticker = await guild().create_sticker(name="wave", description="hi", emoji="👋", file=file)
    check(sticker.name == "wave" and sticker.emoji == "👋", sticker)
    sent = await general().send(stickers=[sticker])
    check(sent.stickers[0].id == sticker.id, sent.stickers)


@feature("scheduled events")
async def _():
    start = discord.utils.utcnow() + __import__("datetime").timedelta(days=1)
    create = guild().create_scheduled_event(
        name="regatta", start_time=start, end_time=start + __import__("datetime").timedelta(hours=2), location="pier",
        entity_type=discord.EntityType.external, privacy_level=discord.PrivacyLevel.guild_only)
    event, _ = await caused(create, "scheduled_event_create")
    check((event.name, event.location, event.start_time) == ("regatta", "pier", start), event)
    await caused(event.delete(), "scheduled_event_delete")


@feature("auto moderation")
async def _():
    create = guild().create_automod_rule(
        name="words", event_type=discord.AutoModRuleEventType.message_send, enabled=True,
        trigger=discord.AutoModTrigger(type=discord.AutoModRuleTriggerType.keyword, keyword_filter=["bilge"]),
        actions=[discord.AutoModRuleAction(custom_message="no")])
    rule, _ = await caused(create, "automod_rule_create")
    check(rule.trigger.keyword_filter == ["bilge"], rule.trigger)
    await rule.delete()


@feature("voice states")
async def _():
    voice = discord.utils.get(guild().voice_channels, name="deck")
    who, _, now = await after({"does": "joins voice", "voice": str(voice.id)}, "voice_state_update")
    check((who.name, now.channel, [one.name for one in voice.members]) == ("ann", voice, ["ann"]), now)
    _, (_, _, now) = await caused(who.edit(mute=True), "voice_state_update")
    check(now.mute, now)
    _, (_, _, now) = await caused(who.move_to(None), "voice_state_update")
    check(now.channel is None, now)


@feature("stages and soundboard")
async def _():
    stage = await guild().create_stage_channel("talks")
    instance = await stage.create_instance(topic="knots")
    check((await stage.fetch_instance()).topic == "knots", instance)
    await instance.edit(topic="ropes")
    await instance.delete()
    create = guild().create_soundboard_sound(name="horn", sound=talk.MP3)
    sound, _ = await caused(create, "soundboard_sound_create")
    check(guild().soundboard_sounds[0].name == "horn", sound)
    check((await bot.fetch_soundboard_default_sounds())[0].name == "quack", "default sounds")


@feature("polls")
async def _():
    poll = discord.Poll(question="Where?", duration=__import__("datetime").timedelta(hours=2), multiple=True)
    poll.add_answer(text="north", emoji="🧭").add_answer(text="south")
    message = await general().send(poll=poll)
    check([answer.text for answer in message.poll.answers] == ["north", "south"], message.poll)
    check(message.poll.question == "Where?" and message.poll.multiple, message.poll)
    _, event = await caused(message.end_poll(), "message", lambda one: one.type is discord.MessageType.poll_result)
    check(event.reference.message_id == message.id, event)


@feature("forwards")
async def _():
    message = await general().send("news")
    forwarded = await message.forward(general())
    check(forwarded.message_snapshots[0].content == "news", forwarded.message_snapshots)
    check(forwarded.reference.type is discord.MessageReferenceType.forward, forwarded.reference)


@feature("errors")
async def _():
    for request, kind, code in [(general().fetch_message(1), discord.NotFound, 10008),
                                (general().send(""), discord.HTTPException, 50006),
                                (general().send("x" * 2001), discord.HTTPException, 50035)]:
        try:
            await request
            check(False, f"no error {code}")
        except kind as error:
            check(error.code == code, error)


@feature("presence")
async def _():
    await bot.change_presence(status=discord.Status.idle, activity=discord.Game("with ropes"))


@feature("resume")
async def _():
    dropped = asyncio.ensure_future(wait("resumed"))
    missed = asyncio.ensure_future(wait("message", lambda one: one.content == "missed"))
    await asyncio.sleep(0)
    person(does="drops connections")
    person(does="says", text="missed")
    await dropped
    await missed
    person(does="resumes")


@feature("reconnect on request")
async def _():
    await after({"does": "asks to reconnect"}, "resumed")


@feature("rate limit")
async def _():
    person(does="limits", route="POST /channels/{channel_id}/messages", limit=2)
    await asyncio.sleep(0.2)
    channel = await guild().create_text_channel("busy")
    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(channel.send(str(number)) for number in range(7)))
    check(asyncio.get_running_loop().time() - start > 1.5, "no waiting")
    person(does="has no 429")
    person(does="limits", route="POST /channels/{channel_id}/messages", limit=1000)


@feature("compression")
async def _():
    person(does="has compressed connections")


@bot.event
async def on_ready():
    if not talk.started:
        talk.started = True
        await talk.run()
        await bot.close()


@bot.event
async def on_error(event, *_):
    talk.problems.append(f"{event}: {sys.exc_info()[1]!r}")


import interactions  # noqa: E402

interactions.add(bot, tree, after, caused, wait, general, guild, member)
bot.run(os.environ["TOKEN"], log_handler=None)
