use syncord::tree::CustomId;

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}/{choice}");

fn main() {
    let _ = VOTE.with("seventeen", "yes");
}
