use crate::model::open_enum::flags;

flags! {
    /// A set of [permissions](https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags).
    Permissions as text {
    CREATE_INSTANT_INVITE = 0,
    KICK_MEMBERS = 1,
    BAN_MEMBERS = 2,
    ADMINISTRATOR = 3,
    MANAGE_CHANNELS = 4,
    MANAGE_GUILD = 5,
    ADD_REACTIONS = 6,
    VIEW_AUDIT_LOG = 7,
    PRIORITY_SPEAKER = 8,
    STREAM = 9,
    VIEW_CHANNEL = 10,
    SEND_MESSAGES = 11,
    SEND_TTS_MESSAGES = 12,
    MANAGE_MESSAGES = 13,
    EMBED_LINKS = 14,
    ATTACH_FILES = 15,
    READ_MESSAGE_HISTORY = 16,
    MENTION_EVERYONE = 17,
    USE_EXTERNAL_EMOJIS = 18,
    VIEW_GUILD_INSIGHTS = 19,
    CONNECT = 20,
    SPEAK = 21,
    MUTE_MEMBERS = 22,
    DEAFEN_MEMBERS = 23,
    MOVE_MEMBERS = 24,
    USE_VAD = 25,
    CHANGE_NICKNAME = 26,
    MANAGE_NICKNAMES = 27,
    MANAGE_ROLES = 28,
    MANAGE_WEBHOOKS = 29,
    MANAGE_GUILD_EXPRESSIONS = 30,
    USE_APPLICATION_COMMANDS = 31,
    REQUEST_TO_SPEAK = 32,
    MANAGE_EVENTS = 33,
    MANAGE_THREADS = 34,
    CREATE_PUBLIC_THREADS = 35,
    CREATE_PRIVATE_THREADS = 36,
    USE_EXTERNAL_STICKERS = 37,
    SEND_MESSAGES_IN_THREADS = 38,
    USE_EMBEDDED_ACTIVITIES = 39,
    MODERATE_MEMBERS = 40,
    VIEW_CREATOR_MONETIZATION_ANALYTICS = 41,
    USE_SOUNDBOARD = 42,
    CREATE_GUILD_EXPRESSIONS = 43,
    CREATE_EVENTS = 44,
    USE_EXTERNAL_SOUNDS = 45,
    SEND_VOICE_MESSAGES = 46,
    SET_VOICE_CHANNEL_STATUS = 48,
    SEND_POLLS = 49,
    USE_EXTERNAL_APPS = 50,
    PIN_MESSAGES = 51,
    BYPASS_SLOWMODE = 52,
    }
}

/// The permissions whose name in Discord's client is not that of the API in words. See the note below the
/// [list of permissions](https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags) and the
/// [client's names](https://support.discord.com/hc/en-us/articles/206029707-Setting-Up-Permissions-FAQ).
const CLIENT_NAMES: [(Permissions, &str); 16] = [
    (Permissions::CREATE_INSTANT_INVITE, "Create Invite"),
    (Permissions::MANAGE_GUILD, "Manage Server"),
    (Permissions::STREAM, "Video"),
    (Permissions::VIEW_CHANNEL, "View Channels"),
    (Permissions::SEND_TTS_MESSAGES, "Send Text-to-Speech Messages"),
    (Permissions::MENTION_EVERYONE, "Mention @everyone, @here, and All Roles"),
    (Permissions::USE_EXTERNAL_EMOJIS, "Use External Emoji"),
    (Permissions::VIEW_GUILD_INSIGHTS, "View Server Insights"),
    (Permissions::USE_VAD, "Use Voice Activity"),
    (Permissions::MANAGE_GUILD_EXPRESSIONS, "Manage Expressions"),
    (Permissions::CREATE_GUILD_EXPRESSIONS, "Create Expressions"),
    (Permissions::REQUEST_TO_SPEAK, "Request to Speak"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads"),
    (Permissions::USE_EMBEDDED_ACTIVITIES, "Use Activities"),
    (Permissions::MODERATE_MEMBERS, "Timeout Members"),
    (Permissions::SEND_POLLS, "Create Polls"),
];

impl Permissions {
    /// Returns the names that Discord's client shows for the permissions, in English, for texts that users read.
    ///
    /// ```
    /// use syncord::model::Permissions;
    ///
    /// let permissions = Permissions::MODERATE_MEMBERS | Permissions::BAN_MEMBERS;
    /// assert_eq!(permissions.client_names(), ["Ban Members", "Timeout Members"]);
    /// ```
    pub fn client_names(self) -> Vec<String> {
        let known = Self::KNOWN.iter().filter(|(_, permission)| self.contains(*permission));
        let mut names: Vec<String> = known.map(|(name, permission)| client_name(name, *permission)).collect();
        let unknown = Self::KNOWN.iter().fold(self, |rest, (_, permission)| rest - *permission);
        if !unknown.is_empty() {
            names.push(format!("{:#x}", unknown.bits()));
        }
        names
    }

    /// Whether the set contains `ADMINISTRATOR`, which implies all permissions.
    pub const fn is_administrator(self) -> bool {
        self.contains(Self::ADMINISTRATOR)
    }
}

/// The name in the client of a permission with this name in the API.
fn client_name(name: &str, permission: Permissions) -> String {
    if let Some((_, name)) = CLIENT_NAMES.iter().find(|(known, _)| *known == permission) {
        return (*name).to_owned();
    }
    let word = |word: &str| word[..1].to_owned() + &word[1..].to_lowercase();
    name.split('_').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{CLIENT_NAMES, Permissions};

    #[test]
    fn permissions_have_the_names_of_the_client() {
        let names = |bits| Permissions::from_bits_retain(bits).client_names().join("; ");
        for (permissions, expected) in [
            (Permissions::empty(), ""),
            (Permissions::USE_VAD, "Use Voice Activity"),
            (Permissions::MODERATE_MEMBERS | Permissions::KICK_MEMBERS, "Kick Members; Timeout Members"),
            (Permissions::MANAGE_GUILD | Permissions::PIN_MESSAGES, "Manage Server; Pin Messages"),
            (Permissions::from_bits_retain(1 << 60 | 1 << 2), "Ban Members; 0x1000000000000000"),
        ] {
            assert_eq!(names(permissions.bits()), expected);
        }
        // No name has the words of the API that the client does not use.
        let all = Permissions::all().client_names();
        assert_eq!(all.len(), Permissions::KNOWN.len());
        for word in ["Guild", "Vad", "Tts", "Instant", "Embedded", "Moderate"] {
            assert!(all.iter().all(|name| !name.split(' ').any(|part| part == word)), "{word}: {all:?}");
        }
        assert!(CLIENT_NAMES.iter().all(|(permission, _)| permission.bits().is_power_of_two()));
    }
}
