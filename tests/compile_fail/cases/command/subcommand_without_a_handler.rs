use syncord::prelude::*;

fn main() {
    let _ = group("dice", "Dice").add(command("roll", "Rolls dice"));
}
