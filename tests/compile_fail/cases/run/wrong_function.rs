use syncord::tree::{CommandContext, command, user};
use syncord::Outcome;

fn ban(_: &CommandContext, _: String) -> Outcome {
    Ok(())
}

fn main() {
    let _ = command("ban", "Bans a member").option("who", "Whom", user()).run(ban);
}
