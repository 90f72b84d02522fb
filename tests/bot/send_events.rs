//! Events that handlers send to the gateway: within the limits, and to the right shard.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use syncord::Intents;
use syncord::events::{
    ChannelInfo, GuildMembersChunk, RateLimited, Ready, SoundboardSounds, VoiceServerUpdate, VoiceStateUpdate,
};
use syncord::gateway::send_event::{RequestMembers, SendEvent, UpdatePresence, UpdateVoiceState};
use syncord::id::{ChannelId, GuildId, UserId};
use syncord::model::ChannelType;
use syncord::rest::CreateGuildChannel;
use syncord::sim::Log;

use crate::scene::{Journal, Scene, bot, discord};

/// The events that were sent with one of these opcodes.
fn sent(log: &Log, ops: &[u64]) -> Vec<Value> {
    let of = |frame: &&Value| frame["op"].as_u64().is_some_and(|op| ops.contains(&op));
    log.send_events().iter().filter(of).cloned().collect()
}

#[test]
fn send_events_go_to_the_shard_of_the_guild() {
    let discord = discord().shards(2).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let guild = discord.guild_id();
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        let request = RequestMembers::users(guild, [ann.id()]).nonce("who");
        cx.request_members(&request)?;
        cx.update_voice_state(&UpdateVoiceState::join(guild, general.id()).self_deaf(true))?;
        assert!(cx.request_members(&RequestMembers::query(guild, "a", 1000)).is_err());
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "go");
        Ok(discord.wait_until("both send events", |discord| sent(&discord.log(), &[4, 8]).len() == 2)?)
    })
    .unwrap();
    let log = discord.log();
    assert_eq!(log.violations(), [""; 0]);
    let events = sent(&log, &[4, 8]);
    let (guild, ann) = (guild.to_string(), ann.id().to_string());
    assert_eq!(events[0]["d"], json!({"guild_id": guild, "user_ids": [ann], "nonce": "who"}));
    assert_eq!((&events[1]["op"], &events[1]["d"]["guild_id"]), (&json!(4), &json!(guild)));
}

#[test]
fn every_event_about_a_guild_goes_to_the_guilds_shard() {
    let discord = discord().shards(2).start().unwrap();
    let (journal, guild) = (Journal::default(), discord.guild_id());
    let home = (guild.get() >> 22) % 2;
    let mut bot = bot(&discord);
    bot.on::<Ready>(|cx, _| {
        if u64::from(cx.shard().index) != home {
            cx.request_soundboard_sounds([guild, GuildId::new(guild.get() + (1 << 22))])?;
            cx.request_channel_info(guild)?;
            let data = json!({"guild_id": guild.to_string(), "query": "nobody", "limit": 1});
            cx.send_event(SendEvent::raw(8, &data)?)?;
        }
        Ok(())
    });
    bot.on::<SoundboardSounds>(|cx, _| Ok(journal.add(format!("sounds {}", cx.shard().index))));
    bot.on::<ChannelInfo>(|cx, _| Ok(journal.add(format!("channels {}", cx.shard().index))));
    bot.on::<GuildMembersChunk>(|cx, _| Ok(journal.add(format!("members {}", cx.shard().index))));
    bot.during(|| {
        journal.wait_for("members");
        discord.wait_until("the other guild's shard", |discord| sent(&discord.log(), &[31]).len() == 2)?;
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["sounds", "channels", "members"].map(|name| format!("{name} {home}")));
    assert_eq!(discord.log().violations(), [""; 0]);
}

#[test]
fn requested_sounds_and_channel_infos_arrive() {
    let scene = Scene::new(discord());
    let (journal, guild) = (Journal::default(), scene.discord.guild_id());
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, _| {
        let deck = CreateGuildChannel::new("deck").kind(ChannelType::GUILD_VOICE);
        let deck = cx.rest().create_guild_channel(guild, &deck)?.id;
        cx.rest().set_voice_channel_status(deck, Some("lighthouse duty"))?;
        cx.request_soundboard_sounds([guild])?;
        cx.request_channel_info(guild).map_err(Into::into)
    });
    bot.on::<SoundboardSounds>(|_, sounds| {
        Ok(journal.add(format!(
            "{} sounds, here: {}",
            sounds.soundboard_sounds.len(),
            sounds.guild_id == guild
        )))
    });
    bot.on::<ChannelInfo>(|_, info| {
        let channel = info.channels.last().unwrap();
        Ok(journal.add(format!("{:?} since {:?}", channel.status, channel.voice_start_time)))
    });
    bot.during(|| {
        scene.says("go");
        journal.wait_for("Value");
        Ok(())
    })
    .unwrap();
    assert_eq!(journal.lines(), ["0 sounds, here: true", "Value(\"lighthouse duty\") since Null"]);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn a_bot_in_a_voice_channel_receives_its_server_and_the_states_of_others() {
    let scene = Scene::new(discord());
    let (journal, channel) = (Journal::default(), AtomicU64::new(0));
    let guild = scene.discord.guild_id();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        match &*message.content {
            "leave" => cx.update_voice_state(&UpdateVoiceState::leave(guild))?,
            _ => {
                let deck = CreateGuildChannel::new("deck").kind(ChannelType::GUILD_VOICE);
                let deck = cx.rest().create_guild_channel(guild, &deck)?.id;
                channel.store(deck.get(), Ordering::SeqCst);
                cx.update_voice_state(&UpdateVoiceState::join(guild, deck).self_mute(true))?;
            }
        }
        Ok(())
    });
    bot.on::<VoiceStateUpdate>(|cx, state| {
        let name = if state.user_id == cx.me().id { "I" } else { "ann" };
        let place = state.channel_id.map_or("nowhere", |_| "there");
        Ok(journal.add(format!("{name} {place}, muted: {}", state.self_mute)))
    });
    bot.on::<VoiceServerUpdate>(|_, server| Ok(journal.add(format!("to {:?}", server.endpoint))));
    bot.during(|| {
        scene.says("join");
        journal.wait_for("to");
        scene.ann.joins_voice(ChannelId::new(channel.load(Ordering::SeqCst)));
        scene.ann.leaves_voice();
        scene.says("leave");
        journal.wait_for("I nowhere");
        Ok(())
    })
    .unwrap();
    let expected = [
        "I there, muted: true",
        "to Some(\"voice.invalid:443\")",
        "ann there, muted: false",
        "ann nowhere, muted: false",
        "I nowhere, muted: false",
    ];
    assert_eq!(journal.lines(), expected);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn each_request_for_members_gets_its_own_chunks() {
    let scene = Scene::new(discord());
    let (ben, journal) = (scene.discord.member("benny"), Journal::default());
    let guild = scene.discord.guild_id();
    let mut bot = bot(&scene.discord);
    bot.add_intents(Intents::GUILD_MEMBERS);
    bot.on_message(|cx, _| {
        cx.request_members(&RequestMembers::all(guild).nonce("all"))?;
        // This request waits for half a minute and is not refused.
        cx.request_members(&RequestMembers::all(guild).nonce("late"))?;
        cx.request_members(&RequestMembers::query(guild, "BEN", 5).nonce("named"))?;
        let unknown = UserId::new(7);
        cx.request_members(&RequestMembers::users(guild, [ben.id(), unknown]).nonce("users"))
            .map_err(Into::into)
    });
    bot.on::<GuildMembersChunk>(|_, chunk| {
        let names: Vec<_> = chunk.members.iter().map(|member| &*member.user.username).collect();
        let nonce = chunk.nonce.as_deref().unwrap_or_default();
        journal.add(match nonce {
            "all" => format!("all: benny is {}", names.contains(&"benny")),
            nonce => format!("{nonce}: {names:?}, not found {:?}", chunk.not_found),
        });
        Ok(())
    });
    bot.on::<RateLimited>(|_, limited| Ok(journal.add(format!("{limited:?}"))));
    bot.during(|| {
        scene.says("go");
        journal.wait_for("users");
        Ok(())
    })
    .unwrap();
    let mut lines = journal.lines();
    // On a very busy machine the late request may have been sent.
    lines.retain(|line| !line.starts_with("late"));
    lines.sort();
    let users = r#"users: ["benny"], not found [UserId(7)]"#;
    assert_eq!(lines, ["all: benny is true", r#"named: ["benny"], not found []"#, users]);
}

#[test]
fn no_more_than_five_presences_are_sent_at_once() {
    let scene = Scene::new(discord());
    let journal = Journal::default();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.set_presence(&UpdatePresence::playing(&message.content))?;
            journal.add("set");
        }
        Ok(())
    });
    bot.during(|| {
        for n in 1..=12 {
            scene.says(&n.to_string());
            journal.wait_for_count(n, "set");
        }
        scene.says("last");
        journal.wait_for_count(13, "set");
        scene.wait_until("presences", |log| sent(log, &[3]).len() >= 4);
        Ok(())
    })
    .unwrap();
    // Of the later ones only the last is sent, and later.
    assert!(sent(&scene.log(), &[3]).len() <= 5);
}

#[test]
fn a_request_that_needs_an_undeclared_intent_is_an_error_that_says_what_to_write() {
    let scene = Scene::new(discord());
    let (journal, guild) = (Journal::default(), scene.discord.guild_id());
    let mut bot = bot(&scene.discord);
    bot.add_intents(Intents::GUILD_PRESENCES);
    bot.on_message(|cx, _| {
        let all = RequestMembers::all(guild);
        let raw = SendEvent::raw(8, &json!({"guild_id": guild.to_string(), "query": "", "limit": 0}))?;
        for error in [cx.request_members(&all).unwrap_err(), cx.send_event(raw).unwrap_err()] {
            assert!(
                matches!(error, syncord::Error::Intents { intents: Intents::GUILD_MEMBERS, .. }),
                "{error:?}"
            );
            journal.add(error);
        }
        // What the bot has declared, and what needs no intent, is sent.
        cx.request_members(&RequestMembers::query(guild, "ann", 1).presences())?;
        cx.request_members(&RequestMembers::query(guild, "ann", 1)).map_err(Into::into)
    });
    bot.during(|| {
        scene.says("go");
        Ok(scene.discord.wait_until("two requests", |discord| sent(&discord.log(), &[8]).len() == 2)?)
    })
    .unwrap();
    let lines = journal.lines();
    assert!(
        lines.len() == 2 && lines.iter().all(|line| line.contains("bot.add_intents(Intents::GUILD_MEMBERS)")),
        "{lines:?}"
    );
}
