use syncord::id::{ChannelId, MessageId, UserId};
use syncord::rest::GetAnswerVoters;

use super::book::Book;
use super::message::MESSAGE;

#[test]
fn polls() {
    let mut book = Book::open("poll");
    let (channel, message) = (ChannelId::new(7), MessageId::new(9));
    let voters = r#"{"users":[{"id":"1","username":"tide"}]}"#;
    let which = GetAnswerVoters::new().after(UserId::new(5)).limit(50);
    let page =
        book.call("poll_answer_voters", voters, |rest| rest.poll_answer_voters(channel, message, 2, &which));
    assert_eq!(page[0].username, "tide");
    let all = book.call("poll_answer_voters_iter", voters, |rest| {
        rest.poll_answer_voters_iter(channel, message, 1).collect::<Result<Vec<_>, _>>()
    });
    assert_eq!(all.len(), 1);
    assert_eq!(book.call("end_poll", MESSAGE, |rest| rest.end_poll(channel, message)).id, message);
    book.close();
}
