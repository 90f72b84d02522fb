//! Deleting many messages, and downloads.

use std::io::Read;
use std::time::Duration;

use syncord::id::MessageId;
use syncord::rest::{Client, CreateMessage, Upload};
use syncord::sim::Discord;
use syncord::{Error, Limit, Token};

use crate::scene::Scene;

const DAYS: Duration = Duration::from_secs(24 * 60 * 60);

/// The requests that delete messages, as `POST 204`.
fn deletes(discord: &Discord) -> Vec<String> {
    let requests = discord.requests().into_iter();
    let deletes = requests.filter(|r| r.method == "DELETE" || r.path.ends_with("/messages/bulk-delete"));
    deletes.map(|request| format!("{} {}", request.method, request.status.unwrap_or(0))).collect()
}

fn client(discord: &Discord) -> Client {
    Client::builder(Token::new(&discord.token()).unwrap()).api_url(discord.api_url()).build().unwrap()
}

/// A world whose messages are older than those that can be deleted together.
fn old_world() -> Discord {
    Discord::builder().repeatable(1).start().unwrap()
}

#[test]
fn young_messages_are_deleted_together_with_the_reason() {
    let scene = Scene::new();
    let bob = scene.discord.member("bob");
    for number in 0..130 {
        scene.ann.says(&scene.general, &format!("spam {number}"));
    }
    bob.says(&scene.general, "hello");
    let mut progress = Vec::new();
    let purge = scene.rest.reason("advertising").purge(scene.here()).by(scene.ann()).limit(120);
    let counts = purge.on_progress(|counts| progress.push(counts.deleted())).run().unwrap();
    assert_eq!((counts.deleted_in_bulk, counts.deleted_singly, counts.scanned), (120, 0, 121));
    assert_eq!(progress, [100, 120]);
    assert_eq!(deletes(&scene.discord), ["POST 204", "POST 204"]);
    assert_eq!(scene.last_entry(), (73, Some("advertising".to_owned())));
    let left = scene.rest.messages_iter(scene.here()).map(|message| message.unwrap().content);
    let expected = (0..10).rev().map(|number| format!("spam {number}"));
    assert_eq!(
        left.collect::<Vec<_>>(),
        ["hello".to_owned()].into_iter().chain(expected).collect::<Vec<_>>()
    );
}

#[test]
fn only_messages_in_the_range_that_match_are_deleted() {
    let scene = Scene::new();
    let ids: Vec<MessageId> =
        (0..6).map(|number| scene.ann.says(&scene.general, &number.to_string())).collect();
    let counts = scene
        .rest
        .purge(scene.here())
        .after(ids[0])
        .before(ids[5])
        .matching(|message| message.content != "3")
        .run()
        .unwrap();
    assert_eq!((counts.deleted(), counts.scanned), (3, 4));
    let left = scene.rest.messages_iter(scene.here()).map(|message| message.unwrap().content);
    assert_eq!(left.collect::<Vec<_>>(), ["5", "3", "0"]);
    // No more is looked at than allowed, and one message needs no bulk delete.
    let counts = scene.rest.purge(scene.here()).scan(1).run().unwrap();
    assert_eq!((counts.deleted_singly, counts.scanned), (1, 1));
    assert_eq!(deletes(&scene.discord), ["POST 204", "DELETE 204"]);
}

#[test]
fn messages_older_than_two_weeks_are_deleted_one_by_one() {
    let discord = old_world();
    let (general, ann) = (discord.channel("general"), discord.member("ann"));
    for text in ["one", "two", "three"] {
        ann.says(&general, text);
    }
    let counts = client(&discord).purge(general.id()).run().unwrap();
    assert_eq!((counts.deleted_in_bulk, counts.deleted_singly), (0, 3));
    assert_eq!(deletes(&discord), ["DELETE 204"; 3]);
}

#[test]
fn a_bulk_delete_that_discord_refuses_becomes_single_ones() {
    let scene = Scene::new();
    for text in ["one", "two"] {
        scene.ann.says(&scene.general, text);
    }
    // Discord's clock is ahead of this machine's.
    scene.discord.advance(15 * DAYS);
    let counts = scene.rest.purge(scene.here()).run().unwrap();
    assert_eq!((counts.deleted_in_bulk, counts.deleted_singly), (0, 2));
    assert_eq!(deletes(&scene.discord), ["POST 400", "DELETE 204", "DELETE 204"]);
}

/// Sends a file, and returns the message.
fn with_file(scene: &Scene, content: &[u8]) -> syncord::model::Message {
    let message = CreateMessage::new().file(Upload::bytes("tides.bin", content));
    scene.rest.create_message(scene.here(), message).unwrap()
}

#[test]
fn an_attachment_is_downloaded_into_memory_a_file_or_a_reader_without_the_token() {
    let scene = Scene::new();
    let content: Vec<u8> = (0..300_000_u32).map(|number| (number % 251) as u8).collect();
    let message = with_file(&scene, &content);
    let attachment = &message.attachments[0];
    assert!(scene.rest.download(attachment).bytes().unwrap() == content);
    let folder = std::env::temp_dir().join(format!("syncord-download-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("tides.bin");
    std::fs::write(&path, "old").unwrap();
    assert_eq!(scene.rest.download(attachment).save(&path).unwrap(), 300_000);
    assert!(std::fs::read(&path).unwrap() == content);
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "no part is left");
    std::fs::remove_dir_all(&folder).unwrap();
    let (mut reader, mut read) = (scene.rest.download(attachment.url.as_str()).reader().unwrap(), Vec::new());
    reader.read_to_end(&mut read).unwrap();
    assert!(read == content);
    let requests = scene.discord.requests();
    let downloads: Vec<_> =
        requests.iter().filter(|request| request.path.starts_with("/attachments")).collect();
    assert_eq!(downloads.len(), 3);
    assert!(downloads.iter().all(|request| request.header("authorization").is_none()));
}

#[test]
fn a_file_over_the_limit_is_an_error_before_it_is_in_memory() {
    let scene = Scene::new();
    let message = with_file(&scene, &[7; 2000]);
    let attachment = &message.attachments[0];
    let too_large = |result: Result<Vec<u8>, Error>| {
        let Err(Error::Invalid { limit, .. }) = result else { panic!("{result:?}") };
        limit
    };
    let before = scene.discord.requests().len();
    let limit = Some(Limit::Bytes { max: 1999, actual: 2000 });
    assert_eq!(too_large(scene.rest.download(attachment).max_size(1999).bytes()), limit);
    assert_eq!(scene.discord.requests().len(), before, "its size was known");
    assert_eq!(too_large(scene.rest.download(attachment.url.as_str()).max_size(1999).bytes()), limit);
    assert_eq!(scene.rest.download(attachment).max_size(2000).bytes().unwrap().len(), 2000);
}

#[test]
fn a_missing_file_and_a_foreign_address_are_errors() {
    let scene = Scene::new();
    let message = with_file(&scene, b"tide");
    let url = &message.attachments[0].url;
    let gone = url.replace(&message.attachments[0].id.to_string(), "1");
    let error = scene.rest.download(gone).bytes().unwrap_err();
    assert!(matches!(&error, Error::Http(error) if error.status >= 400), "{error}");
    let other = Discord::start().unwrap();
    let foreign = other.api_url().replace("/api/v10", "/attachments/1/2/a");
    let error = scene.rest.download(foreign).bytes().unwrap_err();
    assert!(error.to_string().contains("only files on Discord's CDN"), "{error}");
    assert_eq!(other.requests().len(), 0);
}
