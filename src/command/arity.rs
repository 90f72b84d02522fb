//! The list of arities: what is there for every number of options, is written once and made for 0 to 25.

/// Invokes a macro for every number of options that a command can have, with a type parameter and a variable for each.
///
/// What comes first, in brackets, are attributes: beyond four options what is made need not clutter the documentation.
macro_rules! arities {
    ($each:ident) => {
        $each! { [] }
        $each! { [] A a }
        $each! { [] A a, B b }
        $each! { [] A a, B b, C c }
        $each! { [] A a, B b, C c, D d }
        arities! { @longer $each [A a, B b, C c, D d] E e, F f, G g, H h, I i, J j, K k, L l, M m, N n, O o, P p,
            Q q, R r, S s, T t, U u, V v, W w, X x, Y y }
    };
    (@longer $each:ident [$($so_far:tt)*] $type:ident $name:ident $(, $($rest:tt)*)?) => {
        $each! { [#[doc(hidden)]] $($so_far)*, $type $name }
        arities! { @longer $each [$($so_far)*, $type $name] $($($rest)*)? }
    };
    (@longer $each:ident [$($so_far:tt)*]) => {};
}

pub(crate) use arities;
