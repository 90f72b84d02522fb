/// What a handler that runs in [lanes](super::Lanes) must be: [`Send`] and [`Sync`].
///
/// It is a separate trait so that the compiler reports both with one error, and says what to do.
#[diagnostic::on_unimplemented(
    message = "this handler cannot run in lanes: it captures a value that only one thread may use",
    label = "captures an `Rc`, a `Cell`, a `RefCell` or another value that is not `Send` and `Sync`",
    note = "give it to `bot.provide(..)` and read it with `cx.get()`, or share it through an `Arc` with a `Mutex` or an atomic"
)]
pub trait LaneSafe: Send + Sync {}

#[diagnostic::do_not_recommend]
impl<T: Send + Sync> LaneSafe for T {}
