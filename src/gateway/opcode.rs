//! Opcodes: what a gateway frame is for.

/// What a frame is for, as told by its `op`.
///
/// See [gateway opcodes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Opcode {
    /// An event; the only frame with a sequence number and a name.
    Dispatch = 0,
    /// A sign of life; from Discord it asks for one at once.
    Heartbeat = 1,
    /// Opens a new session.
    Identify = 2,
    /// Sets the bot's own presence.
    PresenceUpdate = 3,
    /// Joins, moves between or leaves voice channels.
    VoiceStateUpdate = 4,
    /// Continues a dropped session.
    Resume = 6,
    /// Asks the client to reconnect now and resume.
    Reconnect = 7,
    /// Asks for members of a guild, answered by `GUILD_MEMBERS_CHUNK`.
    RequestGuildMembers = 8,
    /// The session is gone, or (with `d` true) may be resumed.
    InvalidSession = 9,
    /// The first frame of a connection; it carries the heartbeat interval.
    Hello = 10,
    /// The answer to a heartbeat.
    HeartbeatAck = 11,
    /// Asks for soundboard sounds, answered by one `SOUNDBOARD_SOUNDS` per guild.
    RequestSoundboardSounds = 31,
    /// Asks for status and start time of voice channels, answered by `CHANNEL_INFO`.
    RequestChannelInfo = 43,
}

/// Who sends a frame, as seen by the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The client sends it.
    Send,
    /// The client receives it.
    Receive,
    /// Either side sends it.
    Both,
}

#[rustfmt::skip]
const TABLE: [(Opcode, &str, Direction); 13] = [
    (Opcode::Dispatch,                "DISPATCH",                  Direction::Receive),
    (Opcode::Heartbeat,               "HEARTBEAT",                 Direction::Both),
    (Opcode::Identify,                "IDENTIFY",                  Direction::Send),
    (Opcode::PresenceUpdate,          "PRESENCE_UPDATE",           Direction::Send),
    (Opcode::VoiceStateUpdate,        "VOICE_STATE_UPDATE",        Direction::Send),
    (Opcode::Resume,                  "RESUME",                    Direction::Send),
    (Opcode::Reconnect,               "RECONNECT",                 Direction::Receive),
    (Opcode::RequestGuildMembers,     "REQUEST_GUILD_MEMBERS",     Direction::Send),
    (Opcode::InvalidSession,          "INVALID_SESSION",           Direction::Receive),
    (Opcode::Hello,                   "HELLO",                     Direction::Receive),
    (Opcode::HeartbeatAck,            "HEARTBEAT_ACK",             Direction::Receive),
    (Opcode::RequestSoundboardSounds, "REQUEST_SOUNDBOARD_SOUNDS", Direction::Send),
    (Opcode::RequestChannelInfo,      "REQUEST_CHANNEL_INFO",      Direction::Send),
];

impl Opcode {
    /// The opcode with this number, if it is a known one.
    pub fn from_code(code: u64) -> Option<Opcode> {
        Opcode::all().find(|op| op.code() == code)
    }

    /// All known opcodes, by number.
    pub fn all() -> impl Iterator<Item = Opcode> {
        TABLE.iter().map(|row| row.0)
    }

    /// The number in `op`.
    pub const fn code(self) -> u64 {
        self as u64
    }

    /// Discord's name for it (`HEARTBEAT_ACK`).
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Who sends it.
    pub fn direction(self) -> Direction {
        self.row().2
    }

    fn row(self) -> &'static (Opcode, &'static str, Direction) {
        let row = TABLE.iter().find(|row| row.0 == self);
        row.unwrap_or_else(|| unreachable!("every opcode stands in the table: {self:?}"))
    }
}
