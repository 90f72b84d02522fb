use syncord::tree::{command, string};

fn main() {
    let _ = command("say", "Sends a text").option("what", "What", string()).run(|_, what| {
        println!("{what}");
    });
}
