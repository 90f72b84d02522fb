use syncord::prelude::*;

fn main() {
    let _ = group("dice", "Dice").add(
        command("roll")
            .option("sides", "Faces of a die", integer(2..=1000))
            .run(|cx, sides| cx.reply(format!("{sides}"))),
    );
}
