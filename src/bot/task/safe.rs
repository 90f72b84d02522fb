/// What the closure of a [task](super::Task) must be: [`Send`].
///
/// It is a separate trait so that the compiler says what to do.
#[diagnostic::on_unimplemented(
    message = "this task cannot run on its own thread: it captures a value that only one thread may use",
    label = "captures an `Rc`, a reference to a `RefCell` or another value that is not `Send`",
    note = "in place of `cx`, use the closure's parameter, which has the same methods",
    note = "give another value to `bot.provide(..)` and read it with `task.get()`, or share it through an `Arc` with a `Mutex` or an atomic"
)]
pub trait TaskSafe: Send {}

#[diagnostic::do_not_recommend]
impl<T: Send> TaskSafe for T {}
