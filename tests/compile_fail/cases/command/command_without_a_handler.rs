use syncord::prelude::*;

fn main() {
    let _ = Tree::new("dice").add(command("roll", "Rolls dice").option("sides", "Faces of a die", integer(2..)));
}
