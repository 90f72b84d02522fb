use syncord::tree::{command, integer};

fn main() {
    let _ = command("roll", "Rolls dice")
        .option("sides", "Faces of a die", integer(2..=1000))
        .option("times", "How many dice", integer(1..=20).optional())
        .run(|cx, sides| cx.reply(format!("{sides}")));
}
