use syncord::tree::CustomId;

const VOTE: CustomId<(u64, String)> = CustomId::new("vote/{poll}");

fn main() {
    let _ = VOTE;
}
