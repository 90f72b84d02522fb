//! What a closure asks of the gateway: late if it must be, and to the right shard.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use syncord::Intents;
use syncord::events::{GuildMembersChunk, RateLimited, VoiceServerUpdate, VoiceStateUpdate};
use syncord::gateway::send_event::{Presence, RequestMembers, UpdateVoiceState};
use syncord::id::{ChannelId, UserId};
use syncord::model::ChannelType;
use syncord::rest::CreateGuildChannel;
use syncord::sim::Log;

use crate::scene::{Diary, Scene, bot, discord};

/// What was sent with one of these opcodes.
fn sent(log: &Log, ops: &[u64]) -> Vec<Value> {
    let of = |frame: &&Value| frame["op"].as_u64().is_some_and(|op| ops.contains(&op));
    log.send_events().iter().filter(of).cloned().collect()
}

#[test]
fn members_and_voice_channels_are_asked_for_over_the_guilds_shard() {
    let discord = discord().shards(2).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let guild = discord.guild_id();
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        let few = RequestMembers::users(guild, [ann.id()]).nonce("who");
        cx.request_members(&few)?;
        cx.update_voice_state(&UpdateVoiceState::join(guild, general.id()).self_deaf(true))?;
        assert!(cx.request_members(&RequestMembers::query(guild, "a", 1000)).is_err());
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "go");
        Ok(discord.wait_until("both orders", |discord| sent(&discord.log(), &[4, 8]).len() == 2)?)
    })
    .unwrap();
    let log = discord.log();
    assert_eq!(log.violations(), [""; 0]);
    let orders = sent(&log, &[4, 8]);
    let (guild, ann) = (guild.to_string(), ann.id().to_string());
    assert_eq!(orders[0]["d"], json!({"guild_id": guild, "user_ids": [ann], "nonce": "who"}));
    assert_eq!((&orders[1]["op"], &orders[1]["d"]["guild_id"]), (&json!(4), &json!(guild)));
}

#[test]
fn who_joins_a_voice_channel_is_told_where_it_leads_and_who_comes_and_goes() {
    let scene = Scene::new(discord());
    let (diary, channel) = (Diary::default(), AtomicU64::new(0));
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
        let who = if state.user_id == cx.me().id { "I" } else { "ann" };
        let place = state.channel_id.map_or("nowhere", |_| "there");
        Ok(diary.note(format!("{who} {place}, muted: {}", state.self_mute)))
    });
    bot.on::<VoiceServerUpdate>(|_, server| Ok(diary.note(format!("to {:?}", server.endpoint))));
    bot.during(|| {
        scene.says("join");
        diary.wait_for("to");
        scene.ann.joins_voice(ChannelId::new(channel.load(Ordering::SeqCst)));
        scene.ann.leaves_voice();
        scene.says("leave");
        diary.wait_for("I nowhere");
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
    assert_eq!(diary.lines(), expected);
    assert_eq!(scene.discord.log().violations(), [""; 0]);
}

#[test]
fn members_come_as_they_were_asked_for() {
    let scene = Scene::new(discord());
    let (ben, diary) = (scene.discord.member("benny"), Diary::default());
    let guild = scene.discord.guild_id();
    let mut bot = bot(&scene.discord);
    bot.add_intents(Intents::GUILD_MEMBERS);
    bot.on_message(|cx, _| {
        cx.request_members(&RequestMembers::all(guild).nonce("all"))?;
        // This one waits for half a minute, and is not refused.
        cx.request_members(&RequestMembers::all(guild).nonce("late"))?;
        cx.request_members(&RequestMembers::query(guild, "BEN", 5).nonce("named"))?;
        let gone = UserId::new(7);
        cx.request_members(&RequestMembers::users(guild, [ben.id(), gone]).nonce("users")).map_err(Into::into)
    });
    bot.on::<GuildMembersChunk>(|_, chunk| {
        let names: Vec<_> =
            chunk.members.iter().filter_map(|member| Some(&*member.user.as_ref()?.username)).collect();
        let nonce = chunk.nonce.as_deref().unwrap_or_default();
        diary.note(match nonce {
            "all" => format!("all: benny is {}", names.contains(&"benny")),
            nonce => format!("{nonce}: {names:?}, not found {:?}", chunk.not_found),
        });
        Ok(())
    });
    bot.on::<RateLimited>(|_, limited| Ok(diary.note(format!("{limited:?}"))));
    bot.during(|| {
        scene.says("go");
        diary.wait_for("users");
        Ok(())
    })
    .unwrap();
    let mut lines = diary.lines();
    // On a machine that is very busy its time may have come.
    lines.retain(|line| !line.starts_with("late"));
    lines.sort();
    let users = r#"users: ["benny"], not found [UserId(7)]"#;
    assert_eq!(lines, ["all: benny is true", r#"named: ["benny"], not found []"#, users]);
}

#[test]
fn of_many_presences_five_are_sent_at_once_and_none_too_many() {
    let scene = Scene::new(discord());
    let diary = Diary::default();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.set_presence(&Presence::playing(&message.content))?;
            diary.note("set");
        }
        Ok(())
    });
    bot.during(|| {
        for n in 1..=12 {
            scene.says(&n.to_string());
            diary.wait_for_several(n, "set");
        }
        scene.says("last");
        diary.wait_for_several(13, "set");
        scene.wait_until("presences", |log| sent(log, &[3]).len() >= 4);
        Ok(())
    })
    .unwrap();
    // Those after it come late, and of these only the last.
    assert!(sent(&scene.log(), &[3]).len() <= 5);
}
