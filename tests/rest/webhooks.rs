//! A webhook that is known only by its URL.

use syncord::id::{ChannelId, MessageId, TagId};
use syncord::rest::{Client, CreateWebhook, ExecuteWebhook, ModifyWebhook, WebhookClient};
use syncord::{Error, JsonErrorCode, Token};

use crate::requests::MESSAGE;
use crate::server::{Do, Server, TOKEN, answer, ok};

const SECRET: &str = "Webhook-Token_that-shows.nowhere";

fn url(server: &Server, rest: &str) -> String {
    format!("{}/webhooks/5/{SECRET}{rest}", server.url)
}

#[test]
fn a_webhook_needs_only_its_url() {
    let server = Server::that(&[ok(MESSAGE)]);
    let webhook = WebhookClient::from_url(&url(&server, "?thread_id=8")).unwrap();
    assert_eq!(webhook.id().get(), 5);
    assert_eq!(webhook.execute("aye").unwrap().id, MessageId::new(9));
    webhook.in_thread(ChannelId::new(80)).message(MessageId::new(9)).unwrap();
    let asked = server.asked();
    assert_eq!(asked[0].line, format!("POST /api/v10/webhooks/5/{SECRET}?thread_id=8&wait=true"));
    assert_eq!(asked[1].line, format!("GET /api/v10/webhooks/5/{SECRET}/messages/9?thread_id=80"));
    assert!(asked.iter().all(|asked| asked.header("authorization").is_none()));
}

#[test]
fn the_api_url_may_be_any_and_without_a_version() {
    let server = Server::that(&[ok(MESSAGE)]);
    let base = server.url.trim_end_matches("/v10");
    WebhookClient::from_url(&format!("{base}/webhooks/5/{SECRET}")).unwrap().execute("aye").unwrap();
    assert!(server.lines()[0].starts_with("POST /api/v10/webhooks/5/"), "{:?}", server.lines());
    let error =
        WebhookClient::from_url(&format!("http://discord.example/api/webhooks/5/{SECRET}")).unwrap_err();
    assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains("unencrypted"), "{error}");
}

#[test]
fn a_webhook_of_a_bots_client_does_not_send_the_bots_token() {
    let server = Server::that(&[ok(MESSAGE)]);
    server.client().as_webhook(5.into(), SECRET).execute("aye").unwrap();
    let bot = Client::builder(Token::new(TOKEN).unwrap());
    WebhookClient::from_url_with(&url(&server, ""), bot).unwrap().execute("aye").unwrap();
    assert!(server.asked().iter().all(|asked| asked.header("authorization").is_none()));
}

#[test]
fn a_client_without_a_token_calls_nothing_that_needs_one() {
    let server = Server::that(&[ok("{}")]);
    let client = Client::without_token().api_url(&server.url).build().unwrap();
    let error = client.create_message(ChannelId::new(7), "aye").unwrap_err();
    assert!(matches!(error, Error::Token { .. }), "{error}");
    assert!(
        error.to_string().contains("POST /channels/{channel_id}/messages needs a bot's token"),
        "{error}"
    );
    assert!(client.webhook(5.into()).is_err());
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn the_webhooks_token_is_in_no_error_and_no_debug_output() {
    let server = Server::that(&[ok("[]"), ok("<html>"), Do::HangUp, unknown_webhook()]);
    let webhook = WebhookClient::from_url(&url(&server, "")).unwrap();
    let mut output =
        format!("{webhook:?} {:?}", WebhookClient::from_url(&format!("{}#", url(&server, "/%20"))));
    for _ in 0..5 {
        let error = webhook.execute("aye").unwrap_err();
        output += &format!(" {error} {error:?}");
    }
    assert!(output.contains("POST /webhooks/{webhook_id}/{webhook_token}: Unknown Webhook"), "{output}");
    assert!(!output.contains("shows.nowhere"), "{output}");
}

fn unknown_webhook() -> Do {
    answer("404 Not Found", r#"{"message":"Unknown Webhook","code":10015}"#)
}

#[test]
fn a_deleted_webhook_is_not_called_again() {
    let server = Server::that(&[unknown_webhook(), ok(MESSAGE)]);
    let client = server.client();
    let webhook = client.as_webhook(5.into(), SECRET);
    let first = webhook.execute("aye").unwrap_err();
    let later = [webhook.execute("aye").unwrap_err(), webhook.message(MessageId::new(9)).unwrap_err()];
    for error in [&first, &later[0], &later[1]] {
        assert!(
            matches!(error, Error::Http(e) if (e.status, e.code) == (404, JsonErrorCode::UNKNOWN_WEBHOOK)),
            "{error}"
        );
        assert!(!error.is_temporary());
    }
    assert!(!first.to_string().contains("nothing was sent"), "{first}");
    assert!(later.iter().all(|error| error.to_string().contains("nothing was sent")), "{later:?}");
    assert_eq!(server.asked().len(), 1);
    // Only this webhook was deleted.
    client.as_webhook(5.into(), "another").execute("aye").unwrap();
}

#[test]
fn limits_of_webhooks_are_checked_before_anything_is_sent() {
    let server = Server::that(&[ok("{}")]);
    let webhook = WebhookClient::from_url(&url(&server, "")).unwrap();
    let name = |name: &str| CreateWebhook::new(name).check();
    let message = || ExecuteWebhook::text("aye");
    let thread = webhook.in_thread(ChannelId::new(8));
    for (result, expected) in [
        (name(""), "name: 1 to 80 characters, and this has 0"),
        (name(&"x".repeat(81)), "name: 1 to 80 characters, and this has 81"),
        (name("My Clyde"), "name: contains \"clyde\""),
        (ModifyWebhook::new().name("DISCORD news").check(), "name: contains \"discord\""),
        (message().username("x".repeat(81)).check(), "username: 1 to 80 characters"),
        (message().avatar_url("x".repeat(2049)).check(), "avatar_url: 1 to 2048 characters"),
        (message().thread_name("x".repeat(101)).check(), "thread_name: 1 to 100 characters"),
        (
            message().thread_name("x").applied_tags((0..6).map(TagId::new)).check(),
            "applied_tags: at most 5 elements",
        ),
        (message().applied_tags([TagId::new(1)]).check(), "applied_tags: only a new thread"),
        (
            thread.execute(message().thread_name("x")).map(drop),
            "thread_name: the webhook already sends to a thread",
        ),
        (webhook.execute_github_compatible("push\r\nX: y", &()), "X-GitHub-Event: is not one word"),
    ] {
        let said = result.unwrap_err().to_string();
        assert!(said.starts_with(expected), "{said}\n{expected}");
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}
