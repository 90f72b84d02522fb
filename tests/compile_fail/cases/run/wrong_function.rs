use syncord::tree::{CommandContext, command, user};
use syncord::Result;

fn ban(_: &CommandContext, _: String) -> Result {
    Ok(())
}

fn main() {
    let _ = command("ban", "Bans a member").option("who", "Who", user()).run(ban);
}
