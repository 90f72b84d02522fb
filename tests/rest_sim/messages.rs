use syncord::rest::{
    CreateMessage, CreatePoll, EditMessage, GetAnswerVoters, GetChannelMessages, GetChannelPins,
    GetGuildAuditLog, GetReactions, SearchGuildMessages, Upload,
};

use crate::scene::{Scene, code};

#[test]
fn messages_are_created_fetched_edited_and_deleted() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let asked = scene.ann.says(&scene.general, "ping");
    let posted = rest.create_message(scene.here(), CreateMessage::text("pong").reply_to(asked)).unwrap();
    assert_eq!(scene.general.next_message().unwrap().reply_to, Some(asked));
    assert_eq!(rest.message(scene.here(), posted.id).unwrap().content, "pong");
    let edited = rest.edit_message(scene.here(), posted.id, "pong!").unwrap();
    assert_eq!((edited.content.as_str(), edited.edited_timestamp.is_some()), ("pong!", true));
    assert_eq!(code(rest.edit_message(scene.here(), asked, "mine")), 50005);
    let newest = rest.messages(scene.here(), &GetChannelMessages::new().limit(1)).unwrap();
    assert_eq!(newest[0].id, posted.id);
    rest.reason("spam").delete_message(scene.here(), asked).unwrap();
    // Discord keeps no entry of a message that a bot has deleted.
    let log = rest.guild_audit_log(scene.guild, &GetGuildAuditLog::new()).unwrap();
    assert!(log.audit_log_entries.is_empty());
    assert_eq!(code(rest.message(scene.here(), asked)), 10008);
}

#[test]
fn a_channel_is_iterated_and_bulk_deleted() {
    let scene = Scene::new();
    let rest = &scene.rest;
    for number in 0..120 {
        scene.ann.says(&scene.general, &number.to_string());
    }
    let all: Vec<_> = rest.messages_iter(scene.here()).map(Result::unwrap).collect();
    assert_eq!((all.len(), all[0].content.as_str(), all[119].content.as_str()), (120, "119", "0"));
    rest.bulk_delete_messages(scene.here(), all[..100].iter().map(|message| message.id)).unwrap();
    assert_eq!(rest.messages_iter(scene.here()).count(), 20);
    let found = rest.search_guild_messages(scene.guild, &SearchGuildMessages::new().content("19")).unwrap();
    assert_eq!(crate::scene::json(found)["total_results"], 1);
}

#[test]
fn files_are_sent_kept_and_removed() {
    let scene = Scene::new();
    let rest = &scene.rest;
    let message = CreateMessage::text("charts")
        .file(Upload::bytes("north.txt", "north").description("Up there"))
        .file(Upload::bytes("south.txt", "south!"));
    let posted = rest.create_message(scene.here(), message).unwrap();
    let names = |message: &syncord::model::Message| {
        message.attachments.iter().map(|file| (file.filename.clone(), file.size)).collect::<Vec<_>>()
    };
    assert_eq!(names(&posted), [("north.txt".to_owned(), 5), ("south.txt".to_owned(), 6)]);
    assert_eq!(scene.discord.upload(posted.attachments[1].id).unwrap(), b"south!");
    assert_eq!(posted.attachments[0].description.as_deref(), Some("Up there"));
    let edit =
        EditMessage::new().keep_attachment(posted.attachments[1].id).file(Upload::bytes("west.txt", "w"));
    let edited = rest.edit_message(scene.here(), posted.id, edit).unwrap();
    assert_eq!(names(&edited), [("south.txt".to_owned(), 6), ("west.txt".to_owned(), 1)]);
}

#[test]
fn pins_reactions_and_polls() {
    let scene = Scene::new();
    let (rest, here) = (&scene.rest, scene.here());
    let message = rest.create_message(here, "a").unwrap().id;
    rest.pin_message(here, message).unwrap();
    assert_eq!(rest.channel_pins(here, &GetChannelPins::new()).unwrap().items[0].message.id, message);
    assert_eq!(rest.channel_pins_iter(here).count(), 1);
    rest.unpin_message(here, message).unwrap();
    assert_eq!(rest.channel_pins_iter(here).count(), 0);

    rest.create_reaction(here, message, "👍").unwrap();
    scene.ann.reacts(&scene.general, message.get(), "👍");
    let users = rest.reactions(here, message, "👍", &GetReactions::new()).unwrap();
    assert_eq!(users.iter().map(|user| user.username.as_str()).collect::<Vec<_>>(), ["bot", "ann"]);
    rest.delete_user_reaction(here, message, "👍", scene.ann()).unwrap();
    rest.delete_own_reaction(here, message, "👍").unwrap();
    rest.create_reaction(here, message, "⚓").unwrap();
    rest.delete_all_reactions_for_emoji(here, message, "⚓").unwrap();
    rest.delete_all_reactions(here, message).unwrap();
    assert_eq!(rest.reactions_iter(here, message, "⚓").count(), 0);

    let poll = CreateMessage::new().poll(CreatePoll::new("Which tide?").answer("High").answer("Low"));
    let poll = rest.create_message(here, poll).unwrap();
    assert_eq!(rest.poll_answer_voters(here, poll.id, 1, &GetAnswerVoters::new()).unwrap().len(), 0);
    let ended = rest.end_poll(here, poll.id).unwrap().poll.unwrap();
    assert!(ended.results.unwrap().is_finalized);
}
