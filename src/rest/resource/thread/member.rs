use crate::error::Error;
use crate::id::{ChannelId, UserId};
use crate::model::{List, ThreadMember};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// Maximum number of members in a page.
const MAX_MEMBERS: u16 = 100;

options! {
    /// Options to get a thread member: [Get Thread Member](https://docs.discord.com/developers/resources/channel#get-thread-member).
    GetThreadMember {
        /// Whether to include the guild member.
        with_member: bool,
    }
}

options! {
    /// Options to list thread members: [List Thread Members](https://docs.discord.com/developers/resources/channel#list-thread-members).
    ListThreadMembers {
        /// Whether to include the guild members. Only then is the list paginated.
        with_member: bool,
        /// Only members after this user ID.
        after: UserId,
        /// Maximum number to return, 1-100. Default: 100.
        limit: u16 => number(1..=MAX_MEMBERS),
    }
}

impl Client {
    /// Adds the bot to a thread: [Join Thread](https://docs.discord.com/developers/resources/channel#join-thread).
    pub fn join_thread(&self, thread: ChannelId) -> Result<(), Error> {
        self.perform(route::JOIN_THREAD.at(&[&thread]))
    }

    /// Removes the bot from a thread: [Leave Thread](https://docs.discord.com/developers/resources/channel#leave-thread).
    pub fn leave_thread(&self, thread: ChannelId) -> Result<(), Error> {
        self.perform(route::LEAVE_THREAD.at(&[&thread]))
    }

    /// Adds a user to a thread in which the bot can send messages: [Add Thread Member](https://docs.discord.com/developers/resources/channel#add-thread-member).
    pub fn add_thread_member(&self, thread: ChannelId, user: UserId) -> Result<(), Error> {
        self.perform(route::ADD_THREAD_MEMBER.at(&[&thread, &user]))
    }

    /// Removes a user from a thread: [Remove Thread Member](https://docs.discord.com/developers/resources/channel#remove-thread-member).
    ///
    /// Needs `MANAGE_THREADS`, unless the bot created the private thread.
    pub fn remove_thread_member(&self, thread: ChannelId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_THREAD_MEMBER.at(&[&thread, &user]))
    }

    /// Returns a member of a thread: [Get Thread Member](https://docs.discord.com/developers/resources/channel#get-thread-member).
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is not a member of the thread.
    pub fn thread_member(
        &self,
        thread: ChannelId,
        user: UserId,
        options: &GetThreadMember,
    ) -> Result<ThreadMember, Error> {
        self.fetch(route::THREAD_MEMBER.at(&[&thread, &user]).query(options)?)
    }

    /// Returns the members of a thread: [List Thread Members](https://docs.discord.com/developers/resources/channel#list-thread-members).
    ///
    /// Needs the `GUILD_MEMBERS` intent enabled in the developer portal.
    pub fn thread_members(
        &self,
        thread: ChannelId,
        options: &ListThreadMembers,
    ) -> Result<List<ThreadMember>, Error> {
        self.fetch(route::THREAD_MEMBERS.at(&[&thread]).query(options)?)
    }

    /// Iterates over all members of a thread, with their guild members, page by page.
    /// See [`thread_members`](Client::thread_members).
    pub fn thread_members_iter(&self, thread: ChannelId) -> Pages<ThreadMember> {
        let client = self.clone();
        let mut options = ListThreadMembers::new().with_member(true).limit(MAX_MEMBERS);
        Pages::new(move || {
            let members = client.thread_members(thread, &options)?;
            let last = members.last().and_then(|member| member.user_id);
            if let Some(last) = last {
                options = options.clone().after(last);
            }
            let page = Page::of(members, MAX_MEMBERS.into());
            Ok(Page { has_more: page.has_more && last.is_some(), ..page })
        })
    }
}
