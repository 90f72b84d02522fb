#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::GuildMember;
use crate::model::{Guild, Member, Timestamp};

const NOW: Duration = Duration::from_secs(1_700_000_000);

fn guild() -> Arc<Guild> {
    // Bits: KICK_MEMBERS 1, BAN_MEMBERS 2, ADMINISTRATOR 3, MANAGE_NICKNAMES 27, MANAGE_ROLES 28, MODERATE_MEMBERS 40.
    let moderator = (1_u64 << 1) | (1 << 2) | (1 << 27) | (1 << 28) | (1 << 40);
    let guild = format!(
        r#"{{"id":"1","owner_id":"10","roles":[
            {{"id":"1","position":0,"permissions":"0"}},
            {{"id":"2","position":1,"permissions":"0"}},
            {{"id":"3","position":2,"permissions":"{moderator}"}},
            {{"id":"4","position":2,"permissions":"{moderator}"}},
            {{"id":"5","position":3,"permissions":"8"}},
            {{"id":"6","position":1,"permissions":"0","managed":true}}
        ]}}"#
    );
    Arc::new(serde_json::from_str(&guild).unwrap())
}

fn member(id: u64, roles: &str) -> GuildMember {
    let member = format!(r#"{{"user":{{"id":"{id}","username":"u"}},"roles":[{roles}]}}"#);
    GuildMember::new(guild(), serde_json::from_str(&member).unwrap(), SystemTime::UNIX_EPOCH + NOW)
}

#[test]
fn the_highest_role_is_the_one_with_the_highest_position_and_then_the_lowest_id() {
    assert_eq!(member(20, r#""2","4","3""#).highest_role().unwrap().id.get(), 3);
    assert!(member(20, "").highest_role().is_none());
    assert!(member(20, r#""999""#).highest_role().is_none(), "a role that the guild does not have");
}

#[test]
fn a_member_acts_on_those_below_and_never_on_the_owner_or_itself() {
    let (owner, moderator) = (member(10, ""), member(20, r#""3""#));
    let (same, lower, plain) = (member(21, r#""3""#), member(22, r#""4""#), member(23, ""));
    let administrator = member(24, r#""5""#);
    assert!(owner.can_act_on(&administrator) && owner.can_ban(&administrator));
    assert!(!administrator.can_act_on(&owner) && !owner.can_act_on(&owner));
    assert!(moderator.can_act_on(&lower) && moderator.can_act_on(&plain));
    assert!(!moderator.can_act_on(&same) && !moderator.can_act_on(&moderator));
    assert!(!moderator.can_ban(&administrator) && administrator.can_ban(&moderator));
    assert!(!plain.can_act_on(&member(25, "")));
}

#[test]
fn an_action_needs_its_permission_too() {
    let (moderator, helper, plain) = (member(20, r#""3""#), member(21, r#""2""#), member(22, ""));
    assert!(moderator.can_ban(&helper) && moderator.can_kick(&helper) && moderator.can_change_nick(&helper));
    assert!(helper.can_act_on(&plain) && !helper.can_ban(&plain) && !helper.can_kick(&plain));
    assert!(moderator.can_time_out(&plain));
    assert!(!member(10, "").can_time_out(&member(24, r#""5""#)), "an administrator cannot be timed out");
}

#[test]
fn a_member_who_is_timed_out_can_do_nothing() {
    let until = Timestamp::from(SystemTime::UNIX_EPOCH + NOW + Duration::from_secs(60));
    let mut timed_out: Member = member(20, r#""3""#).into_member();
    timed_out.partial.communication_disabled_until = Some(until);
    let timed_out = GuildMember::new(guild(), timed_out, SystemTime::UNIX_EPOCH + NOW);
    assert!(!timed_out.can_ban(&member(22, "")));
}

#[test]
fn a_role_can_be_given_by_those_whose_highest_role_is_higher() {
    let guild = guild();
    let role = |id: u64| guild.roles.iter().find(|role| role.id.get() == id).unwrap();
    let moderator = member(20, r#""3""#);
    assert!(moderator.can_assign(role(2)) && moderator.can_assign(role(4)));
    assert!(!moderator.can_assign(role(3)) && !moderator.can_assign(role(5)));
    let owner = member(10, "");
    assert!(owner.can_assign(role(5)) && !owner.can_assign(role(6)) && !owner.can_assign(role(1)));
}
