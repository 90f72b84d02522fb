//! Carries out the lines that the user types.

use std::fs;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::component::{self, Use};
use super::form::{self, Answer};
use super::help;
use super::line::{ACTIONS, Action, CANCEL, Line};
use super::lines::{Lines, Typed};
use super::path;
use super::screen::Screen;
use crate::id::UserId;
use crate::sim::discord::Discord;
use crate::sim::error::SimError;
use crate::sim::people::{Channel, Interaction, Member, Message, Modal};
use crate::sim::types::command_type;
use crate::sim::world::{RestResponse, World};

/// Maximum number of characters of a message.
const MAX_CONTENT: usize = 2000;
/// How long a label has to appear that the user wants to click.
const LABEL_TIMEOUT: Duration = Duration::from_secs(3);
/// As [`LABEL_TIMEOUT`], if a person types, who has seen what there is.
const INTERACTIVE_LABEL_TIMEOUT: Duration = Duration::from_millis(300);

/// A file by its name and content.
type LoadedFile = (String, Vec<u8>);

/// The user at the keyboard.
pub(super) struct Typist<'d, I, O> {
    discord: &'d Discord,
    screen: &'d Screen<O>,
    lines: Lines<I>,
    speaker: Member,
    channel: Channel,
    is_direct: bool,
}

impl<'d, I: BufRead, O: Write> Typist<'d, I, O> {
    pub(super) fn new(
        discord: &'d Discord,
        screen: &'d Screen<O>,
        input: I,
        speaker: Member,
        channel: Channel,
    ) -> Typist<'d, I, O> {
        Typist { discord, screen, lines: Lines::new(input), speaker, channel, is_direct: false }
    }

    /// Carries out lines until the input ends.
    pub(super) fn run(mut self) -> io::Result<()> {
        while let Some(line) = self.read(&self.prompt())? {
            let text = line.trim();
            if text.is_empty() {
                continue;
            }
            let result = match Line::parse(text) {
                Line::Help => {
                    self.explain_all(&help::help(&self.commands()));
                    Ok(None)
                }
                Line::Message(text) => self.post(&json!({"content": text}), &[]).map(|()| None),
                Line::Command(text) => self.command(text).map(Some),
                Line::Use(text) => self.use_component(text).map(Some),
                Line::Playground(action, text) => self.act(action, text),
                Line::Unknown(_) if text == CANCEL => Err("no modal is open".to_owned()),
                Line::Unknown(word) => {
                    let known: Vec<String> = ACTIONS.iter().map(|(_, word, ..)| format!(":{word}")).collect();
                    Err(format!("there is no :{word} in the playground; there are {}", known.join(", ")))
                }
            };
            match result {
                Ok(Some(interaction)) => self.follow(&interaction)?,
                Ok(None) => {}
                Err(problem) => self.screen.explain(&problem),
            }
        }
        Ok(())
    }

    fn prompt(&self) -> String {
        let name = self.speaker.name();
        match (self.is_direct, self.channel.name()) {
            (true, _) => format!("{name} (direct message)>"),
            (false, "general") => format!("{name}>"),
            (false, channel) => format!("{name} #{channel}>"),
        }
    }

    /// Reads a line. `None` at the end of the input.
    fn read(&mut self, prompt: &str) -> io::Result<Option<String>> {
        loop {
            self.screen.prompt(prompt)?;
            let screen = self.screen;
            let typed = self.lines.next(|| {
                // A prompt that cannot be written is reported by the next one.
                let _ = screen.prompt("...>");
            });
            self.screen.answered();
            match typed? {
                Some(Typed::Text(line)) => return Ok(Some(line)),
                Some(Typed::NotText) => self.screen.explain("this line is not text: it is not valid UTF-8"),
                None => {
                    if self.screen.is_interactive() {
                        self.screen.explain("");
                    }
                    return Ok(None);
                }
            }
        }
    }

    /// The commands that are registered.
    fn commands(&self) -> Vec<Value> {
        let mut commands = self.discord.commands(Some(self.discord.guild_id()));
        commands.extend(self.discord.commands(None));
        commands
    }

    fn explain_all(&self, lines: &[String]) {
        lines.iter().for_each(|line| self.screen.explain(line));
    }

    fn post(&self, body: &Value, files: &[LoadedFile]) -> Result<(), String> {
        check_length(body["content"].as_str().unwrap_or_default())?;
        let posted = self.speaker.try_posts_with_files(&self.channel, body, &borrowed(files));
        posted.map(drop).map_err(|error| problem(&error))
    }

    fn command(&self, text: &str) -> Result<Interaction, String> {
        let commands = self.commands();
        let name = text[1..].split_whitespace().next().unwrap_or_default();
        let is_known =
            |command: &Value| command["name"] == name && command["type"] == command_type::CHAT_INPUT;
        if !commands.iter().any(is_known) {
            self.explain_all(&help::bot_commands(&commands));
            return Err(format!("there is no command /{name}"));
        }
        let paths = self.discord.hub.read(|state| {
            state.world.files_of_command(state.clock.time(), self.speaker.id(), self.channel.id(), text)
        });
        // Where the line is no use of the command, the next call says why.
        let files: Vec<LoadedFile> = paths
            .unwrap_or_default()
            .into_iter()
            .map(|path| read(&path).map(|content| (path, content)))
            .collect::<Result<_, _>>()?;
        self.speaker.uses_with_files(&self.channel, text, &borrowed(&files)).map_err(|error| problem(&error))
    }

    /// Clicks or chooses what a text in brackets means, in the latest message that has it. Waits for it to appear.
    fn use_component(&self, text: &str) -> Result<Interaction, String> {
        let timeout = if self.screen.is_interactive() { INTERACTIVE_LABEL_TIMEOUT } else { LABEL_TIMEOUT };
        let found = self.discord.hub.wait_for(timeout, || {
            let messages = self.speaker.sees(&self.channel);
            messages.into_iter().rev().find_map(|message| {
                let found = component::find_use(&message.raw["components"], text)?;
                Some((message, found))
            })
        });
        let Some((message, found)) = found else {
            let messages = self.speaker.sees(&self.channel);
            let labels = messages.iter().rev().map(|message| component::labels(&message.raw["components"]));
            let labels = labels.into_iter().find(|labels| !labels.is_empty());
            let there = labels.map_or_else(|| "nothing can be clicked".to_owned(), |labels| labels.join(" "));
            return Err(format!("there is no [{text}] here: {there}"));
        };
        match found {
            Use::Click { custom_id } => self.speaker.clicks(&message, &custom_id),
            Use::Choose { custom_id, values } => self.speaker.selects(&message, &custom_id, values),
            Use::ChooseEntities { custom_id, kind, names } => {
                self.speaker.selects(&message, &custom_id, self.ids(kind, &names)?)
            }
        }
        .map_err(|error| problem(&error))
    }

    /// The IDs of users, roles or channels. `kind` is the type of the command options that take them.
    fn ids(&self, kind: u64, names: &[String]) -> Result<Vec<u64>, String> {
        let id = |name: &String| {
            let guild = Some(self.discord.guild_id());
            let id = self.discord.hub.read(|state| state.world.find_by_text(guild, kind, name));
            id.ok_or_else(|| format!("there is no {name:?}"))
        };
        names.iter().map(id).collect()
    }

    /// Carries out a command of the playground.
    fn act(&mut self, action: Action, text: &str) -> Result<Option<Interaction>, String> {
        let needs_text =
            || if text.is_empty() { Err("something is missing after it: type ? for help") } else { Ok(()) };
        match action {
            Action::As => {
                needs_text()?;
                self.speak_as(text.trim_start_matches('@'))?;
            }
            Action::Channel => {
                needs_text()?;
                self.channel = self.discord.channel(text.trim_start_matches('#'));
                self.is_direct = false;
            }
            Action::DirectMessages => {
                self.channel = self.discord.dm_channel(&self.speaker);
                self.is_direct = true;
            }
            Action::File => {
                needs_text()?;
                let whole = Path::new(text).is_file().then_some((text, ""));
                let (path, text) = whole.unwrap_or_else(|| path::first(text));
                self.post(&json!({"content": text}), &[load(path)?])?;
            }
            Action::Reply => {
                needs_text()?;
                let reference =
                    json!({"message_id": self.last_message(|author| author != self.speaker.name())?.id});
                self.post(&json!({"content": text, "message_reference": reference}), &[])?;
            }
            Action::React => {
                needs_text()?;
                let message = self.last_message(|author| author != self.speaker.name())?;
                self.discord.hub.read(|state| state.world.check_emoji(text))?;
                self.request(|world, now, user| world.react(now, user, self.channel.id(), message.id, text))?;
            }
            Action::Edit => {
                needs_text()?;
                let message = self.last_message(|author| author == self.speaker.name())?;
                check_length(text)?;
                let body = json!({"content": text});
                self.request(|world, now, user| world.edit(now, user, message.id, &body))?;
            }
            Action::Delete => {
                let message = self.last_message(|author| author == self.speaker.name())?;
                self.request(|world, now, user| world.delete(now, user, message.id))?;
            }
            Action::Menu => {
                needs_text()?;
                return self.menu(text).map(Some);
            }
        }
        Ok(None)
    }

    /// Changes the person who types.
    fn speak_as(&mut self, name: &str) -> Result<(), String> {
        if self.discord.hub.read(|state| state.world.bot_named(name).is_some()) {
            return Err(format!("{name} is a bot: a person needs another name"));
        }
        self.speaker = self.discord.member(name);
        if self.is_direct {
            self.channel = self.discord.dm_channel(&self.speaker);
        }
        Ok(())
    }

    /// Does something that Discord may refuse, for example because the bot has removed the person.
    fn request(
        &self,
        action: impl FnOnce(&mut World, Duration, UserId) -> RestResponse,
    ) -> Result<(), String> {
        let done = self.speaker.try_act(|state, now| action(&mut state.world, now, self.speaker.id()));
        done.map(drop).map_err(|error| problem(&error))
    }

    /// Uses a command of the context menu: on the user at the end of the text, or on the last message.
    fn menu(&self, text: &str) -> Result<Interaction, String> {
        if let Some((name, user)) = text.rsplit_once('@') {
            let id = self.ids(6, &[user.trim().to_owned()])?;
            let user = self.discord.member_by_id(UserId::new(id[0])).ok_or("a bot cannot be chosen here")?;
            return self
                .speaker
                .uses_on_user(&self.channel, name.trim(), &user)
                .map_err(|error| problem(&error));
        }
        let message = self.last_message(|_| true)?;
        self.speaker.uses_on_message(&self.channel, text, &message).map_err(|error| problem(&error))
    }

    /// The last public message in the channel by an author who fits.
    fn last_message(&self, fits: impl Fn(&str) -> bool) -> Result<Message, String> {
        let messages = self.speaker.sees(&self.channel);
        let last =
            messages.into_iter().rev().find(|message| fits(&message.author) && !message.is_ephemeral());
        last.ok_or_else(|| "there is no such message here".to_owned())
    }

    /// Waits for the response, so that the next line comes after it, and fills in a modal.
    fn follow(&mut self, interaction: &Interaction) -> io::Result<()> {
        if interaction.wait_for_acknowledgement().is_err() {
            self.screen.explain("the bot did not respond");
            return Ok(());
        }
        let Some(modal) = interaction.modal() else { return Ok(()) };
        let Some((fields, files)) = self.fill_in(&modal)? else { return Ok(()) };
        let fields = fields.iter().map(|(id, value)| (id.as_str(), value.clone()));
        match self.speaker.submits_with_files(&modal, fields, &borrowed(&files)) {
            Ok(interaction) => self.follow(&interaction)?,
            Err(error) => self.screen.explain(&problem(&error)),
        }
        Ok(())
    }

    /// Asks for the fields of a modal, each until its value fits. `None` if the user closes it, and at the end of the input.
    #[allow(clippy::type_complexity)]
    fn fill_in(&mut self, modal: &Modal) -> io::Result<Option<(Vec<(String, Value)>, Vec<LoadedFile>)>> {
        let (mut fields, mut files) = (Vec::new(), Vec::new());
        for field in form::fields(&modal.raw) {
            self.screen.explain(&format!("{}: {}", modal.title, field.question()));
            loop {
                let Some(line) = self.read(">")?.filter(|line| line.trim() != CANCEL) else {
                    return Ok(None);
                };
                let value = field.answer(&line).and_then(|answer| self.field_value(answer, &mut files));
                match value {
                    Ok(Some(value)) => fields.push((field.custom_id.clone(), value)),
                    Ok(None) => {}
                    Err(problem) => {
                        self.screen.explain(&format!("{problem}; {CANCEL} closes the modal"));
                        continue;
                    }
                }
                break;
            }
        }
        Ok(Some((fields, files)))
    }

    /// The value of a field for an answer. Adds the files that it names.
    fn field_value(&self, answer: Answer, files: &mut Vec<LoadedFile>) -> Result<Option<Value>, String> {
        match answer {
            Answer::Skip => Ok(None),
            Answer::Value(value) => Ok(Some(value)),
            Answer::Entities(kind, names) => {
                let ids = self.ids(kind, &names)?;
                Ok(Some(ids.iter().map(u64::to_string).collect()))
            }
            Answer::Files(paths) => {
                let loaded: Vec<LoadedFile> =
                    paths.iter().map(|path| load(path)).collect::<Result<_, _>>()?;
                let names = loaded.iter().map(|(name, _)| json!(name)).collect();
                files.extend(loaded);
                Ok(Some(names))
            }
        }
    }
}

/// Reads a file.
fn load(path: &str) -> Result<LoadedFile, String> {
    Ok((file_name(path), read(path)?))
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    // A device may have no end, and a named pipe no writer.
    match fs::metadata(path) {
        Ok(file) if !file.is_file() => Err(io::Error::other("it is not a regular file")),
        Ok(_) => fs::read(path),
        Err(error) => Err(error),
    }
    .map_err(|error| format!("{path} cannot be read: {error}"))
}

fn file_name(path: &str) -> String {
    let name = Path::new(path).file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn borrowed(files: &[LoadedFile]) -> Vec<(&str, &[u8])> {
    files.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect()
}

/// The reason why an action is not possible, as the user reads it.
fn problem(error: &SimError) -> String {
    error.to_string()
}

fn check_length(text: &str) -> Result<(), String> {
    if text.chars().count() > MAX_CONTENT {
        return Err(format!("a message can have at most {MAX_CONTENT} characters"));
    }
    Ok(())
}
