use syncord::command::{command, user};
use syncord::{Context, Outcome};

fn ban(_: &Context, _: String) -> Outcome {
    Ok(())
}

fn main() {
    let _ = command("ban", "Bans a member").option("who", "Whom", user()).run(ban);
}
