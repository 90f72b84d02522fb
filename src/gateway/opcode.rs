//! Opcodes: the types of gateway frames.

/// The type of a frame: the value of its `op`.
///
/// See [gateway opcodes](https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Opcode {
    /// An event. The only frame with a sequence number and a name.
    Dispatch = 0,
    /// Keeps the connection open. From Discord, it requests a heartbeat at once.
    Heartbeat = 1,
    /// Opens a new session.
    Identify = 2,
    /// Sets the bot's own presence.
    PresenceUpdate = 3,
    /// Joins, moves between or leaves voice channels.
    VoiceStateUpdate = 4,
    /// Resumes a session after a lost connection.
    Resume = 6,
    /// Asks the client to reconnect now and resume.
    Reconnect = 7,
    /// Requests members of a guild. Discord responds with `GUILD_MEMBERS_CHUNK`.
    RequestGuildMembers = 8,
    /// The session was invalidated. With `d` true it can be resumed.
    InvalidSession = 9,
    /// The first frame of a connection, with the heartbeat interval.
    Hello = 10,
    /// Acknowledges a heartbeat.
    HeartbeatAck = 11,
    /// Requests soundboard sounds. Discord responds with one `SOUNDBOARD_SOUNDS` per guild.
    RequestSoundboardSounds = 31,
    /// Requests the status and start time of voice channels. Discord responds with `CHANNEL_INFO`.
    RequestChannelInfo = 43,
}

/// Which side sends a frame, seen from the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The client sends it.
    Send,
    /// The client receives it.
    Receive,
    /// Both sides send it.
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
    /// Returns the opcode with this number, if it is known.
    pub fn from_code(code: u64) -> Option<Opcode> {
        Opcode::all().find(|op| op.code() == code)
    }

    /// All known opcodes, by number.
    pub fn all() -> impl Iterator<Item = Opcode> {
        TABLE.iter().map(|row| row.0)
    }

    /// The number, as in `op`.
    pub const fn code(self) -> u64 {
        self as u64
    }

    /// Discord's name of the opcode (`HEARTBEAT_ACK`).
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// Which side sends it.
    pub fn direction(self) -> Direction {
        self.row().2
    }

    fn row(self) -> &'static (Opcode, &'static str, Direction) {
        let row = TABLE.iter().find(|row| row.0 == self);
        row.unwrap_or_else(|| unreachable!("every opcode is in the table: {self:?}"))
    }
}
