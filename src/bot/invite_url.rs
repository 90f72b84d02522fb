//! The link that adds a bot to a guild.

use crate::bot::bot::Bot;
use crate::bot::invite::Invite;
use crate::error::Error;
use crate::id::ApplicationId;

/// # Its invite link
impl Bot<'_> {
    /// Returns the link with which a user adds the bot to a guild. The ID of the application is read from the token.
    ///
    /// The link asks for what the bot's trees declare: the scope `applications.commands` if there are slash, user or message
    /// commands, the permissions of the checks [`bot_has_permissions`](crate::tree::bot_has_permissions), and `VIEW_AUDIT_LOG` if
    /// tasks wait for entries of the audit log. A bot that is in no guild logs the link when it starts. See
    /// [bot authorization](https://docs.discord.com/developers/topics/oauth2#bot-authorization-flow). Nothing is sent.
    ///
    /// The link of a bot in a simulated Discord leads to a page there, which says that no invitation is needed.
    ///
    /// ```
    /// use syncord::Bot;
    /// use syncord::model::Permissions;
    /// use syncord::tree::{bot_has_permissions, command};
    ///
    /// # fn main() -> Result<(), syncord::Error> {
    /// let mut bot = Bot::new("ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1.abc")?;
    /// bot.command(
    ///     command("ban", "Bans a user")
    ///         .check(bot_has_permissions(Permissions::BAN_MEMBERS))
    ///         .run(|cx| cx.reply("Banned.")),
    /// );
    /// assert_eq!(
    ///     bot.invite_url()?,
    ///     "https://discord.com/oauth2/authorize?client_id=80351110224678912\
    ///      &scope=bot%20applications.commands&permissions=4"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Token`] if the token does not begin with the ID. [`invite_url_for`](Bot::invite_url_for) takes the ID.
    #[doc(alias = "invite link")]
    #[doc(alias = "oauth2")]
    #[doc(alias = "authorize")]
    pub fn invite_url(&self) -> Result<String, Error> {
        let application = self.config.token.application_id().or(self.config.application).ok_or_else(|| {
            Error::token(
                "the bot token does not begin with the ID of its application, as those of Discord do: copy the token again, or \
                 call invite_url_for with the ID",
            )
        })?;
        Ok(self.invite_url_for(application))
    }

    /// Returns the link with which a user adds the bot of this application to a guild. See [`invite_url`](Bot::invite_url).
    pub fn invite_url_for(&self, application: ApplicationId) -> String {
        Invite::of(&self.router, &self.handlers).url(&self.config.authorize_url, application)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use crate::Bot;
    use crate::command::CustomId;
    use crate::events::GuildAuditLogEntryCreate;
    use crate::model::Permissions;
    use crate::tree::{bot_has_permissions, command, group};

    const TOKEN: &str = "ODAzNTExMTAyMjQ2Nzg5MTI.GhXyZ1.abc";
    const GO: CustomId<()> = CustomId::new("go");

    fn end(url: &str) -> &str {
        url.strip_prefix("https://discord.com/oauth2/authorize?client_id=80351110224678912&scope=").unwrap()
    }

    #[test]
    fn the_link_asks_for_what_the_trees_declare() {
        let mut bot = Bot::new(TOKEN).unwrap();
        assert_eq!(end(&bot.invite_url().unwrap()), "bot&permissions=0");
        let needs = |permissions| bot_has_permissions(permissions);
        bot.component(GO.run(|cx| cx.reply("ok")).check(needs(Permissions::KICK_MEMBERS)));
        assert_eq!(end(&bot.invite_url().unwrap()), "bot&permissions=2");
        let ban = command("ban", "x").check(needs(Permissions::BAN_MEMBERS)).run(|cx| cx.reply("ok"));
        bot.command(group("mod", "x").check(needs(Permissions::ADMINISTRATOR)).add(ban));
        assert_eq!(end(&bot.invite_url().unwrap()), "bot%20applications.commands&permissions=14");
    }

    #[test]
    fn a_bot_that_waits_for_audit_log_entries_asks_to_view_them() {
        let mut bot = Bot::new(TOKEN).unwrap();
        bot.waits_for::<GuildAuditLogEntryCreate>();
        assert_eq!(end(&bot.invite_url().unwrap()), "bot&permissions=128");
    }

    #[test]
    fn a_token_without_the_id_is_an_error_that_does_not_show_it() {
        for token in ["secret", "secret.b.c", "c2VjcmV0.b.c"] {
            let bot = Bot::new(token).unwrap();
            let error = bot.invite_url().unwrap_err().to_string();
            assert!(error.contains("invite_url_for") && !error.contains(token), "{error}");
            assert_eq!(end(&bot.invite_url_for(80_351_110_224_678_912.into())), "bot&permissions=0");
        }
    }
}
