//! [Guild templates](https://docs.discord.com/developers/resources/guild-template).

use crate::error::Error;
use crate::id::GuildId;
use crate::model::{GuildTemplate, List};
use crate::rest::check::chars;
use crate::rest::options::options;
use crate::rest::{Client, route};

/// Maximum length of the name and the description of a template, in characters.
const MAX_NAME: usize = 100;
const MAX_DESCRIPTION: usize = 120;

options! {
    /// A new template: [Create Guild Template](https://docs.discord.com/developers/resources/guild-template#create-guild-template).
    CreateGuildTemplate(name: impl Into<String>) {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// The description, at most 120 characters.
        description / no_description: String [into] => chars(0..=MAX_DESCRIPTION),
    }
}

options! {
    /// The fields of a template to change: [Modify Guild Template](https://docs.discord.com/developers/resources/guild-template#modify-guild-template).
    ModifyGuildTemplate {
        /// The name, 1-100 characters.
        name: String [into] => chars(1..=MAX_NAME),
        /// The description, at most 120 characters.
        description / no_description: String [into] => chars(0..=MAX_DESCRIPTION),
    }
}

impl Client {
    /// Returns a template by its code: [Get Guild Template](https://docs.discord.com/developers/resources/guild-template#get-guild-template).
    pub fn guild_template(&self, code: &str) -> Result<GuildTemplate, Error> {
        self.fetch(route::GUILD_TEMPLATE.at(&[&code]))
    }

    /// Returns the templates of a guild: [Get Guild Templates](https://docs.discord.com/developers/resources/guild-template#get-guild-templates).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn guild_templates(&self, guild: GuildId) -> Result<List<GuildTemplate>, Error> {
        self.fetch(route::GUILD_TEMPLATES.at(&[&guild]))
    }

    /// Creates a template from a guild: [Create Guild Template](https://docs.discord.com/developers/resources/guild-template#create-guild-template).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn create_guild_template(
        &self,
        guild: GuildId,
        template: &CreateGuildTemplate,
    ) -> Result<GuildTemplate, Error> {
        self.change(route::CREATE_GUILD_TEMPLATE.at(&[&guild]), template)
    }

    /// Updates a template to the current state of the guild: [Sync Guild Template](https://docs.discord.com/developers/resources/guild-template#sync-guild-template).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn sync_guild_template(&self, guild: GuildId, code: &str) -> Result<GuildTemplate, Error> {
        self.fetch(route::SYNC_GUILD_TEMPLATE.at(&[&guild, &code]))
    }

    /// Changes the name or description of a template: [Modify Guild Template](https://docs.discord.com/developers/resources/guild-template#modify-guild-template).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn modify_guild_template(
        &self,
        guild: GuildId,
        code: &str,
        changes: &ModifyGuildTemplate,
    ) -> Result<GuildTemplate, Error> {
        self.change(route::MODIFY_GUILD_TEMPLATE.at(&[&guild, &code]), changes)
    }

    /// Deletes a template, and returns it: [Delete Guild Template](https://docs.discord.com/developers/resources/guild-template#delete-guild-template).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn delete_guild_template(&self, guild: GuildId, code: &str) -> Result<GuildTemplate, Error> {
        self.fetch(route::DELETE_GUILD_TEMPLATE.at(&[&guild, &code]))
    }
}

#[cfg(test)]
mod tests {
    use super::{CreateGuildTemplate, ModifyGuildTemplate};
    use crate::rest::check::problem;

    #[test]
    fn the_limits_on_templates_are_those_of_the_page() {
        let text = |length: usize| "é".repeat(length);
        let table = [
            (problem(CreateGuildTemplate::new(text(100)).description(text(120)).check()), "fine"),
            (problem(CreateGuildTemplate::new("").check()), "name: 1 to 100 characters, and this has 0"),
            (problem(ModifyGuildTemplate::new().no_description().check()), "fine"),
            (
                problem(ModifyGuildTemplate::new().name(text(101)).check()),
                "name: 1 to 100 characters, and this has 101",
            ),
            (
                problem(ModifyGuildTemplate::new().description(text(121)).check()),
                "description: at most 120 characters, and this has 121",
            ),
        ];
        for (problem, expected) in table {
            assert_eq!(problem.trim_end_matches(" (nothing was sent)"), expected);
        }
    }
}
