use crate::error::Error;
use crate::id::{ChannelId, GuildId};
use crate::model::{GuildWidget, GuildWidgetSettings, WidgetStyle};
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, route};

options! {
    /// What to change of a guild's widget: [Modify Guild Widget](https://docs.discord.com/developers/resources/guild#modify-guild-widget).
    ModifyGuildWidget {
        /// Sets whether it has one.
        enabled: bool,
        /// Sets the channel that it invites to.
        channel_id / no_channel_id: ChannelId,
    }
}

impl Client {
    /// Whether the guild has a widget, and for which channel: [Get Guild Widget Settings](https://docs.discord.com/developers/resources/guild#get-guild-widget-settings).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn guild_widget_settings(&self, guild: GuildId) -> Result<GuildWidgetSettings, Error> {
        self.fetch(route::GUILD_WIDGET_SETTINGS.at(&[&guild]))
    }

    /// Changes the guild's widget: [Modify Guild Widget](https://docs.discord.com/developers/resources/guild#modify-guild-widget).
    ///
    /// Needs `MANAGE_GUILD`. It is [noted with a reason](Client::reason).
    pub fn modify_guild_widget(
        &self,
        guild: GuildId,
        changes: &ModifyGuildWidget,
    ) -> Result<GuildWidgetSettings, Error> {
        self.change(route::MODIFY_GUILD_WIDGET.at(&[&guild]), changes)
    }

    /// What the guild's widget shows: [Get Guild Widget](https://docs.discord.com/developers/resources/guild#get-guild-widget).
    ///
    /// It may make a new invite.
    pub fn guild_widget(&self, guild: GuildId) -> Result<GuildWidget, Error> {
        self.fetch(route::GUILD_WIDGET.at(&[&guild]))
    }

    /// A picture of the guild's widget, as the bytes of a PNG: [Get Guild Widget Image](https://docs.discord.com/developers/resources/guild#get-guild-widget-image).
    pub fn guild_widget_image(&self, guild: GuildId, style: &WidgetStyle) -> Result<Vec<u8>, Error> {
        let route = route::GUILD_WIDGET_IMAGE.at(&[&guild]).with("style", style);
        let endpoint = route.endpoint;
        let answer = self.send(Request::new(route))?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("image/")) {
            return Ok(answer.into_body());
        }
        let problem = format!("it is no picture: {}", kind.unwrap_or("of no kind"));
        Err(Error::decode(format!("an answer to {endpoint}"), problem))
    }
}
