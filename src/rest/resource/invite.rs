//! [Invites](https://docs.discord.com/developers/resources/invite), by their codes.

use crate::error::Error;
use crate::id::{ChannelId, MessageId, ScheduledEventId, UserId};
use crate::model::{Invite, InviteTargetUsersJob};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, Upload, route};

options! {
    /// What is wanted of an invite: [Get Invite](https://docs.discord.com/developers/resources/invite#get-invite).
    GetInvite {
        /// Whether to say about how many members there are.
        with_counts: bool,
        /// The planned event to say more about.
        guild_scheduled_event_id: ScheduledEventId,
        /// The channel that it leads to, where it may lead to several.
        target_channel_id: ChannelId,
        /// The message that it leads to.
        target_message_id: MessageId,
    }
}

impl Client {
    /// An invite: [Get Invite](https://docs.discord.com/developers/resources/invite#get-invite).
    pub fn invite(&self, code: &str, what: &GetInvite) -> Result<Invite, Error> {
        self.fetch(route::INVITE.at(&[&code]).query(what)?)
    }

    /// Deletes an invite: [Delete Invite](https://docs.discord.com/developers/resources/invite#delete-invite).
    ///
    /// Needs `MANAGE_CHANNELS` in the channel that it leads to, or `MANAGE_GUILD`.
    pub fn delete_invite(&self, code: &str) -> Result<Invite, Error> {
        self.fetch(route::DELETE_INVITE.at(&[&code]))
    }

    /// The only users who may see and accept an invite: [Get Target Users](https://docs.discord.com/developers/resources/invite#get-target-users).
    ///
    /// Needs `MANAGE_GUILD` or `VIEW_AUDIT_LOG`, unless the bot made the invite.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with code 10129 if the invite is not restricted to users.
    pub fn invite_target_users(&self, code: &str) -> Result<Vec<UserId>, Error> {
        let answer = self.send(Request::new(route::INVITE_TARGET_USERS.at(&[&code])))?;
        users(&String::from_utf8_lossy(answer.body()))
    }

    /// Sets the only users who may see and accept an invite: [Update Target Users](https://docs.discord.com/developers/resources/invite#update-target-users).
    ///
    /// Needs `MANAGE_GUILD`, unless the bot made the invite. Discord takes its time about it:
    /// [`invite_target_users_job_status`](Client::invite_target_users_job_status) tells how far it is.
    pub fn update_invite_target_users(&self, code: &str, users: &[UserId]) -> Result<(), Error> {
        let mut form = Form::default();
        add_users(&mut form, users);
        self.send(Request::new(route::UPDATE_INVITE_TARGET_USERS.at(&[&code])).form(form)).map(drop)
    }

    /// How far Discord is with the users who may accept an invite: [Get Target Users Job Status](https://docs.discord.com/developers/resources/invite#get-target-users-job-status).
    ///
    /// Needs `MANAGE_GUILD` or `VIEW_AUDIT_LOG`, unless the bot made the invite.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with code 10124 if no list of users was set.
    pub fn invite_target_users_job_status(&self, code: &str) -> Result<InviteTargetUsersJob, Error> {
        self.fetch(route::INVITE_TARGET_USERS_JOB_STATUS.at(&[&code]))
    }
}

/// Adds the file that lists users, one a line; see
/// [Discord's example](https://docs.discord.com/developers/tutorials/using-community-invites).
pub(super) fn add_users(form: &mut Form, users: &[UserId]) {
    let lines: Vec<String> = users.iter().map(UserId::to_string).collect();
    let csv = lines.join("\n");
    form.file_with_type("target_users_file", "text/csv", &Upload::bytes("users.csv", csv));
}

/// Reads Discord's list of users, which begins with a line that names the column.
fn users(csv: &str) -> Result<Vec<UserId>, Error> {
    let lines = csv.lines().map(|line| line.trim().trim_matches('"'));
    lines
        .filter(|line| !line.is_empty() && *line != "user_id")
        .map(|line| line.parse().map_err(|e| Error::decode(format!("{line:?} in a list of users"), e)))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::users;
    use crate::id::UserId;

    #[test]
    fn a_list_of_users_is_read_with_or_without_its_header() {
        let ids = [UserId::new(7), UserId::new(80351110224678912)];
        for csv in [
            "user_id\n7\n80351110224678912\n",
            "user_id\r\n7\r\n80351110224678912",
            "\"7\"\n80351110224678912\n",
        ] {
            assert_eq!(users(csv).unwrap(), ids, "{csv:?}");
        }
        assert!(users("user_id\n").unwrap().is_empty());
        let problem = users("user_id\n<html>").unwrap_err().to_string();
        assert!(problem.contains("<html>"), "{problem}");
    }
}
