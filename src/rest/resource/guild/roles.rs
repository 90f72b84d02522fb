use serde::Serialize;

use crate::error::Error;
use crate::id::{GuildId, RoleId};
use crate::model::{Color, List, Permissions, Role, RoleColors, RoleMemberCounts};
use crate::rest::check::{self, at_field, chars, invalid, number};
use crate::rest::options::{Options, options};
use crate::rest::{Client, ImageData, route};

/// Maximum length of the name of a role, and of its emoji.
const MAX_NAME: usize = 100;
const MAX_EMOJI: usize = 100;

options! {
    /// A new role: [Create Guild Role](https://docs.discord.com/developers/resources/guild#create-guild-role).
    CreateGuildRole {
        /// The name, 1-100 characters. Default: `new role`.
        name: String [into] => chars(1..=MAX_NAME),
        /// The permissions. Default: those of `@everyone`.
        permissions: Permissions,
        /// The color.
        #[deprecated = "use `colors`"]
        color: Color => check::color,
        /// The colors. Two colors, or [`RoleColors::HOLOGRAPHIC`], need the feature
        /// [`ENHANCED_ROLE_COLORS`](crate::model::GuildFeature::ENHANCED_ROLE_COLORS).
        colors: RoleColors => colors,
        /// Whether the members of the role are listed separately.
        hoist: bool,
        /// The icon. Needs the feature [`ROLE_ICONS`](crate::model::GuildFeature::ROLE_ICONS).
        icon: ImageData,
        /// A Unicode emoji as the icon. Needs the feature
        /// [`ROLE_ICONS`](crate::model::GuildFeature::ROLE_ICONS).
        unicode_emoji: String [into] => chars(0..=MAX_EMOJI),
        /// Whether all members can mention the role.
        mentionable: bool,
    }
}

options! {
    /// The fields of a role to change: [Modify Guild Role](https://docs.discord.com/developers/resources/guild#modify-guild-role).
    ModifyGuildRole {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// The permissions.
        permissions: Permissions,
        /// The color.
        #[deprecated = "use `colors`"]
        color: Color => check::color,
        /// The colors. Two colors, or [`RoleColors::HOLOGRAPHIC`], need the feature
        /// [`ENHANCED_ROLE_COLORS`](crate::model::GuildFeature::ENHANCED_ROLE_COLORS).
        colors / no_colors: RoleColors => colors,
        /// Whether the members of the role are listed separately.
        hoist: bool,
        /// The icon. Needs the feature [`ROLE_ICONS`](crate::model::GuildFeature::ROLE_ICONS).
        icon / no_icon: ImageData,
        /// A Unicode emoji as the icon. Needs the feature
        /// [`ROLE_ICONS`](crate::model::GuildFeature::ROLE_ICONS).
        unicode_emoji / no_unicode_emoji: String [into] => chars(0..=MAX_EMOJI),
        /// Whether all members can mention the role.
        mentionable: bool,
    }
}

/// Checks that each color is valid, and that three colors are the [holographic ones](https://docs.discord.com/developers/topics/permissions#role-object-role-colors-object).
fn colors(colors: &RoleColors) -> Result<(), Error> {
    let fields = [
        ("primary_color", Some(colors.primary_color)),
        ("secondary_color", colors.secondary_color),
        ("tertiary_color", colors.tertiary_color),
    ];
    for (name, color) in fields {
        if let Some(color) = color {
            at_field(check::color(&color), || name.to_owned())?;
        }
    }
    let holographic = &RoleColors::HOLOGRAPHIC;
    if colors.tertiary_color.is_some()
        && (colors.primary_color, colors.secondary_color, colors.tertiary_color)
            != (holographic.primary_color, holographic.secondary_color, holographic.tertiary_color)
    {
        return invalid("tertiary_color", "only `RoleColors::HOLOGRAPHIC` can have three colors");
    }
    Ok(())
}

/// The body of a request with a list of positions.
#[derive(Serialize)]
#[serde(transparent)]
struct Positions(Vec<Position>);

#[derive(Serialize)]
struct Position {
    id: RoleId,
    position: i64,
}

impl Options for Positions {
    fn check(&self) -> Result<(), Error> {
        for (index, role) in self.0.iter().enumerate() {
            at_field(number(0..=i64::from(i32::MAX))(&role.position), || format!("[{index}].position"))?;
        }
        Ok(())
    }
}

impl Client {
    /// Returns the guild's roles: [Get Guild Roles](https://docs.discord.com/developers/resources/guild#get-guild-roles).
    pub fn guild_roles(&self, guild: GuildId) -> Result<List<Role>, Error> {
        self.fetch(route::GUILD_ROLES.at(&[&guild]))
    }

    /// Returns a role: [Get Guild Role](https://docs.discord.com/developers/resources/guild#get-guild-role).
    pub fn guild_role(&self, guild: GuildId, role: RoleId) -> Result<Role, Error> {
        self.fetch(route::GUILD_ROLE.at(&[&guild, &role]))
    }

    /// Returns the number of members of each role: [Get Guild Role Member Counts](https://docs.discord.com/developers/resources/guild#get-guild-role-member-counts).
    pub fn guild_role_member_counts(&self, guild: GuildId) -> Result<RoleMemberCounts, Error> {
        self.fetch(route::GUILD_ROLE_MEMBER_COUNTS.at(&[&guild]))
    }

    /// Creates a role: [Create Guild Role](https://docs.discord.com/developers/resources/guild#create-guild-role).
    ///
    /// Needs `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    ///
    /// ```
    /// # let discord = syncord::sim::Discord::start()?;
    /// # let client = syncord::rest::Client::builder(syncord::Token::new(&discord.token())?).api_url(discord.api_url()).build()?;
    /// # let guild = discord.guild_id();
    /// use syncord::model::{Color, Permissions, RoleColors};
    /// use syncord::rest::CreateGuildRole;
    ///
    /// let role = CreateGuildRole::new()
    ///     .name("Harbour Master")
    ///     .permissions(Permissions::MOVE_MEMBERS | Permissions::MUTE_MEMBERS)
    ///     .colors(RoleColors::solid(Color::from_rgb(0x1f, 0x8b, 0x4c)))
    ///     .hoist(true);
    /// let role = client.create_guild_role(guild, &role)?;
    /// assert_eq!((role.name.as_str(), role.hoist), ("Harbour Master", true));
    /// # Ok::<(), syncord::Error>(())
    /// ```
    #[doc(alias = "create role")]
    pub fn create_guild_role(&self, guild: GuildId, role: &CreateGuildRole) -> Result<Role, Error> {
        self.change(route::CREATE_GUILD_ROLE.at(&[&guild]), role)
    }

    /// Changes the positions of roles, and returns all roles: [Modify Guild Role Positions](https://docs.discord.com/developers/resources/guild#modify-guild-role-positions).
    ///
    /// If two roles have the same position, the older one is higher; see [`Role::cmp_position`]. Needs `MANAGE_ROLES`. The
    /// audit log entry can have a [reason](Client::reason).
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] if a position is below 0.
    pub fn modify_guild_role_positions(
        &self,
        guild: GuildId,
        positions: &[(RoleId, i64)],
    ) -> Result<List<Role>, Error> {
        let positions = positions.iter().map(|&(id, position)| Position { id, position }).collect();
        self.change(route::MODIFY_GUILD_ROLE_POSITIONS.at(&[&guild]), &Positions(positions))
    }

    /// Changes a role: [Modify Guild Role](https://docs.discord.com/developers/resources/guild#modify-guild-role).
    ///
    /// Needs `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    pub fn modify_guild_role(
        &self,
        guild: GuildId,
        role: RoleId,
        changes: &ModifyGuildRole,
    ) -> Result<Role, Error> {
        self.change(route::MODIFY_GUILD_ROLE.at(&[&guild, &role]), changes)
    }

    /// Deletes a role: [Delete Guild Role](https://docs.discord.com/developers/resources/guild#delete-guild-role).
    ///
    /// Needs `MANAGE_ROLES`. The audit log entry can have a [reason](Client::reason).
    pub fn delete_guild_role(&self, guild: GuildId, role: RoleId) -> Result<(), Error> {
        self.perform(route::DELETE_GUILD_ROLE.at(&[&guild, &role]))
    }
}

#[cfg(test)]
mod tests {
    use super::{CreateGuildRole, ModifyGuildRole, Options, Position, Positions};
    use crate::model::{Color, RoleColors};
    use crate::rest::check::problem;

    #[test]
    #[expect(deprecated, reason = "the deprecated field has a limit as well")]
    fn the_limits_on_roles_are_those_of_the_page() {
        let mut three = RoleColors::gradient(Color(1), Color(2));
        three.tertiary_color = Some(Color(3));
        let too_large = Color(0x0100_0000);
        let table = [
            (problem(CreateGuildRole::new().check()), "fine"),
            (problem(CreateGuildRole::new().name("").check()), "name: 1 to 100 characters, and this has 0"),
            (
                problem(ModifyGuildRole::new().name("é".repeat(101)).check()),
                "name: 1 to 100 characters, and this has 101",
            ),
            (
                problem(ModifyGuildRole::new().color(too_large).check()),
                "color: from #000000 to #ffffff, and this is #1000000",
            ),
            (problem(CreateGuildRole::new().colors(RoleColors::HOLOGRAPHIC).check()), "fine"),
            (
                problem(CreateGuildRole::new().colors(RoleColors::gradient(Color(1), too_large)).check()),
                "colors.secondary_color: from #000000 to #ffffff, and this is #1000000",
            ),
            (
                problem(ModifyGuildRole::new().colors(three).check()),
                "colors.tertiary_color: only `RoleColors::HOLOGRAPHIC` can have three colors",
            ),
            (
                problem(Positions(vec![Position { id: 1.into(), position: -1 }]).check()),
                "[0].position: from 0 to 2147483647, and this is -1",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
