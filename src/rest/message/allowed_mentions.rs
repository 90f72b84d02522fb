use serde::Serialize;

use crate::error::Error;
use crate::id::{RoleId, UserId};
use crate::rest::check::elements;

/// Maximum number of listed users, and of listed roles.
const MAX_LISTED: usize = 100;

/// Whom a message may notify: [allowed mentions](https://docs.discord.com/developers/resources/message#allowed-mentions-object).
///
/// By default only the author of the message that it replies to. The text notifies no one, so that a user cannot make a
/// bot that repeats text mention `@everyone`.
#[doc(alias = "ping")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[must_use]
pub struct AllowedMentions {
    parse: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    users: Vec<UserId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleId>,
    replied_user: bool,
}

impl Default for AllowedMentions {
    fn default() -> Self {
        AllowedMentions { replied_user: true, ..AllowedMentions::none() }
    }
}

impl AllowedMentions {
    /// Notifies no one, not even the author of the message that it replies to.
    pub fn none() -> AllowedMentions {
        AllowedMentions { parse: Vec::new(), users: Vec::new(), roles: Vec::new(), replied_user: false }
    }

    /// Allows `@everyone` and `@here` in the text.
    pub fn everyone(self) -> AllowedMentions {
        self.parse("everyone")
    }

    /// Allows every user that the text mentions.
    pub fn users(self) -> AllowedMentions {
        self.parse("users")
    }

    /// Allows every role that the text mentions.
    pub fn roles(self) -> AllowedMentions {
        self.parse("roles")
    }

    /// Allows this user, if the text mentions them.
    pub fn user(mut self, user: UserId) -> AllowedMentions {
        self.users.push(user);
        self
    }

    /// Allows this role, if the text mentions it.
    pub fn role(mut self, role: RoleId) -> AllowedMentions {
        self.roles.push(role);
        self
    }

    /// Sets whether the author of the message that it replies to is notified.
    pub fn replied_user(mut self, notified: bool) -> AllowedMentions {
        self.replied_user = notified;
        self
    }

    fn parse(mut self, kind: &'static str) -> AllowedMentions {
        if !self.parse.contains(&kind) {
            self.parse.push(kind);
        }
        self
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        for (kind, listed) in [("users", self.users.len()), ("roles", self.roles.len())] {
            let field = format!("allowed_mentions.{kind}");
            elements(&field, listed, &(0..=MAX_LISTED))?;
            if listed > 0 && self.parse.contains(&kind) {
                return Err(Error::invalid(
                    field,
                    format!("either all {kind} are allowed or those listed, not both"),
                ));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::AllowedMentions;
    use crate::id::{RoleId, UserId};

    #[test]
    fn only_the_replied_to_user_is_notified_by_default() {
        let json = |allowed: &AllowedMentions| serde_json::to_string(allowed).unwrap();
        assert_eq!(json(&AllowedMentions::default()), r#"{"parse":[],"replied_user":true}"#);
        assert_eq!(json(&AllowedMentions::none()), r#"{"parse":[],"replied_user":false}"#);
        let more = AllowedMentions::none().everyone().user(UserId::new(7)).role(RoleId::new(8));
        assert_eq!(json(&more), r#"{"parse":["everyone"],"users":["7"],"roles":["8"],"replied_user":false}"#);
    }

    #[test]
    fn a_kind_is_allowed_as_a_whole_or_by_list_and_lists_have_a_maximum() {
        let problem = AllowedMentions::none().users().user(UserId::new(7)).check().unwrap_err().to_string();
        assert!(problem.contains("allowed_mentions.users") && problem.contains("not both"), "{problem}");
        let many = (0..101).fold(AllowedMentions::none(), |allowed, id| allowed.role(RoleId::new(id)));
        let problem = many.check().unwrap_err().to_string();
        assert!(problem.contains("allowed_mentions.roles") && problem.contains("100"), "{problem}");
        assert!(AllowedMentions::none().users().role(RoleId::new(7)).check().is_ok());
    }
}
