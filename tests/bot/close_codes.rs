//! What the bot does after each close code, by the table.

use syncord::gateway::close_code::{After, CloseCode};
use syncord::sim::{Discord, Fault};
use syncord::{Error, Intents};

use super::child;
use super::logged;
use super::scene::{Scene, TIMEOUT, assert_resumes, bot, discord, in_parallel};

fn codes(after: After) -> Vec<u16> {
    CloseCode::all().filter(|code| code.after() == after).map(|code| code.0).collect()
}

#[test]
fn close_codes_that_keep_the_session_and_unknown_ones_lead_to_a_resume() {
    let mut codes = codes(After::Resume);
    codes.extend([1000, 1001, 1011, 4006, 4999]);
    in_parallel(&codes, |code| {
        let log = assert_resumes(discord(), |scene| {
            scene.discord.fault(Fault::Close(*code, "for a test".into()));
            scene.journal.wait_for(&format!("disconnected Some({code}) Resume: "));
        });
        assert_eq!(log.connections(), 2, "{code}");
    });
}

#[test]
fn close_codes_that_end_the_session_lead_to_an_identify_and_a_gap() {
    in_parallel(&codes(After::Identify), |code| {
        let scene = Scene::new(discord());
        scene.run(|| {
            scene.says("before");
            scene.expect_messages(&["before"]);
            scene.discord.fault(Fault::Close(*code, String::new()));
            scene.journal.wait_for(&format!("disconnected Some({code}) Identify: "));
            scene.journal.wait_for_count(2, "ready");
            scene.says("afterwards");
            scene.expect_messages(&["afterwards"]);
        });
        let log = scene.log();
        assert_eq!((log.identifies(), log.resumes()), (2, 0), "{code}");
        assert_eq!(scene.journal.lines().iter().filter(|line| line.starts_with("gap")).count(), 1, "{code}");
    });
}

/// Runs a bot whose connection is closed with this code; returns its error.
fn error_after_close(code: u16, discord: &Discord, adjust: impl FnOnce(&mut syncord::Bot<'_>)) -> Error {
    let mut bot = bot(discord);
    bot.on_message(|_, _| Ok(()));
    adjust(&mut bot);
    let error = bot
        .during(|| {
            discord.fault(Fault::Close(code, "A reason.".into()));
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
fn fatal_close_codes_end_the_bot_with_the_cause() {
    in_parallel(&codes(After::Stop), |code| {
        let error = error_after_close(*code, &discord().start().unwrap(), |_| {});
        match (code, &error) {
            (4004, Error::Token { .. }) | (4014, Error::Intents { .. }) => {}
            (4004 | 4014, _) => panic!("{code}: {error}"),
            (_, Error::Gateway { code: reported, problem }) => {
                assert_eq!(reported, code);
                assert!(problem.contains(CloseCode(*code).meaning()) || *code == 4011, "{error}");
                assert!(problem.contains(CloseCode(*code).hint().unwrap()) || *code == 4011, "{error}");
            }
            _ => panic!("{code}: {error}"),
        }
    });
}

#[test]
fn the_error_for_too_few_shards_names_the_recommended_number() {
    let discord = discord().shards(16).start().unwrap();
    let error = error_after_close(4011, &discord, |bot| {
        bot.shards(1);
    });
    assert!(error.to_string().contains("Discord recommends bot.shards(16)"), "{error}");
}

#[test]
fn the_error_for_a_refused_intent_names_the_handler_and_the_setting() {
    let mut line = 0;
    let error = error_after_close(4014, &discord().start().unwrap(), |bot| {
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
fn a_disabled_intent_is_explained_without_an_identify() {
    let discord = discord().privileged_intents(Intents::GUILD_MEMBERS).start().unwrap();
    let mut bot = bot(&discord);
    bot.on_message(|_, _| Ok(()));
    let line = line!() - 1;
    let (result, log) = logged::during(|| bot.run());
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Intents { .. }), "{error}");
    assert!(!log.iter().any(|line| line.contains("the bot stopped")), "it never began: {log:?}");
    for part in
        [format!("on_message at {}:{line}", file!()), "MESSAGE_CONTENT, which is not switched on".into()]
    {
        assert!(error.to_string().contains(&part), "{part} is not in: {error}");
    }
    assert_eq!(discord.log().connections(), 0);
}

#[test]
fn the_error_for_a_refused_token_names_bot_new_as_its_source() {
    let error = error_after_close(4004, &discord().start().unwrap(), |_| {});
    assert!(error.to_string().contains("the token given to Bot::new"), "{error}");
}

#[test]
fn the_error_for_a_refused_token_names_the_environment_variable_as_its_source() {
    let discord = discord().start().unwrap();
    let token = ("DISCORD_TOKEN", "not.the.right.one".to_owned());
    let api = ("DISCORD_API_URL", discord.api_url());
    let output = child::run("close_codes::child_with_a_token_from_the_environment", &[token, api]);
    assert!(output.contains("the environment variable DISCORD_TOKEN"), "{output}");
    assert!(!output.contains("not.the.right.one"), "{output}");
}

/// Runs only as a child process of the test above.
#[test]
fn child_with_a_token_from_the_environment() {
    if !child::is_child() {
        return;
    }
    let mut bot = syncord::Bot::from_env().unwrap();
    bot.on_ready(|_, _| Ok(()));
    let handle = bot.handle();
    std::thread::spawn(move || {
        // Ends the bot if Discord does not refuse it.
        std::thread::sleep(TIMEOUT);
        handle.stop();
    });
    println!("{}", bot.run().unwrap_err());
}
