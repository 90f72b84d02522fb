//! Finishing nodes by a closure: once for each number of values that it can take.

use std::mem::take;

use super::autocomplete::Autocomplete;
use super::node::{Command, CommandKind, Component, Modal, Node, RunChecks, RunError, Runs};
use super::options::{NodeOptions, settings};
use crate::bot::context::{CommandContext, ComponentContext, ModalContext};
use crate::bot::lanes::Lanes;
use crate::command::{
    ArgumentError, ArgumentList, ArgumentReader, CommandBuilder, ContextMenu, CustomId, CustomIdValues,
    OptionKind, Target, arities,
};
use crate::error::Result;

/// A command that is being declared; `.run(…)` finishes it.
pub type CommandNodeBuilder<'a, K> = CommandBuilder<K, Autocomplete<'a>, NodeOptions>;

#[track_caller]
fn finish<'a, K: ArgumentList>(
    mut builder: CommandNodeBuilder<'a, K>,
    runs: impl FnOnce(ArgumentReader<K>) -> Runs<'a, CommandContext>,
) -> Node<'a, Command<'a>> {
    let settings = take(builder.extra_mut());
    let (definition, reader, autocomplete) = builder.into_parts();
    let command = CommandKind::One { definition, runs: runs(reader), autocomplete };
    Node { settings, ..Node::new(Command(command)) }
}

/// The values that were given to a command.
fn given<K: ArgumentList>(reader: &ArgumentReader<K>, cx: &CommandContext) -> Result<K::Values, RunError> {
    let data = cx
        .command()
        .ok_or_else(|| RunError::Argument(ArgumentError::unexpected("there is no command in it")))?;
    reader.read(data).map_err(RunError::Argument)
}

/// The values in the id of a component or modal.
fn parts<T: CustomIdValues>(id: &CustomId<T>, custom_id: &str) -> Result<T, RunError> {
    id.read(custom_id).map_err(RunError::Argument)
}

fn ended(outcome: Result) -> Result<(), RunError> {
    outcome.map_err(RunError::Failed)
}

macro_rules! run_command {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<'a, $($type: OptionKind + 'a),*> CommandNodeBuilder<'a, ($($type,)*)> {
            /// Has a closure called with the values that somebody gave when using the command.
            $($attribute)*
            #[track_caller]
            pub fn run(
                self,
                mut f: impl FnMut(&CommandContext, $($type::Value),*) -> Result + 'a,
            ) -> Node<'a, Command<'a>> {
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
            /// As `run`, in [lanes](Lanes): beside the bot's thread.
            $($attribute)*
            #[track_caller]
            pub fn run_in(
                self,
                lanes: &Lanes,
                f: impl Fn(&CommandContext, $($type::Value),*) -> Result + Send + Sync + 'static,
            ) -> Node<'a, Command<'a>> {
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

impl<'a, T: Target + 'static> CommandNodeBuilder<'a, ContextMenu<T>> {
    /// Has a closure called with the user, member or message that the command was used on.
    #[track_caller]
    pub fn run(self, mut f: impl FnMut(&CommandContext, T) -> Result + 'a) -> Node<'a, Command<'a>> {
        finish(self, |reader| {
            Runs::here(move |cx: &CommandContext, passes: RunChecks<'_>| {
                let (target,) = given(&reader, cx)?;
                passes()?;
                ended(f(cx, target))
            })
        })
    }

    /// As [`run`](CommandBuilder::run), in [lanes](Lanes): beside the bot's thread.
    #[track_caller]
    pub fn run_in(
        self,
        lanes: &Lanes,
        f: impl Fn(&CommandContext, T) -> Result + Send + Sync + 'static,
    ) -> Node<'a, Command<'a>> {
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
            /// Has a closure called with the values in the id, when somebody uses a component that has one of these ids:
            /// clicks the button, chooses in the select. It may be older than the process.
            $($attribute)*
            #[track_caller]
            pub fn run<'a>(
                self,
                mut f: impl FnMut(&ComponentContext, $($type),*) -> Result + 'a,
            ) -> Node<'a, Component<'a>> {
                let runs = Runs::here(move |cx: &ComponentContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(Component { template: self.template(), runs })
            }

            /// As `run`, in [lanes](Lanes): beside the bot's thread.
            $($attribute)*
            #[track_caller]
            pub fn run_in<'a>(
                self,
                lanes: &Lanes,
                f: impl Fn(&ComponentContext, $($type),*) -> Result + Send + Sync + 'static,
            ) -> Node<'a, Component<'a>> {
                let runs = Runs::in_lanes(lanes, move |cx: &ComponentContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(Component { template: self.template(), runs })
            }

            /// Has a closure called with the values in the id, when somebody submits a modal that has one of these ids.
            $($attribute)*
            #[track_caller]
            pub fn run_modal<'a>(
                self,
                mut f: impl FnMut(&ModalContext, $($type),*) -> Result + 'a,
            ) -> Node<'a, Modal<'a>> {
                let runs = Runs::here(move |cx: &ModalContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(Modal { template: self.template(), runs })
            }

            /// As `run_modal`, in [lanes](Lanes): beside the bot's thread.
            $($attribute)*
            #[track_caller]
            pub fn run_modal_in<'a>(
                self,
                lanes: &Lanes,
                f: impl Fn(&ModalContext, $($type),*) -> Result + Send + Sync + 'static,
            ) -> Node<'a, Modal<'a>> {
                let runs = Runs::in_lanes(lanes, move |cx: &ModalContext, passes: RunChecks<'_>| {
                    let ($($name,)*) = parts(&self, cx.custom_id())?;
                    passes()?;
                    ended(f(cx, $($name),*))
                });
                Node::new(Modal { template: self.template(), runs })
            }
        }
    };
}

arities!(run_custom);

/// What can be said of a command, or a group, beside what Discord is told.
impl<'a, K> CommandBuilder<K, Autocomplete<'a>, NodeOptions> {
    fn settings(&mut self) -> &mut NodeOptions {
        self.extra_mut()
    }

    settings!();
}
