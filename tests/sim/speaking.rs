//! What keeps people from speaking although they have the permission, and what Discord says when they join.

use std::time::Duration;

use serde_json::{Value, json};
use syncord::model::Permissions;
use syncord::sim::{Channel, Discord, Member, SimError};

fn refusal(person: &Member, channel: &Channel) -> Option<(u16, u64)> {
    match person.try_says(channel, "ahoy") {
        Ok(_) => None,
        Err(SimError::Rejected { status, code, .. }) => Some((status, code)),
        Err(other) => panic!("{other}"),
    }
}

const SLOW: Option<(u16, u64)> = Some((429, 20016));
const UNVERIFIED: Option<(u16, u64)> = Some((403, 50009));

#[test]
fn slow_mode_holds_for_people_without_the_permission_to_bypass_it() {
    let discord = Discord::builder()
        .repeatable(1)
        .guild("harbour", |guild| {
            guild
                .role("crew", |role| role.permissions(Permissions::BYPASS_SLOWMODE))
                .role("mods", |role| {
                    role.permissions(Permissions::MANAGE_MESSAGES | Permissions::MANAGE_CHANNELS)
                })
                .member("mia", |mia| mia.role("crew"))
                .member("kai", |kai| kai.role("mods"))
                .channel("slow", |slow| {
                    slow.slow_mode(Duration::from_secs(10))
                        .message("ann", "before")
                        .message("ann", "the start")
                })
                .channel("fast", |fast| fast)
        })
        .start()
        .unwrap();
    let (ann, bob, mia) = (discord.member("ann"), discord.member("bob"), discord.member("mia"));
    let (slow, fast) = (discord.channel("slow"), discord.channel("fast"));
    assert_eq!(refusal(&ann, &slow), None, "the pause begins with the first message");
    let refused = ann.try_says(&slow, "again").unwrap_err();
    let SimError::Rejected { status: 429, code: 20016, body, .. } = refused else { panic!("{refused}") };
    assert_eq!(body["retry_after"], json!(10.0));
    assert_eq!(refusal(&ann, &fast), None, "another channel");
    assert_eq!(refusal(&bob, &slow), None, "another person");
    assert_eq!((refusal(&mia, &slow), refusal(&mia, &slow)), (None, None), "with BYPASS_SLOWMODE");
    let kai = discord.member("kai");
    assert_eq!((refusal(&kai, &slow), refusal(&kai, &slow)), (None, SLOW), "a moderator without it");
    // A thread has its own pause.
    ann.starts_thread(&slow, "one").unwrap();
    assert!(ann.starts_thread(&slow, "two").is_err());
    let first = ann.says(&fast, "hello");
    ann.reacts(&fast, first, "⚓");
    discord.advance(Duration::from_secs(9));
    assert_eq!(refusal(&ann, &slow), SLOW);
    discord.advance(Duration::from_secs(1));
    assert_eq!(refusal(&ann, &slow), None);
    for _ in 0..2 {
        discord.rest().create_message(slow.id(), "bots are not slowed down").unwrap();
    }
}

fn verified(level: u8) -> Discord {
    let guild = |level| {
        Discord::builder().repeatable(1).guild("harbour", move |guild| {
            guild
                .owner("zoe")
                .verification_level(level)
                .role("crew", |role| role)
                .member("mia", |mia| mia.role("crew"))
                .channel("general", |general| general.message("ann", "before the start"))
        })
    };
    guild(level).start().unwrap()
}

#[test]
fn the_verification_level_holds_for_members_without_a_role() {
    const MINUTE: Duration = Duration::from_secs(60);
    for level in 0..=4 {
        let discord = verified(level);
        let (bob, general) = (discord.member("bob"), discord.channel("general"));
        for exempt in ["zoe", "mia"] {
            assert_eq!(refusal(&discord.member(exempt), &general), None, "{exempt} at level {level}");
        }
        let message = discord.member("mia").says(&general, "ahoy");
        assert_eq!(bob.try_reacts(&general, message, "⚓").is_ok(), level < 2, "{level}");
        let expected = |is_refused: bool| if is_refused { UNVERIFIED } else { None };
        assert_eq!(refusal(&bob, &general), expected(level >= 2), "at the start of level {level}");
        discord.advance(5 * MINUTE);
        assert_eq!(refusal(&bob, &general), expected(level >= 3), "after five minutes at level {level}");
        discord.advance(5 * MINUTE);
        assert_eq!(refusal(&bob, &general), expected(level >= 4), "after ten minutes at level {level}");
        bob.verifies_phone(true);
        assert_eq!(refusal(&bob, &general), None, "with a phone at level {level}");
        discord.rest().create_message(general.id(), "bots need no phone").unwrap();
    }
}

#[test]
fn discord_greets_a_new_member_in_the_system_channel() {
    let start = |flags: u64| {
        Discord::builder()
            .guild("harbour", |guild| {
                guild
                    .member("ann", |ann| ann)
                    .channel("general", |general| general)
                    .channel("lobby", |lobby| lobby)
                    .system_channel("lobby")
                    .field("system_channel_flags", flags)
            })
            .start()
            .unwrap()
    };
    let types = |discord: &Discord, channel: &Channel| -> Vec<(Value, Value)> {
        let path = format!("{}/channels/{}/messages", discord.api_url(), channel.id());
        let authorization = format!("Bot {}", discord.token());
        let text = ureq::get(&path)
            .header("Authorization", &authorization)
            .call()
            .unwrap()
            .body_mut()
            .read_to_string();
        let messages: Vec<Value> = serde_json::from_str(&text.unwrap()).unwrap();
        messages.iter().map(|one| (one["type"].clone(), one["author"]["username"].clone())).collect()
    };
    let discord = start(0);
    let lobby = discord.channel("lobby");
    assert!(types(&discord, &lobby).is_empty(), "those who were there are not greeted");
    discord.member("bob");
    assert_eq!(types(&discord, &lobby), [(json!(7), json!("bob"))]);
    discord.member("bob");
    assert_eq!(types(&discord, &lobby).len(), 1, "he is a member already");
    assert!(types(&discord, &discord.channel("general")).is_empty());

    let silent = start(1);
    silent.member("bob");
    assert!(types(&silent, &silent.channel("lobby")).is_empty());
}

#[test]
fn what_discord_refuses_is_returned() {
    let discord = Discord::builder()
        .guild("harbour", |guild| {
            guild
                .channel("general", |general| general)
                .channel("board", |board| board.deny("@everyone", Permissions::ADD_REACTIONS))
                .voice("deck", |deck| deck)
                .voice("bridge", |bridge| bridge.deny("@everyone", Permissions::CONNECT))
        })
        .start()
        .unwrap();
    let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    let (general, board) = (discord.channel("general"), discord.channel("board"));
    let (hello, news) = (ann.says(&general, "hello"), ann.says(&board, "news"));
    let rejected = |result: Result<(), SimError>, expected: (u16, u64)| match result {
        Err(SimError::Rejected { who, status, code, .. }) => {
            assert_eq!((status, code), expected);
            assert_eq!(who, "bob");
        }
        other => panic!("{other:?}"),
    };
    rejected(bob.try_edits(hello, "bye"), (403, 50005));
    rejected(bob.try_deletes(hello), (403, 50013));
    rejected(bob.try_reacts(&board, news, "⚓"), (403, 50013));
    rejected(bob.try_removes_reaction(&general, news, "⚓"), (404, 10008));
    rejected(bob.try_joins_voice(discord.find_channel("bridge").unwrap().id()), (403, 50013));
    rejected(bob.try_joins_voice(general.id()), (400, 50024));

    ann.try_edits(hello, "hello all").unwrap();
    bob.try_reacts(&general, hello, "⚓").unwrap();
    bob.try_removes_reaction(&general, hello, "⚓").unwrap();
    bob.try_joins_voice(discord.find_channel("deck").unwrap().id()).unwrap();
    ann.try_deletes(hello).unwrap();
    assert!(ann.sees(&general).is_empty());
}
