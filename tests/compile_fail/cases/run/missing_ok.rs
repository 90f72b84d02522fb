use syncord::command::{command, string};

fn main() {
    let _ = command("say", "Says something").option("what", "What", string()).run(|_, what| {
        println!("{what}");
    });
}
