use syncord::prelude::*;

fn main() {
    let _ = group("dice", "Dice")
        .add(command("roll", "Rolls dice").option("sides", "Faces of a die", integer(2..)).run(|cx| cx.reply("3")))
        .add(command("flip", "Flips a coin").run(|cx, _side| cx.reply("heads")));
}
