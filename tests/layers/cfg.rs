//! Conditional compilation: which code exists only in tests.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// Whether a `#[cfg(..)]` removes the item from every build that is no test.
pub(crate) fn is_test_only(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).any(|attribute| {
        attribute.parse_args::<Meta>().is_ok_and(|predicate| !Possible::of(&predicate).can_be_true)
    })
}

/// What a `cfg` predicate can be when `test` is not set.
#[derive(Clone, Copy)]
struct Possible {
    can_be_true: bool,
    can_be_false: bool,
}

impl Possible {
    fn of(predicate: &Meta) -> Possible {
        let unknown = Possible { can_be_true: true, can_be_false: true };
        let Meta::List(list) = predicate else {
            let is_test = predicate.path().is_ident("test");
            return if is_test { Possible { can_be_true: false, can_be_false: true } } else { unknown };
        };
        let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
        let Ok(parts) = list.parse_args_with(parser) else { return unknown };
        let parts: Vec<_> = parts.iter().map(Possible::of).collect();
        if list.path.is_ident("not") {
            parts.first().map_or(unknown, |part| Possible {
                can_be_true: part.can_be_false,
                can_be_false: part.can_be_true,
            })
        } else if list.path.is_ident("all") {
            Possible {
                can_be_true: parts.iter().all(|part| part.can_be_true),
                can_be_false: parts.iter().any(|part| part.can_be_false),
            }
        } else if list.path.is_ident("any") {
            Possible {
                can_be_true: parts.iter().any(|part| part.can_be_true),
                can_be_false: parts.iter().all(|part| part.can_be_false),
            }
        } else {
            unknown
        }
    }
}
