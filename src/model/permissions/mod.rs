//! [Permissions](https://docs.discord.com/developers/topics/permissions).

mod calculator;
mod flags;

pub use calculator::PermissionCalculator;
pub use flags::Permissions;
