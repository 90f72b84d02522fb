//! Every close code is followed by what the table says.

use syncord::Error;
use syncord::gateway::close_code::{After, CloseCode};
use syncord::sim::{Discord, Fault};

use super::child;
use super::scene::{PATIENCE, Scene, at_once, bot, discord, resumes};

fn codes(after: After) -> Vec<u16> {
    CloseCode::all().filter(|code| code.after() == after).map(|code| code.0).collect()
}

#[test]
fn codes_that_keep_the_session_and_unlisted_ones_are_followed_by_a_resume() {
    let mut codes = codes(After::Resume);
    codes.extend([1000, 1001, 1011, 4006, 4999]);
    at_once(&codes, |code| {
        let log = resumes(discord(), |scene| {
            scene.discord.fault(Fault::Close(*code, "for a test".into()));
            scene.diary.wait_for(&format!("disconnected Some({code}) Resume: "));
        });
        assert_eq!(log.connections(), 2, "{code}");
    });
}

#[test]
fn codes_that_end_the_session_are_followed_by_a_new_login_and_a_gap() {
    at_once(&codes(After::Identify), |code| {
        let scene = Scene::new(discord());
        scene.play(|| {
            scene.says("before");
            scene.hears(&["before"]);
            scene.discord.fault(Fault::Close(*code, String::new()));
            scene.diary.wait_for(&format!("disconnected Some({code}) Identify: "));
            scene.diary.wait_for_several(2, "ready");
            scene.says("afterwards");
            scene.hears(&["afterwards"]);
        });
        let log = scene.log();
        assert_eq!((log.identifies(), log.resumes()), (2, 0), "{code}");
        assert_eq!(scene.diary.lines().iter().filter(|line| line.starts_with("gap")).count(), 1, "{code}");
    });
}

/// Runs a bot that is closed with this code as soon as it is connected.
fn stopped_by(code: u16, discord: &Discord, adjust: impl FnOnce(&mut syncord::Bot<'_>)) -> Error {
    let mut bot = bot(discord);
    bot.on_message(|_, _| Ok(()));
    adjust(&mut bot);
    let error = bot
        .during(|| {
            discord.fault(Fault::Close(code, "Said Discord.".into()));
            // The bot has to end by itself.
            discord.wait_until("the connection to end", |discord| discord.live_sessions() == 0)?;
            std::thread::sleep(std::time::Duration::from_millis(300));
            Ok(())
        })
        .unwrap_err();
    assert_eq!(discord.log().connections(), 1, "{code}");
    *error.downcast().unwrap()
}

#[test]
fn codes_that_stop_end_the_bot_with_the_cause() {
    at_once(&codes(After::Stop), |code| {
        let error = stopped_by(*code, &discord().start().unwrap(), |_| {});
        match (code, &error) {
            (4004, Error::Token { .. }) | (4014, Error::Intents { .. }) => {}
            (4004 | 4014, _) => panic!("{code}: {error}"),
            (_, Error::Gateway { code: told, problem }) => {
                assert_eq!(told, code);
                assert!(problem.contains(CloseCode(*code).meaning()) || *code == 4011, "{error}");
                assert!(problem.contains(CloseCode(*code).hint().unwrap()) || *code == 4011, "{error}");
            }
            _ => panic!("{code}: {error}"),
        }
    });
}

#[test]
fn a_bot_that_needs_more_shards_is_told_how_many() {
    let discord = discord().shards(16).start().unwrap();
    let error = stopped_by(4011, &discord, |bot| {
        bot.shards(1);
    });
    assert!(error.to_string().contains("Discord recommends bot.shards(16)"), "{error}");
}

#[test]
fn a_refused_intent_names_the_closure_that_asked_and_the_switch() {
    let mut line = 0;
    let error = stopped_by(4014, &discord().start().unwrap(), |bot| {
        line = line!() + 1;
        bot.on_message(|_, _| Ok(()));
    });
    for part in [
        format!("on_message at {}:{line}", file!()),
        "MESSAGE_CONTENT (\"Message Content Intent\")".into(),
        "https://discord.com/developers/applications".into(),
        "Privileged Gateway Intents".into(),
    ] {
        assert!(error.to_string().contains(&part), "{part} is not in: {error}");
    }
}

#[test]
fn an_intent_that_is_switched_off_is_explained_without_costing_a_login() {
    let discord = discord().intents_enabled(0).start().unwrap();
    let mut bot = bot(&discord);
    bot.on_message(|_, _| Ok(()));
    let line = line!() - 1;
    let error = bot.run().unwrap_err();
    assert!(matches!(error, Error::Intents { .. }), "{error}");
    for part in
        [format!("on_message at {}:{line}", file!()), "MESSAGE_CONTENT, which is not switched on".into()]
    {
        assert!(error.to_string().contains(&part), "{part} is not in: {error}");
    }
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn a_refused_token_given_to_the_bot_is_named_so() {
    let error = stopped_by(4004, &discord().start().unwrap(), |_| {});
    assert!(error.to_string().contains("the token given to Bot::new"), "{error}");
}

#[test]
fn a_refused_token_of_the_environment_is_named_by_its_variable() {
    let discord = discord().start().unwrap();
    let token = ("DISCORD_TOKEN", "not.the.right.one".to_owned());
    let api = ("DISCORD_API_URL", discord.api_url());
    let said = child::run("close_codes::child_from_the_environment", &[token, api]);
    assert!(said.contains("the environment variable DISCORD_TOKEN"), "{said}");
    assert!(!said.contains("not.the.right.one"), "{said}");
}

/// Does something only as a child of the test above.
#[test]
fn child_from_the_environment() {
    if !child::is_child() {
        return;
    }
    let mut bot = syncord::Bot::from_env().unwrap();
    bot.on_ready(|_, _| Ok(()));
    let stopper = bot.stopper();
    std::thread::spawn(move || {
        // If it is not refused, it ends all the same.
        std::thread::sleep(PATIENCE);
        stopper.stop();
    });
    println!("{}", bot.run().unwrap_err());
}
