//! The drawing of a tree.

use std::fmt;
use std::panic::Location;

use super::node::{AnyKind, CommandKind, CommandNode, Node};
use super::options::{Calls, NodeOptions};
use super::tree::Tree;
use crate::bot::error::HandlerId;
use crate::command::{CommandTitle, join_path};
use crate::gateway::intents::Intents;
use crate::model::{CommandOptionDefinition, CommandOptionType, CommandType, OptionValue};

/// Added to a command that messages call too.
pub(in crate::bot) const BY_TEXT: &str = ", also by text";

/// A line of a drawing, and the lines below it.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(in crate::bot) text: String,
    pub(in crate::bot) below: Vec<Outline>,
    /// The name of its handler, as in the bot's health.
    pub(in crate::bot) handler: Option<String>,
}

impl Outline {
    pub(in crate::bot) fn new(text: String) -> Outline {
        Outline { text, below: Vec::new(), handler: None }
    }

    pub(in crate::bot) fn handled_by(self, handler: &HandlerId) -> Outline {
        Outline { handler: Some(handler.to_string()), ..self }
    }

    fn draw(&self, f: &mut fmt::Formatter<'_>, indent: &str) -> fmt::Result {
        for (place, part) in self.below.iter().enumerate() {
            let (branch, deeper) =
                if place + 1 == self.below.len() { ("└── ", "    ") } else { ("├── ", "│   ") };
            write!(f, "\n{indent}{branch}{}", part.text)?;
            part.draw(f, &format!("{indent}{deeper}"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Outline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.draw(f, "")
    }
}

/// Draws its nodes, with the options of commands and the intents of events.
impl fmt::Display for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tree(self).fmt(f)
    }
}

pub(in crate::bot) fn tree(tree: &Tree<'_>) -> Outline {
    let text = format!("{}{}", tree.label, calls(&tree.settings));
    let below = tree.nodes.iter().map(|node| self::node(&tree.label, node)).collect();
    Outline { below, ..Outline::new(text) }
}

/// A node of the tree with this label. It is empty for nodes that are added to the bot directly.
pub(in crate::bot) fn node(tree: &str, node: &Node<'_>) -> Outline {
    let (what, mut outline) = match &node.what.0 {
        AnyKind::Command(command) => {
            return Commands { tree, kind: command.definition().kind }.outline(
                "",
                command,
                &node.settings,
                node.at,
            );
        }
        AnyKind::Component(component) => named(format!("component {}", component.template)),
        AnyKind::Modal(modal) => named(format!("modal {}", modal.template)),
        AnyKind::Event(on) => (on.what.clone(), event(&on.what, on.intents())),
    };
    waits(&mut outline, &node.settings);
    outline.handled_by(&HandlerId::of_node(join_path(tree, &what), node.at))
}

fn named(what: String) -> (String, Outline) {
    (what.clone(), Outline::new(what))
}

pub(in crate::bot) fn event(what: &str, intents: Intents) -> Outline {
    Outline::new(if intents.is_empty() { what.to_owned() } else { format!("{what}: {intents}") })
}

/// A command, with its subcommands.
struct Commands<'t> {
    tree: &'t str,
    kind: CommandType,
}

impl Commands<'_> {
    /// Draws a command. `group` is the path of its group: a subcommand has no slash.
    fn outline(
        &self,
        group: &str,
        command: &CommandNode<'_>,
        settings: &NodeOptions,
        at: &'static Location<'static>,
    ) -> Outline {
        let definition = command.definition();
        let path = join_path(group, &definition.name);
        let mut text = match group {
            "" => definition.title().to_string(),
            _ => definition.name.clone(),
        };
        if !definition.description.is_empty() {
            text = format!("{text} — {}", definition.description);
        }
        let required = Some(settings.required).filter(|required| !required.is_empty());
        if let Some(permissions) = definition.default_member_permissions.or(required) {
            text = format!("{text} ({permissions:?})");
        }
        text += &calls(settings);
        let mut outline = Outline::new(text);
        match &command.0 {
            CommandKind::One { definition, .. } => {
                let what = CommandTitle(self.kind, &path).to_string();
                outline = outline.handled_by(&HandlerId::of_node(join_path(self.tree, &what), at));
                outline.below = definition.options.iter().map(option).collect();
            }
            CommandKind::Group { nodes, .. } => {
                let part = |node: &Node<'_, CommandNode<'_>>| {
                    self.outline(&path, &node.what, &node.settings, node.at)
                };
                outline.below = nodes.iter().map(part).collect();
            }
        }
        waits(&mut outline, settings);
        outline
    }
}

/// How messages call a command, or the commands of a group, if that is set here.
fn calls(settings: &NodeOptions) -> String {
    let mut text = match settings.calls {
        Some(Calls::SlashAndText) => BY_TEXT.to_owned(),
        Some(Calls::Text) => ", by text only".to_owned(),
        Some(Calls::Slash) | None => String::new(),
    };
    let lists = [("prefix", &settings.text_prefixes), ("alias", &settings.aliases)];
    for (what, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        text += &format!(", {what} {}", names.join(" "));
    }
    text
}

fn waits(outline: &mut Outline, settings: &NodeOptions) {
    for wait in &settings.waits {
        outline.below.push(event(&format!("waits for {}", wait.type_name), wait.intents));
    }
}

fn option(option: &CommandOptionDefinition) -> Outline {
    let kinds = CommandOptionType::KNOWN;
    let kind = kinds.iter().find(|(_, kind)| *kind == option.kind).map_or("UNKNOWN", |(name, _)| name);
    let mut text = format!("{}: {}", option.name, kind.to_lowercase());
    let value = |value: &Option<OptionValue>| value.as_ref().map(crate::command::value_text);
    let length = |length: Option<u32>| length.map(|length| length.to_string());
    text += &span("", value(&option.min_value), value(&option.max_value));
    text += &span(" long", length(option.min_length), length(option.max_length));
    if !option.choices.is_empty() {
        let names: Vec<_> = option.choices.iter().map(|choice| choice.name.as_str()).collect();
        text = format!("{text}, one of {}", names.join(" | "));
    }
    for (is_so, word) in [(option.autocomplete, "autocomplete"), (!option.required, "optional")] {
        if is_so {
            text = format!("{text}, {word}");
        }
    }
    Outline::new(format!("{text} — {}", option.description))
}

/// The range of a number, if it is limited.
fn span(what: &str, least: Option<String>, most: Option<String>) -> String {
    match (least, most) {
        (None, None) => String::new(),
        (least, most) => {
            format!(
                ", {}..{}{what}",
                least.unwrap_or_default(),
                most.map_or(String::new(), |most| format!("={most}"))
            )
        }
    }
}
