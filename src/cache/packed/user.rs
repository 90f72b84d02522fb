//! A user.

use crate::cache::size;
use crate::id::UserId;
use crate::model::user::{PremiumType, UserFlags};
use crate::model::{AvatarDecorationData, Collectibles, Color, Locale, PrimaryGuild, User};

/// A user.
#[derive(Debug)]
pub(in crate::cache) struct PackedUser {
    pub(in crate::cache) id: UserId,
    username: Box<str>,
    global_name: Option<Box<str>>,
    avatar: Option<Box<str>>,
    public_flags: UserFlags,
    discriminator: u16,
    bot: bool,
    system: bool,
    rest: Option<Box<Rest>>,
}

/// What few users have, or only the bot's own.
#[derive(Debug)]
struct Rest {
    banner: Option<Box<str>>,
    accent_color: Option<Color>,
    avatar_decoration_data: Option<Box<AvatarDecorationData>>,
    collectibles: Option<Box<Collectibles>>,
    primary_guild: Option<Box<PrimaryGuild>>,
    flags: Option<UserFlags>,
    mfa_enabled: Option<bool>,
    locale: Option<Locale>,
    verified: Option<bool>,
    email: Option<Box<str>>,
    premium_type: Option<PremiumType>,
}

impl PackedUser {
    pub(in crate::cache) fn pack(user: &User) -> PackedUser {
        PackedUser {
            id: user.id,
            username: user.username.as_str().into(),
            global_name: boxed(user.global_name.as_ref()),
            avatar: boxed(user.avatar.as_ref()),
            public_flags: user.public_flags,
            discriminator: user.discriminator,
            bot: user.bot,
            system: user.system,
            rest: has_rest(user).then(|| Box::new(Rest::pack(user))),
        }
    }

    pub(in crate::cache) fn unpack(&self) -> User {
        let mut user = User {
            id: self.id,
            username: self.username.to_string(),
            discriminator: self.discriminator,
            global_name: self.global_name.as_deref().map(str::to_owned),
            avatar: self.avatar.as_deref().map(str::to_owned),
            bot: self.bot,
            system: self.system,
            public_flags: self.public_flags,
            ..User::default()
        };
        if let Some(rest) = &self.rest {
            user.banner = rest.banner.as_deref().map(str::to_owned);
            user.accent_color = rest.accent_color;
            user.avatar_decoration_data.clone_from(&rest.avatar_decoration_data);
            user.collectibles.clone_from(&rest.collectibles);
            user.primary_guild.clone_from(&rest.primary_guild);
            user.flags = rest.flags;
            user.mfa_enabled = rest.mfa_enabled;
            user.locale.clone_from(&rest.locale);
            user.verified = rest.verified;
            user.email = rest.email.as_deref().map(str::to_owned);
            user.premium_type = rest.premium_type;
        }
        user
    }

    /// Whether it is this user, with the same fields.
    pub(in crate::cache) fn is(&self, user: &User) -> bool {
        self.id == user.id
            && *self.username == *user.username
            && self.global_name.as_deref() == user.global_name.as_deref()
            && self.avatar.as_deref() == user.avatar.as_deref()
            && self.public_flags == user.public_flags
            && self.discriminator == user.discriminator
            && (self.bot, self.system) == (user.bot, user.system)
            && match &self.rest {
                None => !has_rest(user),
                Some(rest) => rest.is(user),
            }
    }

    /// Whether it is the user with this username. Usernames are unique. Upper and lower case do not matter.
    pub(in crate::cache) fn has_username(&self, name: &str) -> bool {
        // A discriminator makes the name of a bot unique.
        self.discriminator == 0 && self.username.eq_ignore_ascii_case(name)
    }

    pub(in crate::cache) fn bytes(&self) -> usize {
        let rest = self.rest.as_deref();
        let texts = size::text(Some(&self.username))
            + size::text(self.global_name.as_deref())
            + size::text(self.avatar.as_deref());
        // With the counters of an `Arc`.
        size::shared::<Self>() + texts + size::boxed(rest) + rest.map_or(0, Rest::bytes)
    }
}

impl Rest {
    fn pack(user: &User) -> Rest {
        Rest {
            banner: boxed(user.banner.as_ref()),
            accent_color: user.accent_color,
            avatar_decoration_data: user.avatar_decoration_data.clone(),
            collectibles: user.collectibles.clone(),
            primary_guild: user.primary_guild.clone(),
            flags: user.flags,
            mfa_enabled: user.mfa_enabled,
            locale: user.locale.clone(),
            verified: user.verified,
            email: boxed(user.email.as_ref()),
            premium_type: user.premium_type,
        }
    }

    fn is(&self, user: &User) -> bool {
        self.banner.as_deref() == user.banner.as_deref()
            && self.accent_color == user.accent_color
            && self.avatar_decoration_data == user.avatar_decoration_data
            && self.collectibles == user.collectibles
            && self.primary_guild == user.primary_guild
            && self.flags == user.flags
            && self.mfa_enabled == user.mfa_enabled
            && self.locale == user.locale
            && self.verified == user.verified
            && self.email.as_deref() == user.email.as_deref()
            && self.premium_type == user.premium_type
    }

    fn bytes(&self) -> usize {
        size::text(self.banner.as_deref())
            + size::text(self.email.as_deref())
            + size::boxed(self.avatar_decoration_data.as_deref())
            + size::boxed(self.collectibles.as_deref())
            + size::boxed(self.primary_guild.as_deref())
            + size::owned(&self.avatar_decoration_data)
            + size::owned(&self.collectibles)
            + size::owned(&self.primary_guild)
    }
}

fn has_rest(user: &User) -> bool {
    user.banner.is_some()
        || user.accent_color.is_some()
        || user.avatar_decoration_data.is_some()
        || user.collectibles.is_some()
        || user.primary_guild.is_some()
        || user.flags.is_some()
        || user.mfa_enabled.is_some()
        || user.locale.is_some()
        || user.verified.is_some()
        || user.email.is_some()
        || user.premium_type.is_some()
}

/// A copy without spare capacity.
pub(super) fn boxed(text: Option<&String>) -> Option<Box<str>> {
    text.map(|text| text.as_str().into())
}
