//! What is changed outside the program: in the developer portal, and in the settings of the server.

use serde_json::{Value, json};

use super::call::{Call, done};
use super::problem::Problem;
use crate::gateway::intents::Intents;
use crate::id::{GuildId, UserId};
use crate::model::Permissions;
use crate::sim::fixture::{flags_of, intents_of};
use crate::sim::people::Member;
use crate::sim::types::overwrite_type;

/// Switches a privileged intent of the bot's application on or off, as in the developer portal. It decides about the next
/// identify.
pub(super) fn intent(call: &Call<'_>) -> Result<Value, Problem> {
    let name = call.text("intent")?;
    let Some(intent) = Intents::PRIVILEGED.iter().find(|intent| intent.to_string() == name) else {
        return Err(Problem::unknown(format!("privileged intent {name:?}"), Intents::PRIVILEGED.to_string()));
    };
    let is_on = call.flag("on").unwrap_or(true);
    call.hub.change(|state, _| {
        let bot = state.world.bot_id();
        let flags = state.world.application_flags(bot);
        let before = intents_of(flags);
        let intents = if is_on { before | intent } else { before - intent };
        state.world.set_application_flags(bot, flags & !flags_of(before) | flags_of(intents));
        state.peer.set_privileged_intents(bot, intents);
    });
    Ok(done())
}

/// The privileged intents that are switched on.
pub(super) fn intents_on(flags: u64) -> Vec<String> {
    intents_of(flags).iter().map(|intent| intent.to_string()).collect()
}

/// Gives the bot's role in the first guild a permission, or takes it away, as the owner of the guild does in its settings.
///
/// If @everyone has the permission too, the role is denied it in each channel. A bot owns the guild from the start, and an
/// owner has all permissions, so the person who acts becomes the owner then.
pub(super) fn permission(call: &Call<'_>) -> Result<Value, Problem> {
    let person = call.person()?;
    let bits = bits_of(&call.arguments["permission"]);
    if bits == 0 {
        return Err(Problem::arguments("\"permission\" is missing: the number of a permission, as a text"));
    }
    let (is_given, settings) = (call.flag("on").unwrap_or(true), Settings::of(call, &person)?);
    let all = Permissions::all().bits();
    let administrator = Permissions::ADMINISTRATOR.bits();
    let before = settings.role_permissions;
    let before = if before & administrator == 0 { before } else { all };
    let after = if is_given { before | bits } else { before & !bits };
    // An administrator has all permissions.
    let after = if after | administrator == all { all } else { after & !administrator };
    let role = format!("guilds/{}/roles/{}", settings.guild, settings.role);
    settings.owner.requests("PATCH", &role, json!({"permissions": after.to_string()}))?;
    for channel in &settings.channels {
        settings.change_overwrite(channel, bits, !is_given && settings.everyone & bits != 0)?;
    }
    Ok(done())
}

/// The settings of the first guild that decide about the bot.
struct Settings {
    guild: GuildId,
    owner: Member,
    /// The bot's managed role.
    role: String,
    role_permissions: u128,
    /// The permissions of @everyone.
    everyone: u128,
    /// The channels, without threads.
    channels: Vec<Value>,
}

impl Settings {
    fn of(call: &Call<'_>, person: &Member) -> Result<Settings, Problem> {
        let (guild, bot, owner) = call.hub.change(|state, now| {
            let (guild, bot) = (state.world.guild_id(), state.world.bot_id());
            if state.world.member_name(state.world.owner_of(guild)).is_none() {
                let events = state.world.set_owner(guild, person.id());
                state.dispatch(now, events);
            }
            (guild, bot, state.world.owner_of(guild))
        });
        let body = call.hub.read(|state| {
            let guilds = state.world.ready_data().guilds;
            guilds.into_iter().find(|body| body["id"] == json!(guild)).unwrap_or_default()
        });
        let is_own = |role: &&Value| role["tags"]["bot_id"] == json!(bot);
        let roles = body["roles"].as_array().map_or(&[][..], Vec::as_slice);
        let role = roles.iter().find(is_own).ok_or_else(|| no_role(bot))?;
        let everyone = roles.iter().find(|role| role["id"] == json!(guild));
        Ok(Settings {
            guild,
            owner: owner_of(call, owner)?,
            role: role["id"].as_str().unwrap_or_default().to_owned(),
            role_permissions: bits_of(&role["permissions"]),
            everyone: everyone.map_or(0, |role| bits_of(&role["permissions"])),
            channels: body["channels"].as_array().cloned().unwrap_or_default(),
        })
    }

    /// Denies the bot's role permissions in a channel, or ends that.
    fn change_overwrite(&self, channel: &Value, bits: u128, is_denied: bool) -> Result<(), Problem> {
        let overwrites = channel["permission_overwrites"].as_array();
        let own = overwrites.into_iter().flatten().find(|one| one["id"] == self.role.as_str());
        let (allow, before) = own.map_or((0, 0), |own| (bits_of(&own["allow"]), bits_of(&own["deny"])));
        let deny = if is_denied { before | bits } else { before & !bits };
        if deny == before {
            return Ok(());
        }
        let path =
            format!("channels/{}/permissions/{}", channel["id"].as_str().unwrap_or_default(), self.role);
        if deny | allow == 0 {
            self.owner.requests("DELETE", &path, Value::Null)?;
        } else {
            let body = json!({"type": overwrite_type::ROLE, "allow": (allow & !deny).to_string(), "deny": deny.to_string()});
            self.owner.requests("PUT", &path, body)?;
        }
        Ok(())
    }
}

fn owner_of(call: &Call<'_>, id: UserId) -> Result<Member, Problem> {
    let name = call.hub.read(|state| state.world.member_name(id)).unwrap_or_default();
    Ok(Member::new(call.hub.clone(), id, &name, call.timeout()?))
}

fn no_role(bot: UserId) -> Problem {
    Problem::unknown(format!("role of the bot {bot}"), "the bot is not in the first guild".to_owned())
}

/// A set of permissions, which is a number in a text.
fn bits_of(value: &Value) -> u128 {
    value.as_str().and_then(|bits| bits.parse().ok()).unwrap_or(0)
}
