use syncord::gateway::close_code::{After, CloseCode};

use super::{documented, number, rows, text};

#[test]
fn the_close_codes_are_the_documented_ones() {
    let Some(documented) = documented() else { return };
    let theirs: Vec<_> = rows(&documented, "close_codes")
        .iter()
        .map(|row| {
            let after = match (row["reconnect"].as_bool(), row["resumable"].as_bool()) {
                (Some(true), Some(true)) => After::Resume,
                (Some(true), Some(false)) => After::Identify,
                (Some(false), Some(false)) => After::Stop,
                other => panic!("reconnect and resumable are {other:?}"),
            };
            (number(row, "code"), text(row, "name"), after)
        })
        .collect();
    let ours: Vec<_> = CloseCode::all()
        .map(|code| (u64::from(code.0), code.name().expect("a documented code has a name"), code.after()))
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn a_close_code_decides_what_to_do_next() {
    for code in [4004, 4010, 4011, 4012, 4013, 4014] {
        assert_eq!(CloseCode(code).after(), After::Stop, "{code}");
    }
    for code in [4007, 4009] {
        assert_eq!(CloseCode(code).after(), After::Identify, "{code}");
    }
    for code in [4000, 4001, 4002, 4003, 4005, 4008] {
        assert_eq!(CloseCode(code).after(), After::Resume, "{code}");
    }
}

#[test]
fn undocumented_codes_resume() {
    for code in [0, 1000, 1001, 1005, 1006, 1011, 1012, 3000, 4006, 4015, 4099, u16::MAX] {
        assert_eq!(CloseCode(code).after(), After::Resume, "{code}");
        assert_eq!((CloseCode(code).name(), CloseCode(code).hint()), (None, None), "{code}");
        assert!(!CloseCode(code).meaning().is_empty(), "{code}");
    }
}

#[test]
fn every_code_that_stops_has_a_hint() {
    for code in CloseCode::all().filter(|code| code.after() == After::Stop) {
        assert!(code.hint().is_some_and(|hint| !hint.is_empty()), "{code}");
    }
}

#[test]
fn a_close_code_displays_its_meaning() {
    assert_eq!(CloseCode(4004).to_string(), "4004 AUTHENTICATION_FAILED: the token is wrong");
    assert_eq!(CloseCode(1001).to_string(), "1001: Discord's gateway server is shutting down");
    assert_eq!(CloseCode(4006).to_string(), "4006: a code that Discord does not document");
    let hint = CloseCode(4014).hint().expect("4014 has a hint");
    assert!(hint.contains("Privileged Gateway Intents"), "{hint}");
}
