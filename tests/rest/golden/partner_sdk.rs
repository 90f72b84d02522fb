use std::collections::BTreeMap;
use std::time::Duration;

use syncord::id::{MessageId, UserId};
use syncord::rest::PartnerSdkToken;

use super::application::problem;
use super::book::Book;

#[test]
fn partner_sdk() {
    let mut book = Book::open("partner_sdk");
    let player = PartnerSdkToken::new("player-12").preferred_global_name("Twindly Shimmerleaf");
    let token = r#"{"access_token":"a-secret","id_token":"another","token_type":"Bearer","expires_in":604800,"scope":"sdk.social_layer"}"#;
    let token = book.call("partner_sdk_token", token, |rest| rest.partner_sdk_token(&player));
    assert_eq!((&*token.access_token, token.expires_in), ("a-secret", Duration::from_secs(604_800)));
    assert!(!format!("{token:?}").contains("a-secret"));
    book.perform("unmerge_provisional_account", |rest| rest.unmerge_provisional_account("player-12"));
    let hidden = BTreeMap::from([
        ("action".to_owned(), "hide".to_owned()),
        ("reason".to_owned(), "toxicity".to_owned()),
    ]);
    book.perform("update_user_message_external_moderation_metadata", |rest| {
        let users = (UserId::new(3), UserId::new(4));
        rest.update_user_message_external_moderation_metadata(users, MessageId::new(8), &hidden)
    });
    book.close();
}

#[test]
fn limits_on_players_are_checked() {
    let table = [
        (PartnerSdkToken::new("é".repeat(1024)).preferred_global_name("é".repeat(32)), ""),
        (PartnerSdkToken::new(""), "external_user_id: 1 to 1024 characters, and this has 0"),
        (
            PartnerSdkToken::new("x").preferred_global_name(""),
            "preferred_global_name: 1 to 32 characters, and this has 0",
        ),
    ];
    for (player, expected) in table {
        assert_eq!(problem(player.check()), expected);
    }
}
