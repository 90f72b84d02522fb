use syncord::tree::command;

fn main() {
    let _ = command("roll", "Rolls dice").option("sides", "Faces of a die", 6);
}
