//! A search of messages that Discord has not read yet.

use std::time::Duration;

use syncord::id::GuildId;
use syncord::rest::SearchGuildMessages;
use syncord::{Error, JsonErrorCode};

use crate::server::{Server, answer};

#[test]
fn a_guild_that_is_not_indexed_yet_is_an_error_that_says_when_to_try_again() {
    let body = r#"{"message":"Index not yet available. Try again later","code":110000,"documents_indexed":0,"retry_after":2}"#;
    let server = Server::that(&[answer("202 Accepted", body)]);
    let result = server.client().search_guild_messages(GuildId::new(6), &SearchGuildMessages::new());
    let error = result.unwrap_err();
    let Error::Http(said) = &error else { panic!("{error}") };
    assert_eq!(
        (said.status, said.code, error.retry_after()),
        (202, JsonErrorCode::INDEX_NOT_YET_AVAILABLE, Some(Duration::from_secs(2)))
    );
    assert!(error.is_temporary());
}

#[test]
fn a_search_whose_index_is_not_available_is_repeated_after_a_short_delay_at_the_least() {
    let body = r#"{"message":"Index not yet available. Try again later","code":110000,"retry_after":0}"#;
    let server = Server::that(&[answer("202 Accepted", body)]);
    let result = server.client().search_guild_messages(GuildId::new(6), &SearchGuildMessages::new());
    assert_eq!(result.unwrap_err().retry_after(), Some(Duration::from_secs(1)));
}
