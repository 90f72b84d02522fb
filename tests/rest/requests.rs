//! The requests as they are sent.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use syncord::id::{ChannelId, GuildId, MessageId};
use syncord::model::Message;
use syncord::rest::{Client, CreateMessage, GetInvite};
use syncord::{Error, Token};

use crate::server::{Server, TOKEN, answer, ok};

pub const MESSAGE: &str = r#"{"id":"9","channel_id":"7","author":{"id":"1","username":"tide"},"content":"aye",
    "timestamp":"2026-05-02T09:14:37.412000+00:00"}"#;

#[test]
fn a_message_is_posted_as_documented() {
    let server = Server::that(&[ok(MESSAGE)]);
    let reply = CreateMessage::text("aye").reply_to(MessageId::new(8)).nonce("n1");
    let message: Message = server.client().create_message(ChannelId::new(7), reply).unwrap();
    assert_eq!((message.id, message.content.as_str()), (MessageId::new(9), "aye"));

    let asked = &server.asked()[0];
    assert_eq!(asked.line, "POST /api/v10/channels/7/messages");
    assert_eq!(asked.header("authorization"), Some(format!("Bot {TOKEN}").as_str()));
    assert_eq!(asked.header("content-type"), Some("application/json"));
    let agent = asked.header("user-agent").unwrap();
    assert!(
        agent.starts_with("DiscordBot (https://")
            && agent.ends_with(&format!(", {})", env!("CARGO_PKG_VERSION"))),
        "{agent}"
    );
    assert_eq!(
        asked.body,
        r#"{"content":"aye","message_reference":{"type":0,"message_id":"8","fail_if_not_exists":false},"allowed_mentions":{"parse":[],"replied_user":true},"nonce":"n1","enforce_nonce":true}"#
    );
}

#[test]
fn every_call_goes_to_its_route() {
    let (channel, message) = (ChannelId::new(7), MessageId::new(8));
    let nothing = || answer("204 No Content", "");
    let server = Server::that(&[
        ok(r#"{"url":"wss://x","session_start_limit":{"total":1,"remaining":1,"reset_after":0}}"#),
        ok(r#"{"id":"1"}"#),
        ok(r#"{"id":"2"}"#),
        ok(r#"{"id":"7","type":0}"#),
        ok(MESSAGE),
        nothing(),
    ]);
    let client = server.client();
    assert_eq!(client.gateway_bot().unwrap().session_start_limit.max_concurrency, 1);
    client.current_user().unwrap();
    client.current_application().unwrap();
    client.channel(channel).unwrap();
    client.message(channel, message).unwrap();
    client.trigger_typing(channel).unwrap();
    client.create_reaction(channel, message, "👍").unwrap();
    client.create_reaction(channel, message, "<:lul:41>").unwrap();
    client.delete_own_reaction(channel, message, "👍").unwrap();
    client.delete_message(channel, message).unwrap();
    let lines = [
        "GET /api/v10/gateway/bot",
        "GET /api/v10/users/@me",
        "GET /api/v10/applications/@me",
        "GET /api/v10/channels/7",
        "GET /api/v10/channels/7/messages/8",
        "POST /api/v10/channels/7/typing",
        "PUT /api/v10/channels/7/messages/8/reactions/%F0%9F%91%8D/@me",
        "PUT /api/v10/channels/7/messages/8/reactions/lul%3A41/@me",
        "DELETE /api/v10/channels/7/messages/8/reactions/%F0%9F%91%8D/@me",
        "DELETE /api/v10/channels/7/messages/8",
    ];
    assert_eq!(server.lines(), lines);
    // All of them used one connection.
    assert!(server.asked().iter().all(|asked| asked.connection == 0));
    // A request without a body says so, if its method usually has one.
    assert_eq!(server.asked()[5].header("content-length"), Some("0"));
}

#[test]
fn an_empty_or_too_long_text_is_not_sent() {
    let server = Server::that(&[ok(MESSAGE)]);
    let client = server.client();
    for content in [String::new(), " \n".to_owned(), "x".repeat(2001)] {
        let error = client.create_message(ChannelId::new(7), &content).unwrap_err();
        assert!(matches!(&error, Error::Invalid { field, .. } if field == "content"), "{error}");
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn the_token_is_in_the_longest_head_and_a_longer_one_is_not_sent() {
    let server = Server::that(&[ok(r#"{"code":"x"}"#)]);
    let client = server.client().reason("é".repeat(512));
    // ureq writes a head of more than 16 KiB in several pieces, and the token is inserted into the first one.
    let room = 16_000 - server.url.len() - "/invites/".len();
    for length in (12_000..14_000).step_by(50).chain(room - 20..=room) {
        client.delete_invite(&"x".repeat(length)).unwrap();
    }
    let asked = server.asked();
    for asked in &asked {
        assert_eq!(
            asked.header("authorization"),
            Some(format!("Bot {TOKEN}").as_str()),
            "{}",
            asked.line.len()
        );
        assert_eq!(asked.header("x-audit-log-reason").map(str::len), Some(6 * 512));
    }
    for length in [room + 1, 16_300, 70_000] {
        let error = client.delete_invite(&"x".repeat(length)).unwrap_err();
        assert!(matches!(&error, Error::Invalid { field, .. } if field == "(path)"), "{length}: {error}");
    }
    assert_eq!(server.asked().len(), asked.len());
}

#[test]
fn a_part_of_a_path_that_would_change_the_route_is_not_sent() {
    let server = Server::that(&[ok("{}")]);
    let client = server.client();
    let (channel, message) = (ChannelId::new(7), MessageId::new(8));
    for text in ["", ".", ".."] {
        for (field, error) in [
            ("emoji_name", client.delete_all_reactions_for_emoji(channel, message, text).unwrap_err()),
            ("emoji_name", client.create_reaction(channel, message, text).unwrap_err()),
            ("code", client.invite(text, &GetInvite::new()).unwrap_err()),
            ("code", client.delete_invite(text).unwrap_err()),
            ("code", client.guild_template(text).unwrap_err()),
            ("code", client.delete_guild_template(GuildId::new(5), text).unwrap_err()),
            ("webhook_token", client.as_webhook(5.into(), text).execute("aye").unwrap_err()),
        ] {
            assert!(
                matches!(&error, Error::Invalid { field: named, .. } if named == field),
                "{text:?}: {error}"
            );
        }
    }
    assert_eq!(server.lines(), Vec::<String>::new());
}

#[test]
fn plaintext_to_another_machine_is_refused_unless_permitted() {
    let builder = || Client::builder(Token::new(TOKEN).unwrap()).api_url("http://192.0.2.1/api/v10");
    let error = builder().build().unwrap_err();
    assert!(matches!(error, Error::Setup { .. }) && error.to_string().contains("https://"), "{error}");
    assert!(builder().allow_plaintext(true).build().is_ok());
}

#[test]
fn a_slash_at_the_end_of_the_base_changes_nothing() {
    let server = Server::that(&[ok(r#"{"id":"1"}"#)]);
    let client = server.builder().api_url(format!("{}/", server.url)).build().unwrap();
    client.current_user().unwrap();
    assert_eq!(server.lines(), ["GET /api/v10/users/@me"]);
}

#[test]
fn only_get_requests_accept_compressed_responses() {
    // {"id":"1","username":"tide"}
    const PACKED: &[u8] = &[
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 202, 76, 81, 178, 82, 50, 84, 210, 81, 42, 45, 78, 45, 202,
        75, 204, 77, 5, 114, 75, 50, 83, 82, 149, 106, 1, 127, 164, 236, 165, 28, 0, 0, 0,
    ];
    let server = Server::that(&[
        answer("200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip", PACKED),
        ok(MESSAGE),
    ]);
    let client = server.client();
    assert_eq!(client.current_user().unwrap().username, "tide");
    client.create_message(ChannelId::new(7), "aye").unwrap();
    let asked = server.asked();
    assert_eq!(asked[0].header("accept-encoding"), Some("gzip"));
    assert_eq!(asked[1].header("accept-encoding"), None);
}

#[test]
fn a_base_url_may_have_a_path() {
    let server = Server::that(&[ok(r#"{"id":"1"}"#)]);
    let url = server.url.replace("/api/v10", "/for/discord/api/v10");
    server.builder().api_url(url).build().unwrap().current_user().unwrap();
    assert_eq!(server.lines(), ["GET /for/discord/api/v10/users/@me"]);
}

#[test]
fn thirty_two_threads_keep_thirty_two_connections() {
    const THREADS: u64 = 32;
    // A response comes only when each thread has sent its request, on a connection that no other one uses.
    let all_sent = Barrier::new(THREADS as usize);
    let server = Server::deciding(move |_, _| {
        all_sent.wait();
        ok(r#"{"id":"7","type":0}"#)
    });
    let client = server.builder().requests_per_second(u32::MAX).build().unwrap();
    // The next calls begin when all connections are idle.
    let all_done = Barrier::new(THREADS as usize);
    thread::scope(|scope| {
        for n in 0..THREADS {
            let (client, all_done) = (&client, &all_done);
            scope.spawn(move || {
                for _ in 0..3 {
                    client.channel(ChannelId::new(1 + n)).unwrap();
                    all_done.wait();
                }
            });
        }
    });
    let connections: BTreeSet<_> = server.asked().iter().map(|asked| asked.connection).collect();
    assert_eq!((server.asked().len(), connections.len()), (96, 32));
}
