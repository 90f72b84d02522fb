//! Pages of Discord that several findings name.

/// The developer portal.
pub(super) const PORTAL: &str = "https://discord.com/developers/applications";

/// Where Discord says what does not work.
pub(super) const STATUS: &str = "https://discordstatus.com";

/// What to do about a problem on Discord's side.
pub(super) const LOOK_AT_STATUS: &str = "Discord's status: look there, and try again later";
