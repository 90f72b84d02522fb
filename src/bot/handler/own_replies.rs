//! Finds a bot that replies to its own messages: it never ends.

use crate::id::{MessageId, UserId};
use crate::json::{self, object};

/// From this number of own messages in a row on, each a reply to the one before, it is no accident.
const CHAIN: u32 = 3;

/// The own messages that reply to own messages.
#[derive(Debug, Default)]
pub(crate) struct OwnReplies {
    /// The last one, and its place in its row.
    last: Option<(MessageId, u32)>,
    is_found: bool,
}

/// What is read of a message.
#[derive(Default)]
struct Head {
    id: Option<MessageId>,
    author: Author,
    message_reference: Reference,
    referenced_message: Option<Referenced>,
}

object! { Head {
    id, author, message_reference, referenced_message,
} }

#[derive(Default)]
struct Author {
    id: Option<UserId>,
}

object! { Author {
    id,
} }

#[derive(Default)]
struct Reference {
    message_id: Option<MessageId>,
}

object! { Reference {
    message_id,
} }

#[derive(Default)]
struct Referenced {
    author: Author,
}

object! { Referenced {
    author,
} }

impl OwnReplies {
    /// Looks at a new message. Returns whether it shows, for the first time, that the bot replies to itself.
    pub(crate) fn look_at(&mut self, data: &str, me: UserId) -> bool {
        // Most messages are no replies, and need not be read.
        if self.is_found || !data.contains("\"message_reference\"") {
            return false;
        }
        let Ok(head) = json::read::<Head>(data) else { return false };
        let (Some(id), Some(to)) = (head.id, head.message_reference.message_id) else { return false };
        if head.author.id != Some(me) {
            return false;
        }
        let place = match self.last {
            Some((last, place)) if last == to => place + 1,
            _ if head.referenced_message.and_then(|message| message.author.id) == Some(me) => 1,
            _ => return false,
        };
        self.last = Some((id, place));
        self.is_found = place >= CHAIN;
        self.is_found
    }
}

#[cfg(test)]
mod tests {
    use super::OwnReplies;
    use crate::id::UserId;

    const ME: UserId = UserId::new(9);

    /// A message with this ID by this user, which replies to a message of another user.
    fn reply(id: u64, by: u64, to: u64, of: u64) -> String {
        format!(
            r#"{{"id":"{id}","author":{{"id":"{by}"}},"message_reference":{{"message_id":"{to}"}},
            "referenced_message":{{"id":"{to}","author":{{"id":"{of}"}}}}}}"#
        )
    }

    #[test]
    fn a_row_of_replies_to_own_messages_is_found_once() {
        let mut replies = OwnReplies::default();
        let row =
            [reply(1, 9, 100, 5), reply(2, 9, 1, 9), reply(3, 9, 2, 9), reply(4, 9, 3, 9), reply(5, 9, 4, 9)];
        let found = row.map(|message| replies.look_at(&message, ME));
        assert_eq!(found, [false, false, false, true, false]);
    }

    #[test]
    fn replies_of_others_and_single_replies_to_own_messages_are_no_row() {
        let mut replies = OwnReplies::default();
        for first in (0..100).step_by(10) {
            for message in [
                reply(first + 1, 9, 1000, 9),
                reply(first + 2, 9, first + 1, 9),
                reply(first + 3, 5, first + 2, 9),
                reply(first + 4, 9, first + 3, 5),
                r#"{"id":"77","author":{"id":"9"},"content":"x"}"#.to_owned(),
            ] {
                assert!(!replies.look_at(&message, ME), "{message}");
            }
        }
    }
}
