use syncord::tree::{command, integer};

fn main() {
    let _ = command("say", "Sends a text")
        .option("what", "What", integer(..))
        .run(|cx, what| cx.reply(what.to_uppercase()));
}
