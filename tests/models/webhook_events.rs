//! The data of a webhook event is read by its type.

use serde_json::{Value, json};
use syncord::model::{WebhookEventData, WebhookEventPayload, WebhookEventPayloadType, WebhookEventType};

use crate::compare::round_trip;

fn body(kind: &str, data: &Value) -> String {
    let body = json!({
        "version": 1,
        "application_id": "1234560123453231555",
        "type": 1,
        "event": {"data": data, "timestamp": "2024-10-18T14:42:53.064834", "type": kind},
    });
    body.to_string()
}

fn payload(kind: &str, data: &Value) -> WebhookEventPayload {
    serde_json::from_str(&body(kind, data)).unwrap()
}

fn data(kind: &str, data: &Value) -> WebhookEventData {
    payload(kind, data).event.unwrap().data.unwrap()
}

#[test]
fn a_ping_has_no_event() {
    let ping: WebhookEventPayload =
        serde_json::from_str(r#"{"version":1,"application_id":"5","type":0}"#).unwrap();
    assert_eq!((ping.kind, ping.event), (WebhookEventPayloadType::PING, None));
}

#[test]
fn the_time_of_an_event_has_no_offset() {
    let event = payload("APPLICATION_DEAUTHORIZED", &json!({"user": {"id": "7"}})).event.unwrap();
    assert_eq!(event.kind, WebhookEventType::APPLICATION_DEAUTHORIZED);
    assert_eq!(event.timestamp.unix_millis(), Some(1_729_262_573_064));
}

/// The bodies are those of the documentation, shortened.
#[test]
fn each_documented_event_has_its_own_data() {
    use WebhookEventData as Data;

    let entitlement = json!({"id": "1234505980407808808", "sku_id": "123489045643835123", "type": 4});
    let lobby = json!({"id": "1402390388030832792", "content": "nice", "lobby_id": "1402385687281537066",
        "timestamp": "2025-08-05T20:38:43.660000+00:00", "edited_timestamp": "2025-08-05T20:39:19.557970+00:00"});
    let direct = json!({"id": "1405614357781545021", "content": "the tide is in", "author": {"id": "3"},
        "channel": {"id": "2", "type": 1}});
    for (kind, sent) in [
        ("APPLICATION_AUTHORIZED", json!({"user": {"id": "7"}, "scopes": ["bot"], "integration_type": 1})),
        ("APPLICATION_DEAUTHORIZED", json!({"user": {"id": "7"}})),
        ("ENTITLEMENT_CREATE", entitlement.clone()),
        ("ENTITLEMENT_UPDATE", entitlement.clone()),
        ("ENTITLEMENT_DELETE", entitlement),
        ("LOBBY_MESSAGE_CREATE", lobby.clone()),
        ("LOBBY_MESSAGE_UPDATE", lobby),
        ("LOBBY_MESSAGE_DELETE", json!({"id": "1402406637632884857", "lobby_id": "1402399883394285659"})),
        ("GAME_DIRECT_MESSAGE_CREATE", direct.clone()),
        ("GAME_DIRECT_MESSAGE_UPDATE", direct.clone()),
        ("GAME_DIRECT_MESSAGE_DELETE", direct),
    ] {
        let is_right = match (kind, data(kind, &sent)) {
            ("APPLICATION_AUTHORIZED", Data::ApplicationAuthorized(data)) => data.scopes[0] == "bot",
            ("APPLICATION_DEAUTHORIZED", Data::ApplicationDeauthorized(data)) => data.user.id.get() == 7,
            ("ENTITLEMENT_CREATE", Data::EntitlementCreate(data))
            | ("ENTITLEMENT_UPDATE", Data::EntitlementUpdate(data))
            | ("ENTITLEMENT_DELETE", Data::EntitlementDelete(data)) => data.kind.0 == 4,
            ("LOBBY_MESSAGE_CREATE", Data::LobbyMessageCreate(data))
            | ("LOBBY_MESSAGE_UPDATE", Data::LobbyMessageUpdate(data)) => data.edited_timestamp.is_some(),
            ("LOBBY_MESSAGE_DELETE", Data::LobbyMessageDelete(data)) => data.lobby_id.get() != 0,
            ("GAME_DIRECT_MESSAGE_CREATE", Data::GameDirectMessageCreate(data))
            | ("GAME_DIRECT_MESSAGE_UPDATE", Data::GameDirectMessageUpdate(data))
            | ("GAME_DIRECT_MESSAGE_DELETE", Data::GameDirectMessageDelete(data)) => {
                data.message.content == "the tide is in" && data.channel.is_some()
            }
            _ => false,
        };
        assert!(is_right, "{kind}");
        assert_eq!(round_trip::<WebhookEventPayload>(&body(kind, &sent), &[]), [""; 0], "{kind}");
    }
}

#[test]
fn unknown_and_unreadable_data_is_kept() {
    for (kind, sent) in
        [("TIDE_TURNED", json!({"height": 3})), ("ENTITLEMENT_CREATE", json!({"sku_id": "5"}))]
    {
        let WebhookEventData::Unknown(raw) = data(kind, &sent) else { panic!("{kind}") };
        assert_eq!(raw.parse::<Value>().unwrap(), sent);
    }
    assert_eq!(payload("QUEST_USER_ENROLLMENT", &Value::Null).event.unwrap().data, None);
}
