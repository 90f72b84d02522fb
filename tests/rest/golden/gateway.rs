use std::time::Duration;

use syncord::rest::Client;

use super::book::Book;

#[test]
fn gateway() {
    let mut book = Book::open("gateway");
    let gateway = book.call("gateway", r#"{"url":"wss://gateway.discord.gg/"}"#, Client::gateway);
    assert_eq!(gateway.url, "wss://gateway.discord.gg/");
    let answer = r#"{"url":"wss://gateway.discord.gg/","shards":9,"session_start_limit":{"total":1000,"remaining":999,"reset_after":14400000,"max_concurrency":16}}"#;
    let gateway = book.call("gateway_bot", answer, Client::gateway_bot);
    assert_eq!((gateway.shards, gateway.session_start_limit.max_concurrency), (9, 16));
    assert_eq!(gateway.session_start_limit.reset_after, Duration::from_secs(14_400));
    book.close();
}
