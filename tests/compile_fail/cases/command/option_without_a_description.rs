use syncord::prelude::*;

fn main() {
    let _ = command("roll", "Rolls dice")
        .option("sides", integer(2..=1000))
        .option("times", "How many dice", integer(1..=20))
        .run(|cx, sides, times| cx.reply(format!("{}", sides * times)));
}
