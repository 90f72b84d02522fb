use std::time::{Duration, SystemTime};

use super::at_most_ahead;
use crate::error::Error;
use crate::id::GuildId;
use crate::model::{IncidentsData, Timestamp};
use crate::rest::check::at_field;
use crate::rest::options::options;
use crate::rest::{Client, route};

/// Maximum time that invites or direct messages can be disabled.
const MAX_AHEAD: Duration = Duration::from_secs(24 * 60 * 60);

options! {
    /// The incident actions of a guild: [Modify Guild Incident Actions](https://docs.discord.com/developers/resources/guild#modify-guild-incident-actions).
    ModifyGuildIncidentActions {
        /// When invites are enabled again, at most 24 hours from now.
        invites_disabled_until / no_invites_disabled_until: Timestamp [into],
        /// When direct messages between members who are not friends are enabled again, at most 24 hours from now.
        dms_disabled_until / no_dms_disabled_until: Timestamp [into],
    }
}

impl ModifyGuildIncidentActions {
    /// Checks the values against Discord's limits, including the limits on times, as if sent at `now`. Sending also
    /// checks them.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`], with the field and its limit.
    pub fn check_at(&self, now: SystemTime) -> Result<(), Error> {
        self.check()?;
        for (name, until) in [
            ("invites_disabled_until", &self.invites_disabled_until),
            ("dms_disabled_until", &self.dms_disabled_until),
        ] {
            if let Some(until) = until.value() {
                at_field(at_most_ahead(until, now, MAX_AHEAD, "24 hours"), || name.to_owned())?;
            }
        }
        Ok(())
    }
}

impl Client {
    /// Disables invites or direct messages in a guild during an incident, or enables them again: [Modify Guild Incident Actions](https://docs.discord.com/developers/resources/guild#modify-guild-incident-actions).
    ///
    /// Needs `MANAGE_GUILD`.
    pub fn modify_guild_incident_actions(
        &self,
        guild: GuildId,
        actions: &ModifyGuildIncidentActions,
    ) -> Result<IncidentsData, Error> {
        actions.check_at(SystemTime::now())?;
        self.change(route::MODIFY_GUILD_INCIDENT_ACTIONS.at(&[&guild]), actions)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::time::{Duration, SystemTime};

    use super::ModifyGuildIncidentActions;

    #[test]
    fn incident_actions_last_at_most_a_day() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_713_277);
        let day = Duration::from_secs(86_400);
        let disable = |until: SystemTime| ModifyGuildIncidentActions::new().dms_disabled_until(until);
        for until in [now + day, now - day] {
            assert!(disable(until).check_at(now).is_ok());
        }
        let problem = disable(now + day + Duration::from_secs(1)).check_at(now).unwrap_err().to_string();
        assert_eq!(
            problem,
            "dms_disabled_until: at most 24 hours ahead, and this is 2026-05-03T09:14:38.000000+00:00 (nothing was sent)"
        );
        let enabled = ModifyGuildIncidentActions::new().no_dms_disabled_until().no_invites_disabled_until();
        assert!(enabled.check_at(now).is_ok());
    }
}
