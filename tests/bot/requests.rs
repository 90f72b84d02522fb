//! A REST error of a reply affects only that reply.

use std::time::Duration;

use syncord::rest::Client;
use syncord::sim::{ErrorBody, Fault, RateLimitScope};
use syncord::{Error, Token};

use super::scene::{Scene, discord, in_parallel};

/// An echo bot answers "first" during this fault of the REST API, then "second"; returns the errors.
fn errors_with(fault: Fault, echoes: &[&str]) -> Vec<String> {
    let scene = Scene::new(discord());
    scene.run(|| {
        scene.discord.fault(fault);
        scene.says("first");
        if !echoes.contains(&"first") {
            scene.journal.wait_for("error");
        }
        scene.says("second");
        scene.expect_messages(echoes);
    });
    assert_eq!(scene.log().connections(), 1);
    scene.journal.lines().into_iter().filter(|line| line.starts_with("error")).collect()
}

#[test]
fn a_rate_limited_reply_is_sent_later() {
    in_parallel(&[RateLimitScope::User, RateLimitScope::Global, RateLimitScope::Shared], |&scope| {
        let limited = Fault::Http429 { retry_after: Duration::from_millis(300), scope, times: 2 };
        assert_eq!(errors_with(limited, &["first", "second"]), [""; 0]);
    });
}

#[test]
fn a_reply_is_retried_after_server_errors_and_appears_once() {
    in_parallel(&[ErrorBody::Json, ErrorBody::Html, ErrorBody::Empty], |&body| {
        let broken = Fault::HttpStatus { status: 500, body, retry_after: None, times: 2 };
        assert_eq!(errors_with(broken, &["first", "second"]), [""; 0]);
    });
}

#[test]
fn a_reply_refused_with_an_html_page_gives_a_readable_error() {
    let html = Fault::HttpStatus { status: 403, body: ErrorBody::Html, retry_after: None, times: 1 };
    let errors = errors_with(html, &["second"]);
    assert_eq!(errors.len(), 1);
    for part in
        ["on_message at tests/bot/scene.rs:", "failed on MESSAGE_CREATE", "HTTP 403", "POST /channels/"]
    {
        assert!(errors[0].contains(part), "{part} is not in: {errors:?}");
    }
    assert!(errors[0].lines().count() == 1 && errors[0].len() < 600, "{errors:?}");
}

#[test]
fn a_too_long_reply_is_an_error_and_nothing_is_sent() {
    let scene = Scene::new(discord());
    let mut bot = super::scene::bot(&scene.discord);
    bot.on_error(|_, error| scene.journal.add(error));
    bot.on_message(|cx, message| {
        if !message.author.bot {
            cx.reply(message, "x".repeat(2001))?;
        }
        Ok(())
    });
    bot.during(|| {
        scene.says("hello");
        Ok(scene.journal.wait_for("on_message"))
    })
    .unwrap();
    assert!(scene.journal.lines()[0].contains("2000") || scene.journal.lines()[0].contains("2,000"));
    assert!(scene.discord.requests().iter().all(|request| request.method != "POST"));
}

#[test]
fn a_bot_whose_token_is_refused_ends_although_its_connection_lasts() {
    let scene = Scene::new(discord());
    let refused = Fault::HttpStatus { status: 401, body: ErrorBody::Json, retry_after: None, times: 100 };
    let error = scene
        .echo_bot()
        .during(|| {
            scene.discord.fault(refused);
            scene.says("hello");
            scene.discord.wait_until("the bot to end", |discord| discord.live_sessions() == 0)?;
            Ok(())
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Token { .. })), "{error}");
    assert!(error.to_string().contains("the token given to Bot::new"), "{error}");
    assert_eq!(scene.log().connections(), 1);
}

#[test]
fn a_bot_of_which_another_client_learns_that_the_token_is_refused_ends() {
    let scene = Scene::new(discord());
    let refused = Fault::HttpStatus { status: 401, body: ErrorBody::Json, retry_after: None, times: 100 };
    let error = scene
        .echo_bot()
        .during(|| {
            scene.discord.fault(refused);
            let token = Token::new(&scene.discord.token())?;
            let client = Client::builder(token).api_url(scene.discord.api_url()).build()?;
            assert!(matches!(client.current_user(), Err(Error::Token { .. })));
            scene.discord.wait_until("the bot to end", |discord| discord.live_sessions() == 0)?;
            Ok(())
        })
        .unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(Error::Token { .. })), "{error}");
}
