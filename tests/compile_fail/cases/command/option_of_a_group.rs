use syncord::command::{CommandBuilder, CommandDefinition, Group, Grouped, group, string};

struct Node(CommandDefinition);

impl Grouped for Node {
    fn definition(&self) -> &CommandDefinition {
        &self.0
    }
}

fn main() {
    let admin: CommandBuilder<Group<Node>, ()> = group("admin", "Moderation");
    let _ = admin.option("why", "The reason", string());
}
