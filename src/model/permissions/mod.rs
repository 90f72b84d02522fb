//! [Permissions](https://docs.discord.com/developers/topics/permissions).

mod calculator;
mod flags;
mod guild_member;

pub use calculator::PermissionCalculator;
pub use flags::Permissions;
pub use guild_member::GuildMember;
