use super::arity::arities;
use super::kinds::{Argument, ArgumentError, OptionKind};
use crate::model::{CommandData, CommandOption, CommandOptionDefinition};

/// What a handler takes from an interaction: the values of a tuple of kinds, or a menu's target.
#[diagnostic::on_unimplemented(
    message = "these are not the options of one command",
    label = "one option too many",
    note = "a command takes 25 options at most"
)]
pub trait ArgumentList {
    /// The values, as a tuple.
    type Values;

    /// Reads them.
    ///
    /// # Errors
    ///
    /// The first that could not be made sense of.
    fn read(&self, arguments: Arguments<'_>) -> Result<Self::Values, ArgumentError>;
}

/// A kind that can be added at the end of a tuple of kinds.
#[diagnostic::on_unimplemented(
    message = "no option can be added here",
    label = "one option too many",
    note = "groups and menu commands have no options"
)]
pub trait AppendTo<T> {
    /// The longer tuple.
    type Output;

    /// Adds it.
    fn append_to(self, tuple: T) -> Self::Output;
}

/// What somebody has given to a command, option by option.
#[derive(Clone, Debug)]
pub struct Arguments<'a> {
    pub(super) data: &'a CommandData,
    given: &'a [CommandOption],
    expected: std::slice::Iter<'a, CommandOptionDefinition>,
}

impl<'a> Arguments<'a> {
    fn new(expected: &'a [CommandOptionDefinition], data: &'a CommandData) -> Self {
        Arguments { data, given: data.invoked_options(), expected: expected.iter() }
    }

    /// Reads the next option.
    fn next<K: OptionKind>(&mut self, kind: &K) -> Result<K::Value, ArgumentError> {
        let Some(expected) = self.expected.next() else {
            return Err(ArgumentError::unexpected("more is asked for than was declared"));
        };
        let given = self.given.iter().find(|option| option.name == expected.name);
        let read = match given.and_then(|option| option.value.as_ref()) {
            Some(value) => {
                let given = Argument::new(value, self.data.resolved.as_deref());
                given.fits(expected).and_then(|()| kind.read(given))
            }
            None => kind.missing(),
        };
        read.map_err(|problem| problem.of(&expected.name))
    }
}

/// How a command's interactions become the values that its handler takes.
#[derive(Clone, Debug)]
pub struct ArgumentReader<K> {
    kinds: K,
    expected: Vec<CommandOptionDefinition>,
}

impl<K: ArgumentList> ArgumentReader<K> {
    pub(super) fn new(kinds: K, expected: Vec<CommandOptionDefinition>) -> Self {
        ArgumentReader { kinds, expected }
    }

    /// Reads what was given.
    ///
    /// Discord has checked it against what was registered; here it is checked against what is declared now.
    ///
    /// # Errors
    ///
    /// The first option that could not be made sense of.
    pub fn read(&self, data: &CommandData) -> Result<K::Values, ArgumentError> {
        self.kinds.read(Arguments::new(&self.expected, data))
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
        impl<$($type: OptionKind,)* New: OptionKind> AppendTo<($($type,)*)> for New
        where
            // Ends it at the longest tuple.
            ($($type,)* New,): ArgumentList,
        {
            type Output = ($($type,)* New,);

            fn append_to(self, ($($name,)*): ($($type,)*)) -> Self::Output {
                ($($name,)* self,)
            }
        }
    };
}

arities!(grow);
