//! Discord's limits that more than one part of the library uses, each with the page that states it.
//!
//! Lengths are in characters. A limit of a single call is declared next to that call.

use std::time::Duration;

/// Maximum length of the name of a [command or an option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming).
pub const MAX_COMMAND_NAME: usize = 32;

/// Maximum length of the description of a [command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure)
/// or an option.
pub const MAX_COMMAND_DESCRIPTION: usize = 100;

/// Maximum number of options of a [command](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-structure),
/// or of subcommands of a group.
pub const MAX_COMMAND_OPTIONS: usize = 25;

/// Maximum number of choices of an [option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure),
/// and of choices in an autocomplete response.
pub const MAX_OPTION_CHOICES: usize = 25;

/// Maximum length of the name of a [choice](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
pub const MAX_CHOICE_NAME: usize = 100;

/// Maximum length of the text value of a [choice](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-choice-structure).
pub const MAX_CHOICE_VALUE: usize = 100;

/// Maximum of an [integer option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type),
/// and of the value of its choices. The minimum is the negative of it.
pub const MAX_OPTION_INTEGER: i64 = (1 << 53) - 1;

/// Maximum of a [number option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type),
/// and of the value of its choices. The minimum is the negative of it.
pub const MAX_OPTION_NUMBER: f64 = (1_u64 << 53) as f64;

/// Maximum of `min_length` and `max_length` of a [text option](https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-structure).
pub const MAX_OPTION_LENGTH: u32 = 6000;

/// Maximum number of [file types](https://docs.discord.com/developers/reference#file-type-filtering) of an option or a
/// file upload.
pub const MAX_FILE_TYPES: usize = 10;

/// Maximum number of characters of all names, descriptions and values of a
/// [command](https://docs.discord.com/developers/interactions/application-commands#slash-commands) together.
pub const MAX_COMMAND_TEXT: usize = 8000;

/// Maximum number of [slash commands](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)
/// in one scope.
pub const MAX_SLASH_COMMANDS: usize = 100;

/// Maximum number of [user commands](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)
/// in one scope.
pub const MAX_USER_COMMANDS: usize = 15;

/// Maximum number of [message commands](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)
/// in one scope.
pub const MAX_MESSAGE_COMMANDS: usize = 15;

/// Maximum number of [commands that are created](https://docs.discord.com/developers/interactions/application-commands#registering-a-command)
/// in a day, for each scope.
pub const MAX_COMMAND_CREATES_PER_DAY: usize = 200;

/// Maximum length of a [custom ID](https://docs.discord.com/developers/components/reference#custom-id).
pub const MAX_CUSTOM_ID: usize = 100;

/// Maximum number of buttons in an [action row](https://docs.discord.com/developers/components/reference#action-row).
pub const MAX_ROW_BUTTONS: usize = 5;

/// Maximum length of the label of a [button](https://docs.discord.com/developers/components/reference#button).
pub const MAX_BUTTON_LABEL: usize = 80;

/// Maximum number of options of a [string select](https://docs.discord.com/developers/components/reference#string-select).
pub const MAX_SELECT_OPTIONS: usize = 25;

/// Maximum length of the text displays of a [message](https://docs.discord.com/developers/components/reference#text-display),
/// together and each.
pub const MAX_TEXT_DISPLAY: usize = 4000;

/// Maximum length of the content of a [message](https://docs.discord.com/developers/resources/message#create-message).
pub const MAX_MESSAGE_CONTENT: usize = 2000;

/// Maximum length of the description of an [attachment](https://docs.discord.com/developers/resources/message#attachment-object).
pub const MAX_ATTACHMENT_DESCRIPTION: usize = 1024;

/// Maximum size of an [uploaded file](https://docs.discord.com/developers/reference#uploading-files) in bytes, where neither
/// boosts nor an interaction raise it.
pub const MAX_ATTACHMENT_SIZE: u64 = 10 << 20;

/// Maximum size of an uploaded file in bytes in a guild of
/// [boost level 2](https://support.discord.com/hc/en-us/articles/360028038352-Server-Boosting-FAQ).
pub const MAX_ATTACHMENT_SIZE_TIER_2: u64 = 50 << 20;

/// Maximum size of an uploaded file in bytes in a guild of
/// [boost level 3](https://support.discord.com/hc/en-us/articles/360028038352-Server-Boosting-FAQ).
pub const MAX_ATTACHMENT_SIZE_TIER_3: u64 = 100 << 20;

/// Maximum length of a URL in a message or an application; in [Discord's specification](https://github.com/discord/discord-api-spec)
/// only.
pub const MAX_URL: usize = 2048;

/// The highest [color](https://docs.discord.com/developers/resources/message#embed-object): white.
pub const MAX_COLOR: u32 = 0xff_ff_ff;

/// Maximum length of the name of a [channel or thread](https://docs.discord.com/developers/resources/channel#channel-object).
pub const MAX_CHANNEL_NAME: usize = 100;

/// Maximum length of the topic of a [channel](https://docs.discord.com/developers/resources/channel#channel-object) that
/// is neither a forum nor a media channel.
pub const MAX_CHANNEL_TOPIC: usize = 1024;

/// Maximum length of the topic of a [forum or media channel](https://docs.discord.com/developers/resources/channel#channel-object).
pub const MAX_FORUM_TOPIC: usize = 4096;

/// Maximum number of permission overwrites of a [channel](https://docs.discord.com/developers/resources/channel#modify-channel).
pub const MAX_OVERWRITES: usize = 100;

/// Maximum number of tags that a [forum or media channel](https://docs.discord.com/developers/resources/channel#channel-object)
/// offers.
pub const MAX_AVAILABLE_TAGS: usize = 20;

/// Maximum number of tags of a [thread](https://docs.discord.com/developers/resources/channel#channel-object) in a forum
/// or media channel.
pub const MAX_APPLIED_TAGS: usize = 5;

/// Minimum bitrate of a [voice or stage channel](https://docs.discord.com/developers/resources/channel#modify-channel), in
/// bits per second.
pub const MIN_BITRATE: u32 = 8_000;

/// Maximum bitrate of a [voice channel](https://docs.discord.com/developers/resources/channel#modify-channel) in a guild
/// with all boosts, in bits per second.
pub const MAX_BITRATE: u32 = 384_000;

/// Maximum user limit of a [voice channel](https://docs.discord.com/developers/resources/channel#modify-channel).
pub const MAX_VOICE_USERS: u32 = 99;

/// Maximum user limit of a [stage channel](https://docs.discord.com/developers/resources/channel#modify-channel).
pub const MAX_STAGE_USERS: u32 = 10_000;

/// Maximum timeout of a [member](https://docs.discord.com/developers/resources/guild#modify-guild-member).
pub const MAX_MEMBER_TIMEOUT: Duration = Duration::from_secs(28 * 24 * 60 * 60);
