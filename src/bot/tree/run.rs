//! `run`, which adds the handler to a node: one version for each number of arguments.

use std::mem::take;

use super::autocomplete::Autocomplete;
use super::node::{CommandKind, CommandNode, ComponentNode, ModalNode, Node, RunChecks, RunError, Runs};
use super::options::{NodeOptions, settings};
use crate::bot::context::{CommandContext, ComponentContext, ModalContext};
use crate::bot::lanes::{LaneSafe, Lanes};
use crate::command::{
    ArgumentError, ArgumentList, ArgumentReader, CommandBuilder, CommandTarget, ContextMenu, CustomId,
    CustomIdValues, OptionKind, arities,
};
use crate::error::Result;

/// A command that is being built; `.run(…)` finishes it.
pub type CommandNodeBuilder<'a, K> = CommandBuilder<K, Autocomplete<'a>, NodeOptions>;

/// A command with its handler. The compiler shows the signatures below in its errors, so they are short.
type Runnable<'a> = Node<'a, CommandNode<'a>>;

#[track_caller]
fn finish<'a, K: ArgumentList>(
    mut builder: CommandNodeBuilder<'a, K>,
    runs: impl FnOnce(ArgumentReader<K>) -> Runs<'a, CommandContext>,
) -> Node<'a, CommandNode<'a>> {
    let settings = take(builder.extra_mut());
    let (definition, reader, autocomplete) = builder.into_parts();
    let command = CommandKind::One { definition, runs: runs(reader), autocomplete };
    Node { settings, ..Node::new(CommandNode(command)) }
}

/// The arguments of a command.
fn given<K: ArgumentList>(reader: &ArgumentReader<K>, cx: &CommandContext) -> Result<K::Values, RunError> {
    let data = cx
        .command()
        .ok_or_else(|| RunError::Argument(ArgumentError::unexpected("there is no command in it")))?;
    reader.read(data).map_err(RunError::Argument)
}

/// The values in the custom ID of a component or modal.
fn parts<T: CustomIdValues>(id: &CustomId<T>, custom_id: &str) -> Result<T, RunError> {
    id.read(custom_id).map_err(RunError::Argument)
}

fn ended(outcome: Result) -> Result<(), RunError> {
    outcome.map_err(RunError::Failed)
}

macro_rules! run_command {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<'a, $($type: OptionKind + 'a),*> CommandNodeBuilder<'a, ($($type,)*)> {
            /// Adds the handler. It receives the values of the options.
            $($attribute)*
            #[track_caller]
            pub fn run(self, mut f: impl FnMut(&CommandContext, $($type::Value),*) -> Result + 'a) -> Runnable<'a> {
                finish(self, |reader| {
                    Runs::here(move |cx: &CommandContext, passes: RunChecks<'_>| {
                        let ($($name,)*) = given(&reader, cx)?;
                        passes()?;
                        ended(f(cx, $($name),*))
                    })
                })
            }
        }

        impl<'a, $($type: OptionKind + Send + Sync + 'static),*> CommandNodeBuilder<'a, ($($type,)*)> {
            /// Like `run`, in [lanes](Lanes): on other threads than the bot's.
            $($attribute)*
            #[track_caller]
            pub fn run_in(
                self,
                lanes: &Lanes,
                f: impl Fn(&CommandContext, $($type::Value),*) -> Result + LaneSafe + 'static,
            ) -> Node<'a, CommandNode<'a>> {
                finish(self, |reader| {
                    Runs::in_lanes(lanes, move |cx: &CommandContext, passes: RunChecks<'_>| {
                        let ($($name,)*) = given(&reader, cx)?;
                        passes()?;
                        ended(f(cx, $($name),*))
                    })
                })
            }
        }
    };
}

arities!(run_command);

impl<'a, T: CommandTarget + 'static> CommandNodeBuilder<'a, ContextMenu<T>> {
    /// Adds the handler. It receives the user, member or message on which the command was used.
    #[track_caller]
    pub fn run(self, mut f: impl FnMut(&CommandContext, T) -> Result + 'a) -> Node<'a, CommandNode<'a>> {
        finish(self, |reader| {
            Runs::here(move |cx: &CommandContext, passes: RunChecks<'_>| {
                let (target,) = given(&reader, cx)?;
                passes()?;
                ended(f(cx, target))
            })
        })
    }

    /// Like [`run`](CommandBuilder::run), in [lanes](Lanes): on other threads than the bot's.
    #[track_caller]
    pub fn run_in(
        self,
        lanes: &Lanes,
        f: impl Fn(&CommandContext, T) -> Result + LaneSafe + 'static,
    ) -> Node<'a, CommandNode<'a>> {
        finish(self, |reader| {
            Runs::in_lanes(lanes, move |cx: &CommandContext, passes: RunChecks<'_>| {
                let (target,) = given(&reader, cx)?;
                passes()?;
                ended(f(cx, target))
            })
        })
    }
}

macro_rules! run_custom {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<$($type),*> CustomId<($($type,)*)>
        where
            ($($type,)*): CustomIdValues + 'static,
        {
            /// Adds the handler of a component with such a custom ID: a click on the button, a choice in the select. It receives
            /// the values in the ID. The message may be older than the process. Checks and settings follow:
            /// `VOTE.run(..).check(..)`.
            $($attribute)*
            #[track_caller]
            pub fn run<'a>(
                self,
                mut f: impl FnMut(&ComponentContext, $($type),*) -> Result + 'a,
            ) -> Node<'a, ComponentNode<'a>> {
                let runs = Runs::here(move |cx: &ComponentContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(ComponentNode { template: self.template(), runs })
            }

            /// Like `run`, in [lanes](Lanes): on other threads than the bot's.
            $($attribute)*
            #[track_caller]
            pub fn run_in<'a>(
                self,
                lanes: &Lanes,
                f: impl Fn(&ComponentContext, $($type),*) -> Result + LaneSafe + 'static,
            ) -> Node<'a, ComponentNode<'a>> {
                let runs = Runs::in_lanes(lanes, move |cx: &ComponentContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(ComponentNode { template: self.template(), runs })
            }

            /// Adds the handler of a modal with such a custom ID. It receives the values in the ID. Checks and settings follow, as
            /// for [`run`](CustomId::run).
            $($attribute)*
            #[track_caller]
            pub fn run_modal<'a>(
                self,
                mut f: impl FnMut(&ModalContext, $($type),*) -> Result + 'a,
            ) -> Node<'a, ModalNode<'a>> {
                let runs = Runs::here(move |cx: &ModalContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(ModalNode { template: self.template(), runs })
            }

            /// Like `run_modal`, in [lanes](Lanes): on other threads than the bot's.
            $($attribute)*
            #[track_caller]
            pub fn run_modal_in<'a>(
                self,
                lanes: &Lanes,
                f: impl Fn(&ModalContext, $($type),*) -> Result + LaneSafe + 'static,
            ) -> Node<'a, ModalNode<'a>> {
                let runs = Runs::in_lanes(lanes, move |cx: &ModalContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(ModalNode { template: self.template(), runs })
            }
        }
    };
}

arities!(run_custom);

/// The options of a command or group that are not sent to Discord.
impl<'a, K> CommandBuilder<K, Autocomplete<'a>, NodeOptions> {
    fn settings(&mut self) -> &mut NodeOptions {
        self.extra_mut()
    }

    settings!();
}
