//! Deleting many messages of a channel.

use std::fmt;
use std::mem::take;
use std::time::{Duration, SystemTime};

use super::{BULK, GetChannelMessages, MAX_MESSAGES};
use crate::error::Error;
use crate::error_code::JsonErrorCode;
use crate::id::{ChannelId, MessageId, UserId};
use crate::model::Message;
use crate::rest::Client;

/// Maximum age of a message in [Bulk Delete Messages](https://docs.discord.com/developers/resources/message#bulk-delete-messages).
const MAX_BULK_AGE: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// How much younger than that a message must be: the clocks differ, and the request takes some time.
const MARGIN: Duration = Duration::from_secs(10 * 60);

/// The default maximum number of messages to delete.
const DEFAULT_LIMIT: usize = 100;

/// The default maximum number of messages to look at.
const DEFAULT_SCAN: usize = 1000;

/// Deletes messages of a guild channel, newest first: [`Client::purge`].
#[must_use = "nothing is deleted until it is run"]
pub struct Purge<'p> {
    client: Client,
    channel: ChannelId,
    by: Option<UserId>,
    matching: Box<dyn FnMut(&Message) -> bool + 'p>,
    before: Option<MessageId>,
    after: Option<MessageId>,
    limit: usize,
    scan: usize,
    on_progress: Box<dyn FnMut(&PurgeCounts) + 'p>,
}

/// What a [`Purge`] has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PurgeCounts {
    /// Messages that it looked at.
    pub scanned: usize,
    /// Messages that were deleted with others in one request.
    pub deleted_in_bulk: usize,
    /// Messages that were deleted with a request each, because they are too old for a bulk delete, or alone.
    pub deleted_singly: usize,
    /// Messages that Discord does not delete, such as some system messages.
    pub undeletable: usize,
}

impl PurgeCounts {
    /// The number of deleted messages.
    pub fn deleted(&self) -> usize {
        self.deleted_in_bulk + self.deleted_singly
    }
}

impl Client {
    /// Deletes messages of a guild channel, newest first, with few requests.
    ///
    /// Discord deletes up to 100 messages with one [request](Client::bulk_delete_messages) if they are younger than 14 days.
    /// Older messages need a request each, about one in a second.
    ///
    /// Needs `VIEW_CHANNEL`, `READ_MESSAGE_HISTORY` and `MANAGE_MESSAGES`. The [reason](Client::reason) of the client goes
    /// to the audit log.
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let token = syncord::Token::new(&discord.token())?;
    /// # let client = syncord::rest::Client::builder(token).api_url(discord.api_url()).build()?;
    /// # let channel = discord.channel("general");
    /// # let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    /// # for text in ["buy now", "cheap rope", "buy!"] { ann.says(&channel, text); }
    /// # bob.says(&channel, "buy what?");
    /// let counts = client
    ///     .reason("advertising")
    ///     .purge(channel.id())
    ///     .by(ann.id())
    ///     .matching(|message| message.content.contains("buy"))
    ///     .limit(50)
    ///     .run()?;
    /// assert_eq!((counts.deleted(), counts.scanned), (2, 4));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "prune")]
    pub fn purge<'p>(&self, channel: ChannelId) -> Purge<'p> {
        Purge {
            client: self.clone(),
            channel,
            by: None,
            matching: Box::new(|_| true),
            before: None,
            after: None,
            limit: DEFAULT_LIMIT,
            scan: DEFAULT_SCAN,
            on_progress: Box::new(|_| ()),
        }
    }
}

impl<'p> Purge<'p> {
    /// Deletes only messages of this user.
    pub fn by(self, user: UserId) -> Self {
        Purge { by: Some(user), ..self }
    }

    /// Deletes only messages for which this returns `true`. Their content is empty without the intent `MESSAGE_CONTENT`.
    pub fn matching(self, matching: impl FnMut(&Message) -> bool + 'p) -> Self {
        Purge { matching: Box::new(matching), ..self }
    }

    /// Deletes only messages before this one.
    pub fn before(self, message: MessageId) -> Self {
        Purge { before: Some(message), ..self }
    }

    /// Deletes only messages after this one.
    pub fn after(self, message: MessageId) -> Self {
        Purge { after: Some(message), ..self }
    }

    /// Sets the maximum number of messages to delete. Default: 100.
    pub fn limit(self, messages: usize) -> Self {
        Purge { limit: messages, ..self }
    }

    /// Sets the maximum number of messages to look at. A request reads 100. Default: 1,000.
    pub fn scan(self, messages: usize) -> Self {
        Purge { scan: messages, ..self }
    }

    /// Calls this after each request that deletes messages, with the counts until then.
    pub fn on_progress(self, on_progress: impl FnMut(&PurgeCounts) + 'p) -> Self {
        Purge { on_progress: Box::new(on_progress), ..self }
    }

    /// Deletes the messages. Messages that are deleted by others in the meantime do not count.
    ///
    /// # Errors
    ///
    /// The error of the first request that failed. What was deleted before it stays deleted;
    /// [`on_progress`](Purge::on_progress) has received how many.
    pub fn run(mut self) -> Result<PurgeCounts, Error> {
        let mut counts = PurgeCounts::default();
        let mut young = Vec::new();
        let mut selected = 0;
        let mut before = self.before;
        while counts.scanned < self.scan && selected < self.limit {
            let mut options = GetChannelMessages::new().limit(MAX_MESSAGES);
            if let Some(before) = before {
                options = options.before(before);
            }
            let page = self.client.messages(self.channel, &options)?;
            // Without a readable message there is no ID to continue from.
            let Some(last) = page.last() else { break };
            before = Some(last.id);
            let is_last_page = page.len() + page.unreadable().len() < usize::from(MAX_MESSAGES);
            let mut has_passed_end = false;
            for message in &page {
                if self.after.is_some_and(|after| message.id <= after) {
                    has_passed_end = true;
                }
                if has_passed_end || counts.scanned >= self.scan || selected >= self.limit {
                    break;
                }
                counts.scanned += 1;
                if !self.is_selected(message) {
                    continue;
                }
                selected += 1;
                if is_young(message.id, SystemTime::now()) {
                    young.push(message.id);
                    if young.len() == *BULK.end() {
                        self.delete_together(take(&mut young), &mut counts)?;
                    }
                } else {
                    self.delete(message.id, &mut counts)?;
                }
            }
            if is_last_page || has_passed_end {
                break;
            }
        }
        self.delete_together(young, &mut counts)?;
        Ok(counts)
    }

    fn is_selected(&mut self, message: &Message) -> bool {
        self.by.is_none_or(|user| message.author.id == user) && (self.matching)(message)
    }

    /// Deletes up to 100 messages that seem to be young enough.
    fn delete_together(&mut self, messages: Vec<MessageId>, counts: &mut PurgeCounts) -> Result<(), Error> {
        if BULK.contains(&messages.len()) {
            match self.client.bulk_delete_messages(self.channel, &messages) {
                Ok(()) => {
                    counts.deleted_in_bulk += messages.len();
                    (self.on_progress)(counts);
                    return Ok(());
                }
                // This clock is wrong, or one of them cannot be deleted.
                Err(error) if deletes_none(&error) => {}
                Err(error) => return Err(error),
            }
        }
        messages.into_iter().try_for_each(|message| self.delete(message, counts))
    }

    fn delete(&mut self, message: MessageId, counts: &mut PurgeCounts) -> Result<(), Error> {
        match self.client.delete_message(self.channel, message) {
            Ok(()) => counts.deleted_singly += 1,
            Err(error) => match code(&error) {
                Some(JsonErrorCode::UNKNOWN_MESSAGE) => {}
                Some(JsonErrorCode::CANNOT_EXECUTE_ON_SYSTEM_MESSAGE) => counts.undeletable += 1,
                _ => return Err(error),
            },
        }
        (self.on_progress)(counts);
        Ok(())
    }
}

/// Whether Discord refuses a bulk delete because of single messages.
fn deletes_none(error: &Error) -> bool {
    let codes =
        [JsonErrorCode::MESSAGE_TOO_OLD_TO_BULK_DELETE, JsonErrorCode::CANNOT_EXECUTE_ON_SYSTEM_MESSAGE];
    code(error).is_some_and(|code| codes.contains(&code))
}

fn code(error: &Error) -> Option<JsonErrorCode> {
    match error {
        Error::Http(error) => Some(error.code),
        _ => None,
    }
}

/// Whether a message can be deleted together with others.
fn is_young(message: MessageId, now: SystemTime) -> bool {
    let age = now.duration_since(message.created_at()).unwrap_or_default();
    age < MAX_BULK_AGE - MARGIN
}

impl fmt::Debug for Purge<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Purge")
            .field("channel", &self.channel)
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
