//! [Custom IDs](https://docs.discord.com/developers/components/reference#custom-id) of components and modals. They carry
//! values, so a component still works after the process that sent it has ended.

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

/// A custom ID with values: writes and parses IDs.
///
/// The template has a placeholder for each type of the tuple. The names of the placeholders have no meaning. A value can be
/// of any type that implements [`Display`] and [`FromStr`]: a number, a text, an ID, an enum of your own.
///
/// Values are escaped where necessary, so that each is read as it was written, even if it contains a separator.
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
/// Templates are distinguished by their texts only, not by the types of their placeholders: `vote/{poll}` and `vote/new`
/// both match `vote/new`, and a bot with both does not start. Write `vote/in/{poll}` or `new-vote`.
///
/// A template with more or fewer placeholders than the tuple has types does not compile:
///
/// ```compile_fail
/// # use syncord::command::CustomId;
/// const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}");
/// ```
#[doc(alias = "persistent view")]
#[doc(alias = "button handler")]
pub struct CustomId<T> {
    template: Template,
    values: PhantomData<fn() -> T>,
}

impl<T: CustomIdValues> CustomId<T> {
    /// Creates the custom IDs of a template.
    ///
    /// A template begins with a text that distinguishes it from others. The text after a placeholder begins with a
    /// punctuation mark.
    ///
    /// # Panics
    ///
    /// When the number of placeholders is not the number of types, or the template is malformed. In a `const` this is a
    /// compile error.
    pub const fn new(template: &'static str) -> Self {
        let template = Template::new(template);
        assert!(
            template.placeholders() == T::COUNT,
            "the template needs as many placeholders (`{{name}}`) as the tuple has types"
        );
        CustomId { template, values: PhantomData }
    }

    /// Parses the values of an ID.
    ///
    /// # Errors
    ///
    /// When the ID does not match the template, or a value cannot be parsed.
    pub fn read(&self, id: &str) -> Result<T, ArgumentError> {
        let values = self.template.read(id);
        let values = values
            .ok_or_else(|| ArgumentError::unexpected(format!("`{id}` does not match `{}`", self.template)))?;
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

/// A value for a placeholder of the type `T`: a `T`, a `&T`, and for a `String` also a `&str`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value for a placeholder of the type `{T}`",
    note = "`CustomId::with` takes the values in the order of the tuple's types"
)]
pub trait CustomIdValue<T>: Display {}

impl<T: Display> CustomIdValue<T> for T {}
impl<T: Display> CustomIdValue<T> for &T {}
impl CustomIdValue<String> for &str {}

/// The values of a [`CustomId`]: a tuple of at most 25 types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a tuple of values for a custom ID",
    note = "write `CustomId<(u64,)>` for one value; each type is `Display` and `FromStr`"
)]
pub trait CustomIdValues: Sized {
    /// The number of values.
    const COUNT: usize;

    /// Parses one text for each value.
    ///
    /// # Errors
    ///
    /// The first value that could not be parsed.
    fn parse(texts: &mut dyn Iterator<Item = &str>) -> Result<Self, ArgumentError>;
}

fn parse<T: FromStr>(text: Option<&str>) -> Result<T, ArgumentError> {
    let text = text.ok_or_else(|| ArgumentError::unexpected("a value is missing"))?;
    text.parse().map_err(|_| {
        ArgumentError::unexpected(format!("`{text}` is not a valid {}", std::any::type_name::<T>()))
    })
}

macro_rules! custom_id_values {
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
            /// Writes the ID with these values.
            ///
            /// # Errors
            ///
            /// [`Error::Invalid`] when the ID is longer than 100 characters.
            $($attribute)*
            #[allow(clippy::too_many_arguments)]
            pub fn with(&self, $($name: impl CustomIdValue<$type>),*) -> Result<String, Error> {
                self.template.fill(&[$(&$name),*])
            }
        }
    };
}

arities!(custom_id_values);
