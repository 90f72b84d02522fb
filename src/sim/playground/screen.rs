//! The output, with a prompt if a person reads it.

use std::io::{self, Write};

use crate::sync::Mutex;

/// ANSI escape sequences.
const CLEAR_LINE: &str = "\r\x1b[K";
const CYAN: &str = "\x1b[36m";
const DIM: &str = "\x1b[2m";
const PLAIN: &str = "\x1b[0m";

/// Where the transcript is printed. Two threads print: lines appear above the prompt.
pub(super) struct Screen<O> {
    state: Mutex<State<O>>,
    is_interactive: bool,
    has_colors: bool,
}

struct State<O> {
    output: O,
    /// The prompt, while the user is at it.
    prompt: Option<String>,
}

impl<O: Write> Screen<O> {
    pub(super) fn new(output: O, is_interactive: bool, has_colors: bool) -> Screen<O> {
        Screen { state: Mutex::new(State { output, prompt: None }), is_interactive, has_colors }
    }

    pub(super) fn is_interactive(&self) -> bool {
        self.is_interactive
    }

    /// Prints what a person or the bot does. The lines of a text are indented below the name.
    pub(super) fn show(&self, name: &str, note: Option<&str>, text: &str) -> io::Result<()> {
        let note = note.map(|note| format!(" ({note})")).unwrap_or_default();
        let indent = " ".repeat(name.chars().count() + 2);
        let (name, text) = (visible(name), visible(text).replace('\n', &format!("\n{indent}")));
        let line = if self.has_colors {
            format!("{CYAN}{name}{PLAIN}{DIM}{note}{PLAIN}: {text}")
        } else {
            format!("{name}{note}: {text}")
        };
        self.print(&line)
    }

    /// Prints a line for the person who types.
    pub(super) fn explain(&self, text: &str) {
        if self.is_interactive {
            // The next line to be shown reports that the output is gone.
            let _ = self.print(text);
        } else {
            eprintln!("{text}");
        }
    }

    /// Shows the prompt until [`answered`](Screen::answered) is called.
    pub(super) fn prompt(&self, prompt: &str) -> io::Result<()> {
        if !self.is_interactive {
            return Ok(());
        }
        let mut state = self.state.lock();
        let prompt = if self.has_colors { format!("{DIM}{prompt}{PLAIN} ") } else { format!("{prompt} ") };
        write!(state.output, "{prompt}")?;
        state.prompt = Some(prompt);
        state.output.flush()
    }

    /// The user has ended the line at the prompt.
    pub(super) fn answered(&self) {
        self.state.lock().prompt = None;
    }

    fn print(&self, line: &str) -> io::Result<()> {
        let mut state = self.state.lock();
        let State { output, prompt } = &mut *state;
        match prompt {
            Some(prompt) => write!(output, "{CLEAR_LINE}{line}\n{prompt}")?,
            None => writeln!(output, "{line}")?,
        }
        output.flush()
    }
}

/// Replaces control characters, which would move the cursor or change the terminal.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    text.replace(is_hidden, "\u{fffd}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::Screen;

    #[test]
    fn lines_appear_above_the_prompt() {
        let mut output = Vec::new();
        let screen = Screen::new(&mut output, true, false);
        screen.show("bot", None, "one").unwrap();
        screen.prompt("you>").unwrap();
        screen.show("bot", Some("edited"), "two\nlines").unwrap();
        screen.answered();
        screen.explain("three");
        drop(screen);
        let expected = "bot: one\nyou> \r\x1b[Kbot (edited): two\n     lines\nyou> three\n";
        assert_eq!(String::from_utf8(output).unwrap(), expected);
    }

    #[test]
    fn a_message_does_not_control_the_terminal() {
        let mut output = Vec::new();
        let screen = Screen::new(&mut output, true, false);
        screen.show("b\x1b[2Jt", None, "one\r\x1b]0;title\x07\n\ttwo").unwrap();
        drop(screen);
        let shown = String::from_utf8(output).unwrap();
        assert_eq!(shown, "b\u{fffd}[2Jt: one\u{fffd}\u{fffd}]0;title\u{fffd}\n        \ttwo\n");
    }

    #[test]
    fn output_that_no_person_reads_has_no_prompt_and_no_colors() {
        let mut output = Vec::new();
        let screen = Screen::new(&mut output, false, false);
        screen.prompt("you>").unwrap();
        screen.show("bot", None, "one").unwrap();
        drop(screen);
        assert_eq!(String::from_utf8(output).unwrap(), "bot: one\n");
    }
}
