use super::arity::{arities, shorter_arities};
use super::kinds::{Argument, ArgumentError, OptionKind};
use crate::model::{CommandData, CommandOption, CommandOptionDefinition};

/// What a handler takes from an interaction: the values of a tuple of [option kinds](super::OptionKind), or the target of a
/// [context menu command](super::ContextMenu).
#[diagnostic::on_unimplemented(
    message = "these are not the options of one command",
    label = "one option too many",
    note = "a command has at most 25 options"
)]
pub trait ArgumentList {
    /// The values, as a tuple.
    type Values;

    /// Reads the values.
    ///
    /// # Errors
    ///
    /// The first argument that could not be read.
    fn read(&self, arguments: Arguments<'_>) -> Result<Self::Values, ArgumentError>;
}

/// What an option can be added to: a tuple of fewer than 25 [option kinds](super::OptionKind).
///
/// The longer tuple is known even where the kind of the new option is not. So a mistake in an option does not make
/// `run` ambiguous.
#[diagnostic::on_unimplemented(
    message = "no option can be added here",
    label = "one option too many",
    note = "a command has at most 25 options; groups and context menu commands have none"
)]
pub trait AddOption {
    /// The longer tuple.
    type With<O>;

    /// Appends an option.
    fn with<O>(self, option: O) -> Self::With<O>;
}

/// The arguments of one use of a command, in the order of its options.
#[derive(Clone, Debug)]
pub struct Arguments<'a> {
    pub(super) data: &'a CommandData,
    received: &'a [CommandOption],
    declared: std::slice::Iter<'a, CommandOptionDefinition>,
}

impl<'a> Arguments<'a> {
    fn new(declared: &'a [CommandOptionDefinition], data: &'a CommandData) -> Self {
        Arguments { data, received: data.invoked_options(), declared: declared.iter() }
    }

    /// Reads the next option.
    fn next<K: OptionKind>(&mut self, kind: &K) -> Result<K::Value, ArgumentError> {
        let Some(declared) = self.declared.next() else {
            return Err(ArgumentError::unexpected("there are more arguments than declared options"));
        };
        let received = self.received.iter().find(|option| option.name == declared.name);
        let result = match received.and_then(|option| option.value.as_ref()) {
            Some(value) => {
                let argument = Argument::new(value, self.data.resolved.as_deref());
                argument.check(declared).and_then(|()| kind.read(argument))
            }
            None => kind.missing(),
        };
        result.map_err(|error| error.for_option(&declared.name))
    }
}

/// Turns the data of an interaction into the values that the handler of its command takes.
#[derive(Clone, Debug)]
pub struct ArgumentReader<K> {
    kinds: K,
    declared: Vec<CommandOptionDefinition>,
}

impl<K: ArgumentList> ArgumentReader<K> {
    pub(super) fn new(kinds: K, declared: Vec<CommandOptionDefinition>) -> Self {
        ArgumentReader { kinds, declared }
    }

    /// Reads the arguments.
    ///
    /// Discord has checked them against the registered command. This checks them against the declared one, which may be
    /// newer.
    ///
    /// # Errors
    ///
    /// The first argument that could not be read.
    pub fn read(&self, data: &CommandData) -> Result<K::Values, ArgumentError> {
        self.kinds.read(Arguments::new(&self.declared, data))
    }
}

macro_rules! tuple {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<$($type: OptionKind),*> ArgumentList for ($($type,)*) {
            type Values = ($($type::Value,)*);

            fn read(&self, arguments: Arguments<'_>) -> Result<Self::Values, ArgumentError> {
                #[allow(unused_mut, unused_variables)]
                let mut arguments = arguments;
                let ($($name,)*) = self;
                Ok(($(arguments.next($name)?,)*))
            }
        }
    };
}

arities!(tuple);

macro_rules! grow {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<$($type),*> AddOption for ($($type,)*) {
            type With<New> = ($($type,)* New,);

            fn with<New>(self, option: New) -> Self::With<New> {
                let ($($name,)*) = self;
                ($($name,)* option,)
            }
        }
    };
}

// Not for the longest tuple.
shorter_arities!(grow);
