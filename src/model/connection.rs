//! [Connections](https://docs.discord.com/developers/resources/user#connection-object) of users with accounts of other services.

use serde::Serialize;

use super::open_enum::{int_enum, string_enum};
use super::{Integration, List};
use crate::json::object;

/// An [account on another service](https://docs.discord.com/developers/resources/user#connection-object) that a user has connected.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Connection {
    /// The ID of the account.
    pub id: String,
    /// The name of the account.
    pub name: String,
    /// The service; `type` in JSON.
    #[serde(rename = "type")]
    pub kind: ConnectionService,
    /// Whether the connection was revoked.
    pub revoked: bool,
    /// The integrations of guilds that use the connection.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub integrations: List<Integration>,
    /// Whether the connection is verified.
    pub verified: bool,
    /// Whether friend sync is enabled.
    pub friend_sync: bool,
    /// Whether presence updates show activities of this connection.
    pub show_activity: bool,
    /// Whether the service has a matching connection back to Discord.
    pub two_way_link: bool,
    /// Who can see the connection.
    pub visibility: ConnectionVisibility,
}

object! { Connection {
    id: required, name, kind = "type", revoked, integrations, verified, friend_sync, show_activity,
    two_way_link, visibility,
} }

string_enum! {
    /// The [service](https://docs.discord.com/developers/resources/user#connection-object-services) of a connected account.
    ConnectionService {
    AMAZON_MUSIC = "amazon-music",
    BATTLENET = "battlenet",
    BUNGIE = "bungie",
    BLUESKY = "bluesky",
    CRUNCHYROLL = "crunchyroll",
    DOMAIN = "domain",
    EBAY = "ebay",
    EPICGAMES = "epicgames",
    FACEBOOK = "facebook",
    GITHUB = "github",
    INSTAGRAM = "instagram",
    MASTODON = "mastodon",
    PAYPAL = "paypal",
    PLAYSTATION = "playstation",
    REDDIT = "reddit",
    ROBLOX = "roblox",
    SPOTIFY = "spotify",
    SKYPE = "skype",
    STEAM = "steam",
    TIKTOK = "tiktok",
    TWITCH = "twitch",
    TWITTER = "twitter",
    XBOX = "xbox",
    YOUTUBE = "youtube",
    LEAGUE_OF_LEGENDS = "leagueoflegends",
    RIOT_GAMES = "riotgames",
    }
}

int_enum! {
    /// Who can [see a connected account](https://docs.discord.com/developers/resources/user#connection-object-visibility-types).
    ConnectionVisibility {
    NONE = 0,
    EVERYONE = 1,
    }
}
