//! Implementations for tuples of 0 to 25 types, from one macro.

/// Invokes a macro once for each number of options that a command can have, with a type parameter and a variable per
/// option.
///
/// The attributes in the brackets hide the implementations for more than four options from the documentation.
macro_rules! arities {
    ($each:ident) => {
        $crate::command::shorter_arities! { $each }
        $each! { [#[doc(hidden)]] A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,
            Q q, R r, S s, T t, U u, V v, W w, X x, Y y }
    };
}

/// The same without the largest number.
macro_rules! shorter_arities {
    ($each:ident) => {
        $each! { [] }
        $each! { [] A a }
        $each! { [] A a, B b }
        $each! { [] A a, B b, C c }
        $each! { [] A a, B b, C c, D d }
        $crate::command::shorter_arities! { @longer $each [A a, B b, C c, D d] E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,
            Q q, R r, S s, T t, U u, V v, W w, X x }
    };
    (@longer $each:ident [$($done:tt)*] $type:ident $name:ident $(, $($rest:tt)*)?) => {
        $each! { [#[doc(hidden)]] $($done)*, $type $name }
        $crate::command::shorter_arities! { @longer $each [$($done)*, $type $name] $($($rest)*)? }
    };
    (@longer $each:ident [$($done:tt)*]) => {};
}

pub(crate) use {arities, shorter_arities};
