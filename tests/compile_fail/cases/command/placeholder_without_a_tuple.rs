use syncord::tree::CustomId;

const POLL: CustomId<u64> = CustomId::new("poll/{id}");

fn main() {
    let _ = POLL;
}
