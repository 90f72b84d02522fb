use syncord::Error;
use syncord::id::ApplicationId;
use syncord::model::application::{
    ApplicationFlags, ApplicationIntegrationType, EventWebhooksStatus, InstallParams,
};
use syncord::model::{ActivityLocationKind, Permissions, WebhookEventType};
use syncord::rest::{Client, EditApplication, ImageData, Upload};

use super::book::Book;

const APPLICATION: &str = r#"{"id":"172150183260323840","name":"Tidekeeper","icon":null,"description":"Knows the tides.","bot_public":true,"flags":565248,"verify_key":"1e0a356058d627ca38a5c8c9648818061d49e49bd9da9e3ab17d98ad4d6bg2u8"}"#;

const ATTACHMENT: &str = r#"{"attachment":{"id":"5","filename":"tide.png","size":6,"url":"https://cdn.discordapp.com/ephemeral-attachments/1/5/tide.png","proxy_url":"https://media.discordapp.net/ephemeral-attachments/1/5/tide.png","ephemeral":true}}"#;

#[test]
fn applications() {
    let mut book = Book::open("application");
    let id = ApplicationId::new(172150183260323840);
    let application = book.call("current_application", APPLICATION, Client::current_application);
    assert_eq!((application.id, application.name.as_str()), (id, "Tidekeeper"));

    let install = || InstallParams::new(["applications.commands", "bot"], Permissions::SEND_MESSAGES);
    let changes = EditApplication::new()
        .custom_install_url("https://tides.example/add")
        .description("Knows the tides.")
        .role_connections_verification_url("https://tides.example/roles")
        .install_params(install())
        .integration_types_config(
            [
                (ApplicationIntegrationType::GUILD_INSTALL, install().into()),
                (
                    ApplicationIntegrationType::USER_INSTALL,
                    InstallParams::new(["applications.commands"], Permissions::default()).into(),
                ),
            ]
            .into(),
        )
        .flags(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED)
        .icon(ImageData::new("GIF89a").unwrap())
        .no_cover_image()
        .interactions_endpoint_url("https://tides.example/interactions")
        .tags(vec!["weather".into(), "sea".into()])
        .event_webhooks_url("https://tides.example/events")
        .event_webhooks_status(EventWebhooksStatus::ENABLED)
        .event_webhooks_types(vec![WebhookEventType::APPLICATION_AUTHORIZED]);
    let application =
        book.call("edit_current_application", APPLICATION, |rest| rest.edit_current_application(&changes));
    assert!(application.flags.contains(ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED));

    book.call("application", APPLICATION, |rest| rest.application(id));
    let changes = EditApplication::new()
        .no_custom_install_url()
        .no_role_connections_verification_url()
        .no_install_params()
        .no_icon()
        .cover_image(ImageData::new("GIF89a").unwrap())
        .no_interactions_endpoint_url()
        .no_event_webhooks_url();
    book.call("edit_application", APPLICATION, |rest| rest.edit_application(id, &changes));

    let instance = r#"{"application_id":"172150183260323840","instance_id":"i-7-gc-8-9","launch_id":"7","location":{"id":"gc-8-9","kind":"gc","channel_id":"9","guild_id":"8"},"users":["205519959982473217"]}"#;
    let instance = book.call("application_activity_instance", instance, |rest| {
        rest.application_activity_instance(id, "i-7-gc-8-9")
    });
    assert_eq!(
        (instance.location.kind, instance.users[0].get()),
        (ActivityLocationKind::GUILD_CHANNEL, 205519959982473217)
    );

    let file = Upload::bytes("tide.png", "GIF89a");
    let attachment = book.call("upload_application_attachment", ATTACHMENT, |rest| {
        rest.upload_application_attachment(id, &file)
    });
    assert!(attachment.url.ends_with("/5/tide.png"));
    let file = Upload::reader("tide.png", std::io::Cursor::new("GIF89a"));
    book.call("upload_application_attachment, from a reader", ATTACHMENT, |rest| {
        rest.upload_application_attachment(id, &file)
    });
    book.close();
}

#[test]
fn limits_on_applications_are_checked() {
    let edit = EditApplication::new;
    let table = [
        (edit().tags(vec![String::new(); 5]), ""),
        (edit().tags(vec![String::new(); 6]), "tags: at most 5 elements, and this has 6"),
        (edit().tags(vec!["sea".into(), "é".repeat(21)]), "tags[1]: at most 20 characters, and this has 21"),
        (edit().description("é".repeat(400)), ""),
        (edit().description("é".repeat(401)), "description: at most 400 characters, and this has 401"),
        (
            edit().event_webhooks_url("é".repeat(2049)),
            "event_webhooks_url: at most 2048 characters, and this has 2049",
        ),
    ];
    for (changes, expected) in table {
        assert_eq!(problem(changes.check()), expected);
    }
}

/// What is wrong, without what is the same for all.
pub fn problem(result: Result<(), Error>) -> String {
    let text = result.map_or_else(|error| error.to_string(), |()| String::new());
    text.trim_end_matches(" (nothing was sent)").to_owned()
}
