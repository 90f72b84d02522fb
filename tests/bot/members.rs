//! Collecting the members of a guild.

use std::time::Duration;

use syncord::bot::{CollectedMembers, Context};
use syncord::events::MessageCreate;
use syncord::id::{GuildId, UserId};
use syncord::sim::Discord;
use syncord::{Error, Intents, Lanes};

use crate::scene::{Journal, TIMEOUT, bot, discord};

/// Runs `work` in a task, and returns what it has written into the journal.
fn in_task(
    discord: &Discord,
    intents: Intents,
    work: impl Fn(&Context, GuildId) -> Result<String, Error> + Clone + Send + 'static,
) -> String {
    let (ann, general, guild) = (discord.member("ann"), discord.channel("general"), discord.guild_id());
    let mut bot = bot(discord);
    bot.add_intents(intents);
    bot.on_message(move |cx, message| {
        let (channel, work) = (message.channel_id, work.clone());
        if message.author.bot {
            return Ok(());
        }
        Ok(cx.spawn(move |task| {
            let text = work(task, guild).unwrap_or_else(|error| format!("error: {error}"));
            task.send(channel, text)?;
            Ok(())
        })?)
    });
    let mut text = String::new();
    bot.during(|| {
        ann.says(&general, "go");
        text = general.next_message()?.content;
        Ok(())
    })
    .unwrap();
    assert_eq!(discord.log().violations(), [""; 0]);
    text
}

fn names(found: &CollectedMembers) -> Vec<&str> {
    let mut names: Vec<_> = found.members.iter().map(|member| member.user.username.as_str()).collect();
    names.sort_unstable();
    names
}

fn requests(discord: &Discord) -> usize {
    discord.log().send_events().iter().filter(|event| event["op"] == 8).count()
}

#[test]
fn a_task_collects_members_by_name_by_id_and_all_of_them() {
    let discord = discord().start().unwrap();
    let (anton, _berta) = (discord.member("anton"), discord.member("berta"));
    let anton = anton.id();
    let text = in_task(&discord, Intents::GUILD_MEMBERS, move |cx, guild| {
        let by_name = cx.members(guild).named("AN", 10).collect(TIMEOUT)?;
        let stranger = UserId::new(7);
        let by_id = cx.members(guild).ids([anton, stranger]).collect(TIMEOUT)?;
        let (none, all) = (cx.members(guild).ids([] as [UserId; 0]), cx.members(guild).collect(TIMEOUT)?);
        assert!(none.collect(TIMEOUT)?.members.is_empty());
        Ok(format!("{:?} {:?} {:?} {}", names(&by_name), names(&by_id), by_id.not_found, all.members.len()))
    });
    assert_eq!(text, r#"["ann", "anton"] ["anton"] [UserId(7)] 4"#);
    assert_eq!(requests(&discord), 3);
}

#[test]
fn a_missing_intent_or_a_wrong_limit_is_an_error_and_nothing_is_sent() {
    let discord = discord().start().unwrap();
    let text = in_task(&discord, Intents::empty(), |cx, guild| {
        let all = cx.members(guild).collect(TIMEOUT).unwrap_err();
        let named = cx.members(guild).named("", 5).collect(TIMEOUT).unwrap_err();
        let presences = cx.members(guild).named("a", 5).presences().collect(TIMEOUT).unwrap_err();
        let missing = [all, named, presences].map(|error| match error {
            Error::Intents { intents, .. } => intents.to_string(),
            other => other.to_string(),
        });
        let limit = cx.members(guild).named("a", 101).collect(TIMEOUT).unwrap_err();
        Ok(format!("{} / {limit}", missing.join(", ")))
    });
    assert!(text.starts_with("GUILD_MEMBERS, GUILD_MEMBERS, GUILD_PRESENCES / limit: 1 to 100"), "{text}");
    assert_eq!(requests(&discord), 0);
}

#[test]
fn more_than_a_hundred_ids_are_requested_in_steps() {
    let discord = discord().start().unwrap();
    let bert = discord.member("bert").id();
    let text = in_task(&discord, Intents::empty(), move |cx, guild| {
        let strangers = (1..=150).map(UserId::new);
        let found = cx.members(guild).ids(strangers.chain([bert])).collect(TIMEOUT)?;
        Ok(format!("{:?}, {} not found", names(&found), found.not_found.len()))
    });
    assert_eq!((text.as_str(), requests(&discord)), (r#"["bert"], 150 not found"#, 2));
}

#[test]
fn the_members_of_a_large_guild_come_one_after_the_other() {
    let discord = discord().start().unwrap();
    for number in 0..1200 {
        discord.member(&format!("member{number}"));
    }
    let text = in_task(&discord, Intents::GUILD_MEMBERS, |cx, guild| {
        let mut members = cx.members(guild).iter(TIMEOUT);
        let first = members.next().transpose()?.is_some();
        let rest = members.by_ref().collect::<Result<Vec<_>, _>>()?.len();
        Ok(format!("{first} {rest} {:?}", members.next().is_none()))
    });
    assert_eq!(text, "true 1201 true");
}

#[test]
fn after_the_timeout_there_is_an_error_that_says_how_far_it_was() {
    let discord = discord().start().unwrap();
    let text = in_task(&discord, Intents::GUILD_MEMBERS, |cx, guild| {
        cx.members(guild).collect(TIMEOUT)?;
        // Discord's limit: the second request waits for 30 s.
        cx.members(guild).collect(Duration::from_millis(50)).map(|_| "collected".to_owned())
    });
    assert!(text.contains("no chunk of members came in time; Discord allows one request"), "{text}");
}

#[test]
fn lanes_collect_members_and_the_bots_own_thread_may_not() {
    let discord = discord().start().unwrap();
    let (ann, general, guild) = (discord.member("ann"), discord.channel("general"), discord.guild_id());
    let (journal, lanes) = (Journal::default(), Lanes::new(1));
    let mut bot = bot(&discord);
    bot.on_message(|cx, _| {
        let error = cx.members(guild).named("a", 1).collect(TIMEOUT).unwrap_err();
        Ok(journal.add(format!("{}: {error}", matches!(error, Error::Setup { .. }))))
    });
    bot.on_in(&lanes, move |cx, message: &MessageCreate| {
        if !message.author.bot {
            let found = cx.members(guild).named("a", 1).collect(TIMEOUT)?;
            cx.send(message.channel_id, format!("{:?}", names(&found)))?;
        }
        Ok(())
    });
    bot.during(|| {
        ann.says(&general, "go");
        assert_eq!(general.next_message()?.content, r#"["ann"]"#);
        journal.wait_for("true: a handler on the bot's thread cannot wait to collect members");
        Ok(())
    })
    .unwrap();
    assert!(journal.lines()[0].contains("in a task (cx.spawn) or in lanes, or use cx.request_members(..)"));
}
