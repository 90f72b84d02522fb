//! [Invites](https://docs.discord.com/developers/resources/invite), identified by their codes.

use crate::error::Error;
use crate::id::{ChannelId, MessageId, ScheduledEventId, UserId};
use crate::model::{Invite, InviteTargetUsersJob};
use crate::rest::form::Form;
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, Upload, route};

options! {
    /// Options to get an invite: [Get Invite](https://docs.discord.com/developers/resources/invite#get-invite).
    GetInvite {
        /// Whether to include approximate member counts.
        with_counts: bool,
        /// The scheduled event to include.
        guild_scheduled_event_id: ScheduledEventId,
        /// The target channel, if the invite has several.
        target_channel_id: ChannelId,
        /// The target message.
        target_message_id: MessageId,
    }
}

impl Client {
    /// Returns an invite: [Get Invite](https://docs.discord.com/developers/resources/invite#get-invite).
    pub fn invite(&self, code: &str, options: &GetInvite) -> Result<Invite, Error> {
        self.fetch(route::INVITE.at(&[&code]).query(options)?)
    }

    /// Deletes an invite: [Delete Invite](https://docs.discord.com/developers/resources/invite#delete-invite).
    ///
    /// Needs `MANAGE_CHANNELS` in the invite's channel, or `MANAGE_GUILD`.
    pub fn delete_invite(&self, code: &str) -> Result<Invite, Error> {
        self.fetch(route::DELETE_INVITE.at(&[&code]))
    }

    /// Returns the only users who can see and accept an invite: [Get Target Users](https://docs.discord.com/developers/resources/invite#get-target-users).
    ///
    /// Needs `MANAGE_GUILD` or `VIEW_AUDIT_LOG`, unless the bot made the invite.
    ///
    /// # Errors
    ///
    /// [`Error::Http`] with code 10129 if the invite is not limited to certain users.
    pub fn invite_target_users(&self, code: &str) -> Result<Vec<UserId>, Error> {
        let answer = self.send(Request::new(route::INVITE_TARGET_USERS.at(&[&code])))?;
        parse_users(&String::from_utf8_lossy(answer.body()))
    }

    /// Sets the only users who can see and accept an invite: [Update Target Users](https://docs.discord.com/developers/resources/invite#update-target-users).
    ///
    /// Needs `MANAGE_GUILD`, unless the bot made the invite. Discord processes the list in the
    /// background: [`invite_target_users_job_status`](Client::invite_target_users_job_status) returns the progress.
    pub fn update_invite_target_users(&self, code: &str, users: &[UserId]) -> Result<(), Error> {
        let mut form = Form::default();
        add_users(&mut form, users);
        self.perform_request(Request::new(route::UPDATE_INVITE_TARGET_USERS.at(&[&code])).form(form))
    }

    /// Returns the progress of setting an invite's target users: [Get Target Users Job Status](https://docs.discord.com/developers/resources/invite#get-target-users-job-status).
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

/// Adds the file that lists one user per line. See
/// [Discord's example](https://docs.discord.com/developers/tutorials/using-community-invites).
pub(super) fn add_users(form: &mut Form, users: &[UserId]) {
    let lines: Vec<String> = users.iter().map(UserId::to_string).collect();
    let csv = lines.join("\n");
    form.file_with_type("target_users_file", "text/csv", &Upload::bytes("users.csv", csv));
}

/// Parses Discord's list of users, which starts with a header line.
fn parse_users(csv: &str) -> Result<Vec<UserId>, Error> {
    let lines = csv.lines().map(|line| line.trim().trim_matches('"'));
    lines
        .filter(|line| !line.is_empty() && *line != "user_id")
        .map(|line| line.parse().map_err(|e| Error::decode(format!("{line:?} in a list of users"), e)))
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::parse_users;
    use crate::id::UserId;

    #[test]
    fn a_list_of_users_is_parsed_with_or_without_a_header() {
        let ids = [UserId::new(7), UserId::new(80351110224678912)];
        for csv in [
            "user_id\n7\n80351110224678912\n",
            "user_id\r\n7\r\n80351110224678912",
            "\"7\"\n80351110224678912\n",
        ] {
            assert_eq!(parse_users(csv).unwrap(), ids, "{csv:?}");
        }
        assert!(parse_users("user_id\n").unwrap().is_empty());
        let problem = parse_users("user_id\n<html>").unwrap_err().to_string();
        assert!(problem.contains("<html>"), "{problem}");
    }
}
