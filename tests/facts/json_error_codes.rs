use std::collections::HashSet;

use syncord::JsonErrorCode;

use super::documented_in;

#[test]
fn the_codes_are_in_ascending_order_and_no_name_is_used_twice() {
    let codes: Vec<_> = JsonErrorCode::all().collect();
    assert!(codes.windows(2).all(|pair| pair[0] < pair[1]));
    let names: HashSet<_> =
        codes.iter().map(|code| code.name().expect("a documented code has a name")).collect();
    assert_eq!(names.len(), codes.len());
    assert!(codes.iter().all(|code| code.meaning().is_some_and(|meaning| !meaning.is_empty())));
}

/// The codes that Discord documents only in the [pages of provisional accounts](https://docs.discord.com/developers/discord-social-sdk/development-guides/provisional-accounts/overview).
const OF_PROVISIONAL_ACCOUNTS: [u32; 10] =
    [50229, 530008, 530009, 530010, 530014, 530016, 530017, 530020, 530023, 530027];

#[test]
fn the_codes_are_the_documented_ones() {
    let Some(documented) = documented_in("enums.json") else { return };
    let mut theirs: Vec<u32> = documented["json_error_codes"]
        .as_object()
        .expect("an object")
        .keys()
        .map(|code| code.parse().expect("a number"))
        .chain(OF_PROVISIONAL_ACCOUNTS)
        .collect();
    theirs.sort_unstable();
    assert_eq!(JsonErrorCode::all().map(|code| code.0).collect::<Vec<_>>(), theirs);
}

#[test]
fn the_codes_that_bots_meet_most_have_a_hint() {
    for code in [
        10003, 10008, 10015, 10062, 30034, 40002, 40060, 50001, 50007, 50013, 50083, 110000, 160005, 200000,
        200001,
    ] {
        assert!(JsonErrorCode(code).hint().is_some_and(|hint| !hint.is_empty()), "{code}");
    }
    assert_eq!(JsonErrorCode::GENERAL_ERROR.hint(), None);
}

#[test]
fn a_code_explains_itself() {
    assert_eq!(JsonErrorCode(10008).to_string(), "10008 UNKNOWN_MESSAGE: Unknown message");
    assert_eq!(format!("{:?}", JsonErrorCode(10008)), "UNKNOWN_MESSAGE");
    let unknown = JsonErrorCode(99);
    assert_eq!((unknown.to_string().as_str(), unknown.name(), unknown.hint()), ("99", None, None));
    assert_eq!(format!("{unknown:?}"), "JsonErrorCode(99)");
}
