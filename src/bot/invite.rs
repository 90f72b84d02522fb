//! What the link asks for that adds a bot to a guild.

use crate::bot::handler::Handlers;
use crate::bot::tree::Router;
use crate::id::ApplicationId;
use crate::model::Permissions;

/// What the link asks for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Invite {
    has_commands: bool,
    permissions: Permissions,
}

impl Invite {
    pub(super) fn of(router: &Router<'_>, handlers: &Handlers<'_>) -> Invite {
        let mut permissions = router.bot_permissions();
        if handlers.wait_for_audit_entries {
            permissions |= Permissions::VIEW_AUDIT_LOG;
        }
        Invite { has_commands: !router.own_definitions().is_empty(), permissions }
    }

    /// The link to this page of Discord.
    pub(super) fn url(self, page: &str, application: ApplicationId) -> String {
        let scopes = if self.has_commands { "bot%20applications.commands" } else { "bot" };
        let permissions = self.permissions.bits();
        format!("{page}?client_id={application}&scope={scopes}&permissions={permissions}")
    }
}
