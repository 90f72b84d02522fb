//! A search of messages that are not indexed yet.

use std::time::Duration;

use syncord::id::GuildId;
use syncord::rest::SearchGuildMessages;
use syncord::{Error, JsonErrorCode};

use crate::server::{Server, answer};

#[test]
fn a_search_without_an_index_is_an_error_with_retry_after() {
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
fn a_retry_after_of_0_becomes_a_short_delay() {
    let body = r#"{"message":"Index not yet available. Try again later","code":110000,"retry_after":0}"#;
    let server = Server::that(&[answer("202 Accepted", body)]);
    let result = server.client().search_guild_messages(GuildId::new(6), &SearchGuildMessages::new());
    assert_eq!(result.unwrap_err().retry_after(), Some(Duration::from_secs(1)));
}
