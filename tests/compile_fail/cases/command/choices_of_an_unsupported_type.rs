use syncord::tree::{choices, command};

fn main() {
    let _ = command("pick", "Picks").option("which", "Which", choices([("Yes", true), ("No", false)]));
}
