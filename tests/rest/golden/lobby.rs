use std::collections::BTreeMap;
use std::time::Duration;

use syncord::id::{LobbyId, MessageId, UserId};
use syncord::model::LobbyMemberFlags;
use syncord::rest::{AddLobbyMember, CreateLobby, ModifyLobby, NewLobbyMember, UpdateLobbyMember};

use super::application::problem;
use super::book::Book;
use crate::server::{Server, ok};

const LOBBY: &str = r#"{"id":"5","application_id":"7","metadata":{"topic":"we need more redstone"},"members":[{"id":"3","metadata":null,"flags":1,"additional_name":"Twindly Shimmerleaf"}]}"#;
const MEMBER: &str = r#"{"id":"3","metadata":{"class":"mage"},"flags":1}"#;

fn note(key: &str, value: impl Into<String>) -> BTreeMap<String, String> {
    [(key.to_owned(), value.into())].into()
}

#[test]
fn lobbies() {
    let mut book = Book::open("lobby");
    let (lobby, user) = (LobbyId::new(5), UserId::new(3));
    let options = CreateLobby::new()
        .metadata(note("topic", "redstone"))
        .members(vec![
            NewLobbyMember::new(user).metadata(note("class", "mage")).flags(LobbyMemberFlags::CAN_LINK_LOBBY),
            NewLobbyMember::new(UserId::new(4)),
        ])
        .idle_timeout(Duration::from_secs(600));
    let made = book.call("create_lobby", LOBBY, |rest| rest.create_lobby(&options));
    assert_eq!(made.members[0].additional_name.as_deref(), Some("Twindly Shimmerleaf"));
    book.call("create_lobby, as it comes", LOBBY, |rest| rest.create_lobby(&CreateLobby::new()));
    book.call("lobby", LOBBY, |rest| rest.lobby(lobby));
    let changes = ModifyLobby::new()
        .no_metadata()
        .members(vec![NewLobbyMember::new(user).no_metadata()])
        .idle_timeout(Duration::from_secs(5));
    book.call("modify_lobby", LOBBY, |rest| rest.modify_lobby(lobby, &changes));
    book.perform("delete_lobby", |rest| rest.delete_lobby(lobby));
    let member = AddLobbyMember::new()
        .metadata(note("class", "mage"))
        .flags(LobbyMemberFlags::CAN_LINK_LOBBY)
        .additional_name("Twindly Shimmerleaf");
    let member = book.call("add_lobby_member", MEMBER, |rest| rest.add_lobby_member(lobby, user, &member));
    assert_eq!(member.flags, LobbyMemberFlags::CAN_LINK_LOBBY);
    let members = [
        UpdateLobbyMember::new(user)
            .metadata(note("class", "bard"))
            .flags(LobbyMemberFlags::CAN_LINK_LOBBY)
            .no_additional_name(),
        UpdateLobbyMember::new(UserId::new(4)).remove_member(true),
    ];
    let list = format!("[{MEMBER}]");
    let members =
        book.call("bulk_update_lobby_members", &list, |rest| rest.bulk_update_lobby_members(lobby, &members));
    assert_eq!(members.len(), 1);
    book.perform("remove_lobby_member", |rest| rest.remove_lobby_member(lobby, user));
    let invite = book.call("create_lobby_channel_invite_for_user", r#"{"code":"abc"}"#, |rest| {
        rest.create_lobby_channel_invite_for_user(lobby, user)
    });
    assert_eq!(invite.code, "abc");
    let hidden = BTreeMap::from([("action".to_owned(), "hide".to_owned())]);
    book.perform("update_lobby_message_moderation_metadata", |rest| {
        rest.update_lobby_message_moderation_metadata(lobby, MessageId::new(8), &hidden)
    });
    book.close();
}

#[test]
fn limits_on_lobbies_are_checked() {
    let create = CreateLobby::new;
    let member = || NewLobbyMember::new(UserId::new(3));
    let table = [
        (create().metadata(note("four", "é".repeat(996))), ""),
        (
            create().metadata(note("four", "é".repeat(997))),
            "metadata: at most 1000 characters in total, and this has 1001",
        ),
        (create().members(vec![member(); 26]), "members: at most 25 elements, and this has 26"),
        (
            create().members(vec![member(), member().metadata(note("", "é".repeat(1001)))]),
            "members[1].metadata: at most 1000 characters in total, and this has 1001",
        ),
        (
            create().idle_timeout(Duration::from_secs(4)),
            "idle_timeout_seconds: from 5 to 604800 whole seconds, and this is 4",
        ),
    ];
    for (lobby, expected) in table {
        assert_eq!(problem(lobby.check()), expected);
    }

    let server = Server::that(&[ok("[]")]);
    let (rest, lobby) = (server.client(), LobbyId::new(5));
    let member = || UpdateLobbyMember::new(UserId::new(3));
    for (members, expected) in [
        (vec![], ": 1 to 25 elements, and this has 0"),
        (vec![member(); 26], ": 1 to 25 elements, and this has 26"),
        (vec![member().additional_name("")], "[0].additional_name: 1 to 80 characters, and this has 0"),
    ] {
        assert_eq!(problem(rest.bulk_update_lobby_members(lobby, &members).map(drop)), expected);
    }
    let six: BTreeMap<String, String> = (0..6).map(|n| (n.to_string(), String::new())).collect();
    for (metadata, expected) in [
        (six, ": at most 5 elements, and this has 6"),
        (note("why", "é".repeat(2001)), "why: at most 2000 characters, and this has 2001"),
        (
            note(&"é".repeat(1025), ""),
            "the key éééééééééééééééééééé…: at most 1024 characters, and this has 1025",
        ),
    ] {
        let result = rest.update_lobby_message_moderation_metadata(lobby, MessageId::new(8), &metadata);
        assert_eq!(problem(result), expected);
    }
    assert!(server.asked().is_empty());
}
