//! What a typed line means. Pure.

/// A line that the user typed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    Message(&'a str),
    /// A slash command of the bot, with its slash.
    Command(&'a str),
    /// The text in brackets.
    Use(&'a str),
    Help,
    /// A command of the playground: its name and the rest of the line.
    Playground(Action, &'a str),
    /// A word after a colon that is no command of the playground.
    Unknown(&'a str),
}

/// A command of the playground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    As,
    Channel,
    DirectMessages,
    File,
    Reply,
    React,
    Edit,
    Delete,
    Menu,
}

/// The commands of the playground: the word, what follows it, and what it does.
pub(super) const ACTIONS: [(Action, &str, &str, &str); 9] = [
    (Action::As, "as", "ann", "speak as another person"),
    (Action::Channel, "channel", "general", "talk in another channel"),
    (Action::DirectMessages, "dm", "", "talk in direct messages with the bot"),
    (
        Action::File,
        "file",
        "path text",
        "send a file, with or without a text; a path with spaces in \"quotes\"",
    ),
    (Action::Reply, "reply", "text", "reply to the bot's last message"),
    (Action::React, "react", "👍", "react to the bot's last message"),
    (Action::Edit, "edit", "text", "edit your last message"),
    (Action::Delete, "delete", "", "delete your last message"),
    (
        Action::Menu,
        "menu",
        "Name @user",
        "use a command of the context menu, on a user or on the last message",
    ),
];

/// Closes a modal instead of answering a question.
pub(super) const CANCEL: &str = ":cancel";

impl<'a> Line<'a> {
    /// Parses a line that is not empty.
    pub(super) fn parse(text: &'a str) -> Line<'a> {
        if matches!(text, "?" | "/") {
            return Line::Help;
        }
        if let Some(label) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            return Line::Use(label);
        }
        if text.starts_with('/') {
            return Line::Command(text);
        }
        let Some(after_colon) = text.strip_prefix(':') else { return Line::Message(text) };
        let (word, rest) = after_colon.split_once(char::is_whitespace).unwrap_or((after_colon, ""));
        // Emojis (`:wave:`) and smileys (`:D`) are text.
        if word.len() < 2 || !word.chars().all(|char| char.is_ascii_lowercase()) {
            return Line::Message(text);
        }
        let action = ACTIONS.iter().find(|(_, name, ..)| *name == word);
        action.map_or(Line::Unknown(word), |(action, ..)| Line::Playground(*action, rest.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Line};

    #[test]
    fn the_first_character_of_a_line_says_what_it_is() {
        for (text, expected) in [
            ("hello /x [y]", Line::Message("hello /x [y]")),
            ("/roll sides:6", Line::Command("/roll sides:6")),
            ("/", Line::Help),
            ("?", Line::Help),
            ("?!", Line::Message("?!")),
            ("[Yes]", Line::Use("Yes")),
            ("[Yes] or no", Line::Message("[Yes] or no")),
            (":as ann", Line::Playground(Action::As, "ann")),
            (":dm", Line::Playground(Action::DirectMessages, "")),
            (":file  a b.txt look", Line::Playground(Action::File, "a b.txt look")),
            (":wave:", Line::Message(":wave:")),
            (":D", Line::Message(":D")),
            (":-)", Line::Message(":-)")),
            (":canal x", Line::Unknown("canal")),
        ] {
            assert_eq!(Line::parse(text), expected, "{text}");
        }
    }
}
