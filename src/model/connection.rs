//! [Connections](https://docs.discord.com/developers/resources/user#connection-object) of users with accounts of other services.

use serde::Serialize;

use super::open_enum::{number, text};
use super::{Integration, List};
use crate::json::object;

/// An [account elsewhere](https://docs.discord.com/developers/resources/user#connection-object) that a user linked.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Connection {
    /// Its id over there.
    pub id: String,
    /// The name over there.
    pub name: String,
    /// Where.
    #[serde(rename = "type")]
    pub kind: ConnectionService,
    /// Whether the link was revoked.
    pub revoked: bool,
    /// What guilds use it for.
    #[serde(skip_serializing_if = "List::was_empty")]
    pub integrations: List<Integration>,
    /// Whether it was verified.
    pub verified: bool,
    /// Whether friends are found through it.
    pub friend_sync: bool,
    /// Whether its activity shows in presences.
    pub show_activity: bool,
    /// Whether a link leads back.
    pub two_way_link: bool,
    /// Who may see it.
    pub visibility: ConnectionVisibility,
}

object! { Connection {
    id: required, name, kind = "type", revoked, integrations, verified, friend_sync, show_activity,
    two_way_link, visibility,
} }

text! {
    /// [Where](https://docs.discord.com/developers/resources/user#connection-object-services) an account is.
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

number! {
    /// [Who](https://docs.discord.com/developers/resources/user#connection-object-visibility-types) may see a linked account.
    ConnectionVisibility {
    NONE = 0,
    EVERYONE = 1,
    }
}
