use syncord::tree::{command, string};

fn main() {
    let _ = command("say", "Says something").option("what", "What", string()).run(|_, what| {
        println!("{what}");
    });
}
