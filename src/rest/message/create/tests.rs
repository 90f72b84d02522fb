#![allow(clippy::unwrap_used)]

use std::time::Duration;

use super::{CreateMessage, ThreadMessage};
use crate::id::{AttachmentId, ChannelId, MessageId, StickerId};
use crate::model::component::{ActionRow, Button, TextDisplay};
use crate::model::{Embed, MessageFlags, SharedClientTheme};
use crate::rest::{AllowedMentions, CreatePoll, EditMessage, EditResponse, KeptAttachment, Upload};

fn json(value: &impl serde::Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

fn file(name: &str) -> Upload {
    Upload::bytes(name, "x")
}

fn row() -> ActionRow {
    ActionRow::new([Button::primary("a", "A")])
}

fn poll() -> CreatePoll {
    CreatePoll::new("Which?").answer("This")
}

fn sound() -> CreateMessage {
    CreateMessage::new().voice(file("a.ogg"), Duration::from_secs(1), [1, 2])
}

#[test]
fn the_text_has_from_one_to_two_thousand_characters() {
    for content in ["x", &"é".repeat(2000), " x "] {
        assert!(CreateMessage::text(content).check().is_ok(), "{}", content.len());
    }
    let problem = CreateMessage::text("é".repeat(2001)).check().unwrap_err().to_string();
    assert_eq!(problem, "content: at most 2000 characters, and this has 2001 (nothing was sent)");
    for content in ["", " \n\t\u{2003}"] {
        let problem = CreateMessage::from(content).check().unwrap_err().to_string();
        assert!(problem.starts_with("content: ") && problem.contains("white space"), "{problem}");
    }
}

#[test]
fn each_message_has_its_own_nonce_unless_one_is_given() {
    let nonce = |message: CreateMessage| json(&message.with_nonce())["nonce"].as_str().unwrap().to_owned();
    let message = CreateMessage::text("x");
    assert!((1..=20).contains(&nonce(message.clone()).len()));
    assert_ne!(nonce(message.clone()), nonce(message.clone()));
    assert_eq!(nonce(message.clone().nonce("mine")), "mine");
    assert!(message.clone().nonce("x".repeat(26)).check().is_err());
    assert!(message.nonce("").check().is_err());
}

#[test]
fn the_body_is_what_discord_documents() {
    let message = CreateMessage::text("a \"b\"").tts(true).reply_to(MessageId::new(7)).nonce("n");
    assert_eq!(
        serde_json::to_string(&message).unwrap(),
        r#"{"content":"a \"b\"","tts":true,"message_reference":{"type":0,"message_id":"7","fail_if_not_exists":false},"allowed_mentions":{"parse":[],"replied_user":true},"nonce":"n","enforce_nonce":true}"#
    );
}

#[test]
fn any_visible_field_makes_a_message_not_empty() {
    for message in [
        CreateMessage::new().embed(Embed::new().title("x")),
        CreateMessage::new().component(row()),
        CreateMessage::new().component(TextDisplay::new("x")),
        CreateMessage::new().sticker(StickerId::new(1)),
        CreateMessage::new().file(file("a")),
        CreateMessage::new().poll(poll()),
        CreateMessage::forward(ChannelId::new(1), MessageId::new(2)),
        CreateMessage::text(" ").file(file("a")),
        sound(),
    ] {
        assert!(message.check().is_ok(), "{message:?}");
    }
}

#[test]
fn values_beyond_a_limit_are_invalid() {
    let v2 = || CreateMessage::new().component(TextDisplay::new("x"));
    let theme = |colors: &[&str]| {
        let colors = colors.iter().map(|color| (*color).to_owned()).collect();
        let theme = SharedClientTheme { colors, ..SharedClientTheme::default() };
        CreateMessage::new().shared_client_theme(theme)
    };
    let many = (0..11).map(|_| Embed::new().title("x"));
    for (message, expected) in [
        (CreateMessage::new().embeds(many), "embeds: at most 10 elements, and this has 11"),
        (CreateMessage::new().embed(Embed::new()), "embeds[0]: is empty"),
        (
            (0..4).fold(CreateMessage::new(), |m, n| m.sticker(StickerId::new(n))),
            "sticker_ids: at most 3 elements",
        ),
        (
            CreateMessage::new().files((0..11).map(|_| file("a"))),
            "attachments: at most 10 elements, and this has 11",
        ),
        (CreateMessage::new().file(file("")), "files[0].filename: is empty"),
        (
            CreateMessage::new().file(file("a")).file(file("b").description("x".repeat(1025))),
            "files[1].description: at most 1024 characters, and this has 1025",
        ),
        (CreateMessage::new().poll(CreatePoll::new("")), "poll.question.text: 1 to 300 characters"),
        (
            v2().content("x"),
            "content: a message with components V2 cannot have this: put the text into a TextDisplay",
        ),
        (
            v2().embed(Embed::new().title("x")),
            "embeds: a message with components V2 cannot have this: use a Container",
        ),
        (v2().sticker(StickerId::new(1)), "sticker_ids: a message with components V2 cannot have this ("),
        (v2().poll(poll()), "poll: a message with components V2"),
        (
            CreateMessage::text("x").component(Button::primary("a", "A")),
            "components[0].type: BUTTON is not allowed in a message; put it into an ActionRow; allowed: ",
        ),
        (CreateMessage::text("x").component(row()).components_v2(), "content: a message with components V2"),
        (sound().content("x"), "content: a voice message cannot have this"),
        (sound().file(file("b")), "files: exactly 1 file in a voice message, and this has 2"),
        (
            CreateMessage::new().voice(file("a"), Duration::ZERO, [0; 257]),
            "waveform: at most 256 bytes, and this has 257",
        ),
        (
            CreateMessage::forward(ChannelId::new(1), MessageId::new(2)).content("x"),
            "content: a forward cannot have this",
        ),
        (
            CreateMessage::text("x").allowed_mentions(AllowedMentions::none().users().user(7.into())),
            "allowed_mentions.users: either all",
        ),
        (theme(&[]), "shared_client_theme.colors: 1 to 5 elements, and this has 0"),
        (theme(&["#12345"]), "shared_client_theme.colors[0]: is not six hexadecimal digits"),
    ] {
        let problem = message.check().unwrap_err().to_string();
        assert!(problem.starts_with(expected), "{problem}\n{expected}");
    }
}

#[test]
fn layouts_set_their_flag_and_rows_alone_do_not() {
    let flags = |message: &CreateMessage| json(message)["flags"].as_u64();
    let v2 = MessageFlags::IS_COMPONENTS_V2;
    let quiet = MessageFlags::SUPPRESS_NOTIFICATIONS;
    assert_eq!(flags(&CreateMessage::text("x").component(row())), None);
    assert_eq!(flags(&CreateMessage::new().component(row()).components_v2()), Some(v2.bits()));
    let layout = CreateMessage::new().component(row()).component(TextDisplay::new("x"));
    assert_eq!(flags(&layout), Some(v2.bits()));
    assert_eq!(flags(&layout.suppress_notifications(true)), Some((v2 | quiet).bits()));
    assert_eq!(flags(&CreateMessage::text("x").suppress_embeds(true).suppress_embeds(false)), None);
}

#[test]
fn an_edit_names_the_attachments_that_stay() {
    let attachments = |edit: &EditMessage| json(edit).get("attachments").cloned();
    let edit = EditMessage::new;
    assert_eq!(attachments(&edit().file(file("a"))), None);
    assert_eq!(attachments(&edit().drop_attachments()), Some(serde_json::json!([])));
    let kept = KeptAttachment::new(AttachmentId::new(4)).description("four");
    assert_eq!(
        attachments(&edit().keep_attachment(AttachmentId::new(3)).keep_attachment(kept).file(file("a"))),
        Some(serde_json::json!([{"id":"3"},{"id":"4","description":"four"},{"id":0,"filename":"a"}]))
    );
    let described = edit().file(file("a").description("x"));
    let problem = described.check().unwrap_err().to_string();
    assert!(problem.starts_with("attachments: ") && problem.contains("keep_attachment"), "{problem}");
    assert!(described.drop_attachments().check().is_ok());
    let many =
        (0..9).fold(edit().file(file("a")).file(file("b")), |e, n| e.keep_attachment(AttachmentId::new(n)));
    let problem = many.check().unwrap_err().to_string();
    assert!(problem.starts_with("attachments: at most 10 elements, and this has 11"), "{problem}");
}

#[test]
fn only_an_edit_of_text_has_allowed_mentions() {
    let mentions = |edit: &EditMessage| json(edit).get("allowed_mentions").cloned();
    let default = Some(serde_json::json!({"parse":[],"replied_user":true}));
    assert_eq!(mentions(&"nay".into()), default);
    assert_eq!(mentions(&EditMessage::new().component(TextDisplay::new("@everyone"))), default);
    assert_eq!(json(&EditMessage::new().suppress_embeds(false)), serde_json::json!({"flags":0}));
    assert_eq!(
        json(&EditMessage::new().no_content().no_embeds()),
        serde_json::json!({"content":null,"embeds":[]})
    );
    assert_eq!(json(&EditMessage::new()), serde_json::json!({}));
}

#[test]
fn an_edit_of_a_message_converts_into_one_of_a_response() {
    let response = EditResponse::from(EditMessage::from("nay"));
    assert_eq!(json(&response)["content"], "nay");
    assert!(EditResponse::from("x".repeat(2001)).check().is_err());
}

#[test]
fn the_first_message_of_a_thread_has_the_same_limits() {
    assert!(ThreadMessage::new().check().is_err());
    let message = ThreadMessage::from("aye").sticker(StickerId::new(1)).suppress_embeds(true);
    assert!(message.check().is_ok());
    assert_eq!((&json(&message)["flags"], &json(&message)["sticker_ids"][0]), (&4.into(), &"1".into()));
}

#[test]
fn a_text_an_embed_and_a_file_are_messages() {
    fn all<M>() -> Vec<serde_json::Value>
    where
        M: std::fmt::Debug
            + serde::Serialize
            + From<&'static str>
            + From<String>
            + From<std::borrow::Cow<'static, str>>
            + From<Embed>
            + From<Vec<Embed>>
            + From<Upload>,
    {
        let embed = || Embed::new().title("Tide");
        let texts: [M; 3] = ["aye".into(), "aye".to_owned().into(), std::borrow::Cow::Borrowed("aye").into()];
        let mut all: Vec<_> = texts.iter().map(|message| json(message)["content"].clone()).collect();
        all.push(json(&M::from(embed()))["embeds"].clone());
        all.push(json(&M::from(vec![embed()]))["embeds"].clone());
        all.push(format!("{:?}", M::from(file("a.txt"))).contains("a.txt").into());
        all
    }
    let embeds = serde_json::json!([{"title": "Tide"}]);
    let expected = vec!["aye".into(), "aye".into(), "aye".into(), embeds.clone(), embeds, true.into()];
    assert_eq!(all::<CreateMessage>(), expected);
    assert_eq!(all::<ThreadMessage>(), expected);
    assert_eq!(all::<EditMessage>(), expected);
    assert_eq!(all::<EditResponse>(), expected);
    assert_eq!(all::<crate::rest::ExecuteWebhook>(), expected);
    assert_eq!(all::<crate::rest::InteractionMessage>(), expected);
}
