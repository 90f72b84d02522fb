use crate::error::Error;
use crate::id::{ChannelId, UserId};
use crate::model::Secret;
use crate::rest::options::options;
use crate::rest::{Client, route};

options! {
    /// A user to add to a group DM: [Group DM Add Recipient](https://docs.discord.com/developers/resources/channel#group-dm-add-recipient).
    AddGroupDmRecipient(access_token: impl Into<Secret>) {
        /// The user's access token, granted with the scope `gdm.join`.
        access_token: Secret [into],
        /// The nickname of the user.
        nick: String [into],
    }
}

impl Client {
    /// Adds a user to a group DM: [Group DM Add Recipient](https://docs.discord.com/developers/resources/channel#group-dm-add-recipient).
    pub fn group_dm_add_recipient(
        &self,
        channel: ChannelId,
        user: UserId,
        recipient: &AddGroupDmRecipient,
    ) -> Result<(), Error> {
        self.perform_with(route::GROUP_DM_ADD_RECIPIENT.at(&[&channel, &user]), recipient)
    }

    /// Removes a user from a group DM: [Group DM Remove Recipient](https://docs.discord.com/developers/resources/channel#group-dm-remove-recipient).
    pub fn group_dm_remove_recipient(&self, channel: ChannelId, user: UserId) -> Result<(), Error> {
        self.perform(route::GROUP_DM_REMOVE_RECIPIENT.at(&[&channel, &user]))
    }
}
