//! What a closure asks of the gateway: late if it must be, and to the right shard.

use serde_json::{Value, json};
use syncord::gateway::order::{Presence, RequestMembers, UpdateVoiceState};
use syncord::id::{ChannelId, GuildId, UserId};
use syncord::sim::Log;

use crate::scene::{Diary, Scene, bot, discord};

/// What was sent with one of these opcodes.
fn sent(log: &Log, ops: &[u64]) -> Vec<Value> {
    let of = |frame: &&Value| frame["op"].as_u64().is_some_and(|op| ops.contains(&op));
    log.orders().iter().filter(of).cloned().collect()
}

#[test]
fn members_and_voice_channels_are_asked_for_over_the_guilds_shard() {
    let discord = discord().shards(2).start().unwrap();
    let (ann, general) = (discord.member("ann"), discord.channel("general"));
    let guild = GuildId::new(discord.guild_id());
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        let few = RequestMembers::users(guild, [UserId::new(ann.id())]).nonce("who");
        cx.request_members(&few)?;
        cx.voice_state(&UpdateVoiceState::join(guild, ChannelId::new(general.id())).self_deaf(true))?;
        assert!(cx.request_members(&RequestMembers::named(guild, "a", 1000)).is_err());
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
fn of_many_presences_five_are_sent_at_once_and_none_too_many() {
    let scene = Scene::new(discord());
    let diary = Diary::default();
    let mut bot = bot(&scene.discord);
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.presence(&Presence::playing(&message.content))?;
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
