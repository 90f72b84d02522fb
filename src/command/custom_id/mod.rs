//! [Custom ids](https://docs.discord.com/developers/components/reference#custom-id) of components and modals, which
//! carry values through Discord and back, and so outlive the process that made them.

mod overlap;
mod template;
mod templates;

use std::fmt;
use std::fmt::Display;
use std::marker::PhantomData;
use std::str::FromStr;

pub use template::Template;
pub use templates::{Ambiguity, Templates};

use super::arity::arities;
use super::kinds::ArgumentError;
use crate::error::Error;

/// A custom id with values in it: makes ids, and reads them.
///
/// The template has a hole for each type of the tuple; what their names are does not matter. Whatever can be written
/// and parsed ([`Display`] and [`FromStr`]) can be in a hole: numbers, texts, ids, your own enums.
///
/// Values are escaped where they have to be, so that each comes back as it was, separators and all.
///
/// ```
/// use syncord::command::CustomId;
///
/// const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");
///
/// let id = VOTE.with(17, "yes/no")?;
/// assert_eq!(id, "vote/17/yes%2Fno");
/// assert_eq!(VOTE.read(&id)?, (17, "yes/no".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Templates are told apart by their texts alone, not by the types in their holes: `vote/{poll}` and `vote/new` have
/// `vote/new` in common, and a bot that is given both does not start. Write `vote/in/{poll}`, or `new-vote`.
///
/// A template whose holes are not as many as the tuple's types does not compile:
///
/// ```compile_fail
/// # use syncord::command::CustomId;
/// const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}");
/// ```
pub struct CustomId<T> {
    template: Template,
    parts: PhantomData<fn() -> T>,
}

impl<T: CustomIdValues> CustomId<T> {
    /// The custom ids of a template.
    ///
    /// It begins with a text that tells it from others. Between two holes there is a text that begins with a
    /// punctuation mark.
    ///
    /// # Panics
    ///
    /// When it has not as many holes as the tuple has types, or is malformed. In a `const` that is a compile error.
    pub const fn new(template: &'static str) -> Self {
        let template = Template::new(template);
        assert!(
            template.holes() == T::COUNT,
            "the template needs as many holes, like `{{name}}`, as the tuple has types"
        );
        CustomId { template, parts: PhantomData }
    }

    /// Reads the values of an id.
    ///
    /// # Errors
    ///
    /// When it is none of this template's, or a value cannot be parsed.
    pub fn read(&self, id: &str) -> Result<T, ArgumentError> {
        let values = self.template.read(id);
        let values = values
            .ok_or_else(|| ArgumentError::unexpected(format!("`{id}` does not fit `{}`", self.template)))?;
        T::parse(&mut values.iter().map(|value| &**value))
    }

    /// The template without its types.
    pub const fn template(&self) -> Template {
        self.template
    }
}

impl<T> Clone for CustomId<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for CustomId<T> {}

impl<T> fmt::Debug for CustomId<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CustomId").field(&self.template.text()).finish()
    }
}

/// A value that can be written into a hole of the type `T`: a `T`, a `&T`, and for a `String` any text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be put into a hole of the type `{T}`",
    note = "`CustomId::with` takes the values in the order of the tuple's types"
)]
pub trait CustomIdValue<T>: Display {}

impl<T: Display> CustomIdValue<T> for T {}
impl<T: Display> CustomIdValue<T> for &T {}
impl CustomIdValue<String> for &str {}

/// What the holes of a [`CustomId`] hold: a tuple of at most 25 types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no tuple of values that a custom id can hold",
    note = "write `CustomId<(u64,)>` for one value; each type is `Display` and `FromStr`"
)]
pub trait CustomIdValues: Sized {
    /// How many there are.
    const COUNT: usize;

    /// Parses as many texts.
    ///
    /// # Errors
    ///
    /// The first that could not be parsed.
    fn parse(texts: &mut dyn Iterator<Item = &str>) -> Result<Self, ArgumentError>;
}

fn parse<T: FromStr>(text: Option<&str>) -> Result<T, ArgumentError> {
    let text = text.ok_or_else(|| ArgumentError::unexpected("a value is missing"))?;
    text.parse()
        .map_err(|_| ArgumentError::unexpected(format!("`{text}` is no {}", std::any::type_name::<T>())))
}

macro_rules! parts {
    ([$($attribute:tt)*] $($type:ident $name:ident),*) => {
        impl<$($type: Display + FromStr),*> CustomIdValues for ($($type,)*) {
            const COUNT: usize = {
                const NAMES: &[&str] = &[$(stringify!($type)),*];
                NAMES.len()
            };

            #[allow(unused_variables)]
            fn parse(texts: &mut dyn Iterator<Item = &str>) -> Result<Self, ArgumentError> {
                Ok(($(parse::<$type>(texts.next())?,)*))
            }
        }

        impl<$($type: Display + FromStr),*> CustomId<($($type,)*)> {
            /// The id with these values.
            ///
            /// # Errors
            ///
            /// [`Error::Invalid`] when it is longer than 100 characters.
            $($attribute)*
            #[allow(clippy::too_many_arguments)]
            pub fn with(&self, $($name: impl CustomIdValue<$type>),*) -> Result<String, Error> {
                self.template.fill(&[$(&$name),*])
            }
        }
    };
}

arities!(parts);
