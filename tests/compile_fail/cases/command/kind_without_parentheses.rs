use syncord::prelude::*;

fn main() {
    let _ = command("greet", "Greets a user").option("who", "The user", user);
}
