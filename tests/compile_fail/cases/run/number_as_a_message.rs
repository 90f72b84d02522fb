use syncord::prelude::*;

fn main() {
    let _ = command("roll", "Rolls dice").option("sides", "Faces of a die", integer(2..)).run(|cx, sides| cx.reply(sides));
}
