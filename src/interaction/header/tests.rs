use super::InteractionHeader;
use crate::interaction::action::InteractionKind;
use crate::model::CommandType;

fn read(rest: &str) -> Option<(InteractionKind, CommandType, String)> {
    let data = format!(r#"{{"id":"7","application_id":"8","token":"secret",{rest}}},"s":1}}"#);
    let header = InteractionHeader::read(&data)?;
    assert_eq!((header.id.get(), header.application_id.get(), &*header.token), (7, 8, "secret"));
    Some((header.kind, header.command_type, header.name))
}

#[test]
fn a_header_has_the_kind_and_the_full_name() {
    let named = |kind, name: &str| Some((kind, CommandType::CHAT_INPUT, name.to_owned()));
    for (json, expected) in [
        (r#""type":2,"data":{"id":"1","name":"roll","type":1}"#, named(InteractionKind::Command, "roll")),
        (
            r#""type":2,"data":{"name":"crew","type":1,"options":[{"name":"rota","type":2,"options":
                [{"name":"add","type":1,"options":[{"name":"who","type":6,"value":"9"}]}]}]}"#,
            named(InteractionKind::Command, "crew rota add"),
        ),
        (
            r#""type":4,"data":{"name":"roll","type":1,"options":[{"name":"port","type":3,"value":"ki","focused":true}]}"#,
            named(InteractionKind::Autocomplete, "roll"),
        ),
        (
            r#""type":3,"data":{"custom_id":"vote/1"},"message":{"id":"5"}"#,
            named(InteractionKind::Component, "vote/1"),
        ),
        (
            r#""type":5,"data":{"custom_id":"report"},"message":{"id":"5"}"#,
            named(InteractionKind::Modal { from_message: true }, "report"),
        ),
        (
            r#""type":5,"data":{"custom_id":"report"},"message":null"#,
            named(InteractionKind::Modal { from_message: false }, "report"),
        ),
        // An unreadable custom ID costs only the name.
        (r#""type":3,"data":{"custom_id":7}"#, named(InteractionKind::Component, "")),
        (r#""type":1"#, None),
        (r#""type":99,"data":{}"#, None),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
    let user_command = read(r#""type":2,"data":{"name":"Show log","type":2}"#);
    assert_eq!(user_command, Some((InteractionKind::Command, CommandType::USER, "Show log".to_owned())));
    assert_eq!(InteractionHeader::read("[]"), None);
}
