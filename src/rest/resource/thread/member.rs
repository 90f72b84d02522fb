use crate::error::Error;
use crate::id::{ChannelId, UserId};
use crate::model::{List, ThreadMember};
use crate::rest::check::number;
use crate::rest::options::options;
use crate::rest::pages::Page;
use crate::rest::{Client, Pages, route};

/// The largest page of members.
const MAX_MEMBERS: u16 = 100;

options! {
    /// What is wanted of a thread's member: [Get Thread Member](https://docs.discord.com/developers/resources/channel#get-thread-member).
    GetThreadMember {
        /// Whether to say who it is as a member of the guild.
        with_member: bool,
    }
}

options! {
    /// Which members of a thread are wanted: [List Thread Members](https://docs.discord.com/developers/resources/channel#list-thread-members).
    ListThreadMembers {
        /// Whether to say who they are as members of the guild. Only then the list comes by the page.
        with_member: bool,
        /// Only those with a greater id.
        after: UserId,
        /// At most so many: 1 to 100 (100).
        limit: u16 => number(1..=MAX_MEMBERS),
    }
}

impl Client {
    /// Makes the bot a member of a thread: [Join Thread](https://docs.discord.com/developers/resources/channel#join-thread).
    pub fn join_thread(&self, thread: ChannelId) -> Result<(), Error> {
        self.perform(route::JOIN_THREAD.at(&[&thread]))
    }

    /// Takes the bot out of a thread: [Leave Thread](https://docs.discord.com/developers/resources/channel#leave-thread).
    pub fn leave_thread(&self, thread: ChannelId) -> Result<(), Error> {
        self.perform(route::LEAVE_THREAD.at(&[&thread]))
    }

    /// Adds somebody to a thread in which the bot may write: [Add Thread Member](https://docs.discord.com/developers/resources/channel#add-thread-member).
    pub fn add_thread_member(&self, thread: ChannelId, user: UserId) -> Result<(), Error> {
        self.perform(route::ADD_THREAD_MEMBER.at(&[&thread, &user]))
    }

    /// Takes somebody out of a thread: [Remove Thread Member](https://docs.discord.com/developers/resources/channel#remove-thread-member).
    ///
    /// Needs `MANAGE_THREADS`, or to have begun the private thread.
    pub fn remove_thread_member(&self, thread: ChannelId, user: UserId) -> Result<(), Error> {
        self.perform(route::REMOVE_THREAD_MEMBER.at(&[&thread, &user]))
    }

    /// A member of a thread: [Get Thread Member](https://docs.discord.com/developers/resources/channel#get-thread-member).
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with status 404 if the user is not a member of the thread.
    pub fn thread_member(
        &self,
        thread: ChannelId,
        user: UserId,
        what: &GetThreadMember,
    ) -> Result<ThreadMember, Error> {
        self.fetch(route::THREAD_MEMBER.at(&[&thread, &user]).query(what)?)
    }

    /// The members of a thread: [List Thread Members](https://docs.discord.com/developers/resources/channel#list-thread-members).
    ///
    /// Needs the intent `GUILD_MEMBERS` to be switched on in the developer portal.
    pub fn thread_members(
        &self,
        thread: ChannelId,
        which: &ListThreadMembers,
    ) -> Result<List<ThreadMember>, Error> {
        self.fetch(route::THREAD_MEMBERS.at(&[&thread]).query(which)?)
    }

    /// All members of a thread, with who they are in the guild, fetched by the page.
    /// See [`thread_members`](Client::thread_members).
    pub fn thread_members_iter(&self, thread: ChannelId) -> Pages<ThreadMember> {
        let client = self.clone();
        let mut which = ListThreadMembers::new().with_member(true).limit(MAX_MEMBERS);
        Pages::new(move || {
            let members = client.thread_members(thread, &which)?;
            let last = members.last().and_then(|member| member.user_id);
            if let Some(last) = last {
                which = which.clone().after(last);
            }
            let page = Page::of(members, MAX_MEMBERS.into());
            Ok(Page { has_more: page.has_more && last.is_some(), ..page })
        })
    }
}
