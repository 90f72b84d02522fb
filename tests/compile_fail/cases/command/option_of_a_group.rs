use syncord::tree::{group, string};

fn main() {
    let _ = group("admin", "Moderation").option("why", "The reason", string());
}
