use syncord::prelude::*;

fn counter(count: &mut i64) -> Tree<'_> {
    Tree::new("counter")
        .add(command("up", "Counts up").run(|cx| {
            *count += 1;
            cx.reply("up")
        }))
        .add(command("down", "Counts down").run(|cx| Ok(*count -= 1)))
}

fn main() {
    let _ = counter(&mut 0);
}
