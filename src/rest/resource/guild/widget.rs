use crate::error::Error;
use crate::id::{ChannelId, GuildId};
use crate::model::{GuildWidget, GuildWidgetSettings, WidgetStyle};
use crate::rest::options::options;
use crate::rest::request::Request;
use crate::rest::{Client, route};

options! {
    /// The fields of a guild's widget to change: [Modify Guild Widget](https://docs.discord.com/developers/resources/guild#modify-guild-widget).
    ModifyGuildWidget {
        /// Whether the widget is enabled.
        enabled: bool,
        /// The channel that the widget's invite leads to.
        channel_id / no_channel_id: ChannelId,
    }
}

impl Client {
    /// Returns the settings of the guild's widget: [Get Guild Widget Settings](https://docs.discord.com/developers/resources/guild#get-guild-widget-settings).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn guild_widget_settings(&self, guild: GuildId) -> Result<GuildWidgetSettings, Error> {
        self.fetch(route::GUILD_WIDGET_SETTINGS.at(&[&guild]))
    }

    /// Changes the guild's widget: [Modify Guild Widget](https://docs.discord.com/developers/resources/guild#modify-guild-widget).
    ///
    /// Needs `MANAGE_GUILD`. The audit log entry can have a [reason](Client::reason).
    pub fn modify_guild_widget(
        &self,
        guild: GuildId,
        changes: &ModifyGuildWidget,
    ) -> Result<GuildWidgetSettings, Error> {
        self.change(route::MODIFY_GUILD_WIDGET.at(&[&guild]), changes)
    }

    /// Returns the guild's widget: [Get Guild Widget](https://docs.discord.com/developers/resources/guild#get-guild-widget).
    ///
    /// Discord may create a new invite.
    pub fn guild_widget(&self, guild: GuildId) -> Result<GuildWidget, Error> {
        self.fetch(route::GUILD_WIDGET.at(&[&guild]))
    }

    /// Returns the image of the guild's widget, as the bytes of a PNG: [Get Guild Widget Image](https://docs.discord.com/developers/resources/guild#get-guild-widget-image).
    pub fn guild_widget_image(&self, guild: GuildId, style: &WidgetStyle) -> Result<Vec<u8>, Error> {
        let route = route::GUILD_WIDGET_IMAGE.at(&[&guild]).with("style", style);
        let endpoint = route.endpoint;
        let response = self.send(Request::new(route))?;
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("image/")) {
            return Ok(response.into_body());
        }
        let problem = format!("not an image: {}", kind.unwrap_or("no content type"));
        Err(Error::decode(format!("an response to {endpoint}"), problem))
    }
}
