//! The parts of the bot's application that a bot needs: its owner, and where it can be installed.

use crate::id::{ApplicationId, UserId};
use crate::json::object;
use crate::model::{
    ApplicationFlags, ApplicationIntegrationType, List, Map, Raw, TeamMemberRole, TeamMembershipState,
};

/// The used parts of an [`Application`](crate::model::Application). Every bot reads it at login.
#[derive(Debug)]
pub(crate) struct OwnApplication {
    pub(crate) id: ApplicationId,
    /// `None` when they are missing or cannot be read.
    pub(crate) flags: Option<ApplicationFlags>,
    owner: Option<Person>,
    team: Option<Team>,
    integration_types_config: Map<ApplicationIntegrationType, Raw>,
    interactions_endpoint_url: Option<String>,
    /// The public key, in hexadecimal.
    #[cfg_attr(
        not(feature = "http-interactions"),
        expect(dead_code, reason = "only signed requests need it")
    )]
    pub(crate) verify_key: Option<String>,
}

object! { OwnApplication {
    id: required, flags, owner, team, integration_types_config, interactions_endpoint_url, verify_key,
} }

#[derive(Debug)]
struct Person {
    id: UserId,
}

object! { Person {
    id: required,
} }

#[derive(Debug)]
struct Team {
    owner_user_id: UserId,
    members: List<Member>,
}

object! { Team {
    owner_user_id, members,
} }

#[derive(Debug)]
struct Member {
    membership_state: TeamMembershipState,
    role: TeamMemberRole,
    user: Person,
}

object! { Member {
    membership_state, role, user: required,
} }

impl OwnApplication {
    /// Whether a user owns it, alone or as an admin or developer of its team.
    pub(crate) fn belongs_to(&self, user: UserId) -> bool {
        let Some(team) = &self.team else {
            return self.owner.as_ref().is_some_and(|owner| owner.id == user);
        };
        let works = |member: &Member| {
            member.membership_state == TeamMembershipState::ACCEPTED
                && [TeamMemberRole::ADMIN, TeamMemberRole::DEVELOPER].contains(&member.role)
        };
        team.owner_user_id == user
            || team.members.iter().any(|member| member.user.id == user && works(member))
    }

    /// Where Discord sends the interactions instead of the gateway, if that is set.
    pub(crate) fn interactions_endpoint_url(&self) -> Option<&str> {
        self.interactions_endpoint_url.as_deref().filter(|url| !url.is_empty())
    }

    /// Where it can be installed, if that is set.
    pub(crate) fn installs(&self) -> Option<Vec<ApplicationIntegrationType>> {
        let installs: Vec<_> = self.integration_types_config.keys().copied().collect();
        (!installs.is_empty()).then_some(installs)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn an_application_belongs_to_its_owner_or_its_team() {
        let user = |id: u32| format!(r#"{{"id":"{id}","username":"u{id}","discriminator":"0"}}"#);
        let alone = format!(r#"{{"id":"9","owner":{}}}"#, user(1));
        let member = |id: u32, state: u32, role: &str| {
            format!(r#"{{"membership_state":{state},"team_id":"8","role":"{role}","user":{}}}"#, user(id))
        };
        let members = [member(2, 2, "developer"), member(3, 1, "admin"), member(4, 2, "read_only")].join(",");
        let team = format!(r#"{{"id":"8","name":"t","owner_user_id":"1","members":[{members}]}}"#);
        // The owner of a team's application is a user that represents the team.
        let of_team = format!(r#"{{"id":"9","owner":{},"team":{team}}}"#, user(5));
        let owners = |json: &str| -> Vec<u64> {
            let application: OwnApplication = crate::json::read(json).unwrap();
            (1..=5).filter(|id| application.belongs_to(UserId::new(*id))).collect()
        };
        assert_eq!(owners(&alone), [1]);
        assert_eq!(owners(&of_team), [1, 2]);
    }

    #[test]
    fn an_unreadable_application_does_not_prevent_the_login() {
        let odd = r#"{"id":"9","flags":"x","owner":7,"team":{"members":[]},"integration_types_config":{"0":{},"x":1}}"#;
        let application: OwnApplication = crate::json::read(odd).unwrap();
        assert_eq!(application.id.get(), 9);
        assert!(!application.belongs_to(UserId::new(7)));
        assert_eq!(application.installs().unwrap(), [ApplicationIntegrationType::GUILD_INSTALL]);
    }
}
