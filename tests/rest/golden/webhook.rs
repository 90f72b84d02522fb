use syncord::id::{AttachmentId, ChannelId, GuildId, MessageId, TagId, WebhookId};
use syncord::model::component::{ActionRow, Button, TextDisplay};
use syncord::rest::{
    AllowedMentions, Client, CreatePoll, CreateWebhook, EditMessage, ExecuteWebhook, ImageData,
    ModifyWebhook, ModifyWebhookWithToken, Upload, WebhookClient,
};

use super::book::Book;
use super::message::{MESSAGE, embed};

const WEBHOOK: &str = r#"{"id":"5","type":1,"guild_id":"6","channel_id":"7","name":"Tide table","avatar":null,
    "token":"a-Token","application_id":null,"url":"https://discord.com/api/webhooks/5/a-Token"}"#;

const ID: WebhookId = WebhookId::new(5);
const MESSAGE_ID: MessageId = MessageId::new(9);

#[test]
fn webhooks() {
    let mut book = Book::open("webhook");
    let channel = ChannelId::new(7);
    let picture = || ImageData::new("GIF89a").unwrap();
    let new = CreateWebhook::new("Tide table").avatar(picture());
    let made =
        book.call("create_webhook", WEBHOOK, |rest| rest.reason("tides").create_webhook(channel, &new));
    assert_eq!((made.id, made.token.as_deref()), (ID, Some("a-Token")));
    let list = format!("[{WEBHOOK}]");
    assert_eq!(book.call("channel_webhooks", &list, |rest| rest.channel_webhooks(channel)).len(), 1);
    assert_eq!(book.call("guild_webhooks", &list, |rest| rest.guild_webhooks(GuildId::new(6)))[0].id, ID);
    assert_eq!(book.call("webhook", WEBHOOK, |rest| rest.webhook(ID)).name.as_deref(), Some("Tide table"));
    let changes = ModifyWebhook::new().name("Tides").no_avatar().channel_id(ChannelId::new(8));
    book.call("modify_webhook", WEBHOOK, |rest| rest.reason("tides").modify_webhook(ID, &changes));
    book.perform("delete_webhook", |rest| rest.reason("low tide").delete_webhook(ID));
    book.close();
}

fn webhook(rest: &Client) -> WebhookClient {
    rest.as_webhook(ID, "a-Token")
}

#[test]
fn webhooks_by_their_token() {
    let mut book = Book::open("webhook_token");
    assert_eq!(book.call("info", WEBHOOK, |rest| webhook(rest).info()).id, ID);
    let changes = ModifyWebhookWithToken::new().name("Tides").avatar(ImageData::new("GIF89a").unwrap());
    book.call("modify", WEBHOOK, |rest| webhook(rest).modify(&changes));
    book.perform("delete", |rest| webhook(rest).delete());
    let slack = serde_json::json!({ "text": "The tide is in.", "username": "Harbour", "icon_url": "https://example.com/a.png", "attachments": [] });
    book.call("execute_slack_compatible", "ok", |rest| {
        webhook(rest).in_thread(ChannelId::new(8)).execute_slack_compatible(&slack)
    });
    let sender = serde_json::json!({
        "id": 1, "login": "tide", "html_url": "https://github.com/tide", "avatar_url": "https://github.com/tide.png"
    });
    // All that Discord reads of what GitHub says.
    let push = serde_json::json!({
        "action": null, "answer": null, "check_run": null, "check_suite": null, "comment": null, "commits": [],
        "compare": null, "discussion": null, "forced": false, "forkee": null, "head_commit": null, "issue": null,
        "member": null, "pull_request": null, "ref": "refs/heads/main", "ref_type": null, "release": null,
        "repository": null, "review": null, "sender": sender
    });
    book.perform("execute_github_compatible", |rest| {
        webhook(rest).in_thread(ChannelId::new(8)).execute_github_compatible("push", &push)
    });
    book.close();
}

#[test]
fn messages_of_webhooks() {
    let mut book = Book::open("webhook_message");
    let sent = book.call("execute", MESSAGE, |rest| webhook(rest).execute("aye"));
    assert_eq!(sent.id, MESSAGE_ID);
    book.perform("execute_unawaited", |rest| webhook(rest).execute_unawaited("aye"));
    let full = ExecuteWebhook::text("aye")
        .username("Harbour")
        .avatar_url("https://example.com/harbour.png")
        .tts(true)
        .embed(embed())
        .component(ActionRow::new([Button::link("https://example.com", "Why?")]))
        .poll(CreatePoll::new("Which tide?").answer("High"))
        .file(Upload::bytes("north.txt", "north"))
        .allowed_mentions(AllowedMentions::none().users())
        .suppress_embeds(true)
        .suppress_notifications(true)
        .thread_name("Tides")
        .applied_tags([TagId::new(3)]);
    book.call("execute with everything", MESSAGE, |rest| webhook(rest).execute(full));
    let thread = |rest: &Client| webhook(rest).in_thread(ChannelId::new(8));
    book.call("execute in a thread", MESSAGE, |rest| {
        thread(rest).execute(ExecuteWebhook::new().component(TextDisplay::new("# Tide")))
    });
    assert_eq!(book.call("message", MESSAGE, |rest| thread(rest).message(MESSAGE_ID)).id, MESSAGE_ID);
    let edit = EditMessage::new()
        .content("nay")
        .embed(embed())
        .component(ActionRow::new([Button::link("https://example.com", "Why?")]))
        .keep_attachment(AttachmentId::new(41))
        .file(Upload::bytes("south.txt", "south"))
        .suppress_embeds(false);
    book.call("edit_message", MESSAGE, |rest| thread(rest).edit_message(MESSAGE_ID, edit));
    book.perform("delete_message", |rest| thread(rest).delete_message(MESSAGE_ID));
    book.close();
}
