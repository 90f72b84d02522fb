//! A search of messages that are not indexed yet.

use std::time::{Duration, Instant};

use syncord::id::GuildId;
use syncord::rest::SearchGuildMessages;
use syncord::{Error, JsonErrorCode};

use crate::server::{Server, answer, ok};

fn not_ready(retry_after: &str) -> String {
    format!(
        r#"{{"message":"Index not yet available. Try again later","code":110000,"documents_indexed":0{retry_after}}}"#
    )
}

fn search(server: &Server, deadline: Duration) -> Result<u64, Error> {
    let client = server.client().deadline(deadline);
    client
        .search_guild_messages(GuildId::new(6), &SearchGuildMessages::new())
        .map(|found| found.total_results)
}

#[test]
fn a_search_is_repeated_until_the_index_is_ready() {
    let server = Server::that(&[
        answer("202 Accepted", not_ready(r#","retry_after":0.5"#)),
        answer("202 Accepted", not_ready("")),
        ok(r#"{"doing_deep_historical_index":false,"total_results":3,"messages":[]}"#),
    ]);
    let begun = Instant::now();
    assert_eq!(search(&server, Duration::from_secs(60)).unwrap(), 3);
    // A short delay, because none is so short that Discord's index could be ready.
    assert!(begun.elapsed() >= Duration::from_secs(2));
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn a_search_without_an_index_before_the_deadline_is_a_temporary_error() {
    for (sent, seconds) in [(r#","retry_after":2"#, 2), (r#","retry_after":0"#, 1), ("", 1)] {
        let server = Server::that(&[answer("202 Accepted", not_ready(sent))]);
        let error = search(&server, Duration::from_millis(900)).unwrap_err();
        let Error::Http(http) = &error else { panic!("{error}") };
        assert_eq!((http.status, http.code), (202, JsonErrorCode::INDEX_NOT_YET_AVAILABLE));
        assert!(error.is_temporary());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!(server.asked().len(), 1);
    }
}
