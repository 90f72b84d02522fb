use syncord::id::ApplicationId;
use syncord::model::Locale;
use syncord::model::application_role_connection::{RoleConnectionMetadata, RoleConnectionMetadataType};

use super::application::problem;
use super::book::Book;
use crate::server::{Server, ok};

const RECORDS: &str =
    r#"[{"type":2,"key":"dives","name":"Dives","description":"Has dived at least so often"}]"#;

fn record(key: &str) -> RoleConnectionMetadata {
    RoleConnectionMetadata::new(
        RoleConnectionMetadataType::INTEGER_GREATER_THAN_OR_EQUAL,
        key,
        "Dives",
        "Has dived at least so often",
    )
}

#[test]
fn application_role_connections() {
    let mut book = Book::open("application_role_connection");
    let id = ApplicationId::new(7);
    let records = book.call("application_role_connection_metadata", RECORDS, |rest| {
        rest.application_role_connection_metadata(id)
    });
    assert_eq!(records[0].key, "dives");
    let mut dives = record("dives");
    dives.name_localizations.insert(Locale::DE, "Tauchgänge".into());
    dives.description_localizations.insert(Locale::DE, "Ist mindestens so oft getaucht".into());
    let records = book.call("update_application_role_connection_metadata", RECORDS, |rest| {
        rest.update_application_role_connection_metadata(id, &[dives])
    });
    assert_eq!(records.len(), 1);
    book.close();
}

#[test]
fn limits_on_role_connections_are_checked() {
    let server = Server::that(&[ok("[]")]);
    let rest = server.client();
    let mut long = record("a");
    long.description_localizations.insert(Locale::DE, "é".repeat(201));
    let table = [
        (vec![record("tide_2"); 5], ""),
        (vec![record("a"); 6], ": at most 5 elements, and this has 6"),
        (vec![record("a"), record("")], "[1].key: 1 to 50 characters, and this has 0"),
        (vec![record("Tide")], "[0].key: only a-z, 0-9 and _ are allowed"),
        (vec![long], "[0].description_localizations.de: 1 to 200 characters, and this has 201"),
    ];
    for (records, expected) in table {
        let result = rest.update_application_role_connection_metadata(ApplicationId::new(7), &records);
        assert_eq!(problem(result.map(drop)), expected);
    }
    assert_eq!(server.asked().len(), 1);
}
