use syncord::prelude::*;

fn counter(count: &mut i64) -> Tree<'_> {
    Tree::new("counter")
        .add(command("up", "Counts up").run(|_| Ok(*count += 1)))
        .add(command("down", "Counts down").run(|_| Ok(*count -= 1)))
}

fn main() {
    let _ = counter(&mut 0);
}
