use std::fs;
use std::path::Path;
use std::thread;

use fastrand::Rng;
use serde_json::Value;
use syncord::gateway::frame::{self, Envelope};

use super::generate;
use super::oracle;

const SEEDS: u64 = 50_000;

/// Runs a case for each seed, and prints the seed of one that fails.
fn for_each_seed(seeds: u64, case: impl Fn(&mut Rng)) {
    struct PrintOnPanic(u64);

    impl Drop for PrintOnPanic {
        fn drop(&mut self) {
            if thread::panicking() {
                eprintln!("failing seed: {}", self.0);
            }
        }
    }

    for seed in 0..seeds {
        let _seed = PrintOnPanic(seed);
        case(&mut Rng::with_seed(seed));
    }
}

/// Reads a text that may not be a frame. If it is one, the result must be that of `serde_json`.
fn read_any(text: &str) {
    if let Ok(envelope) = Envelope::read(text) {
        let value = frame::value(envelope.data).is_ok();
        let parsed = frame::parse::<Value>(envelope.data).is_ok();
        assert!(value || !parsed, "d is parsed but its value is not read: {text}");
        if oracle::is_plain_object(text) {
            oracle::compare(text);
        }
    }
}

#[test]
fn any_json_object_is_read_like_serde_json() {
    for_each_seed(SEEDS, |rng| oracle::compare(&generate::frame(rng)));
}

#[test]
fn no_prefix_of_a_frame_panics() {
    for_each_seed(SEEDS / 100, |rng| {
        let text = generate::frame(rng);
        for (end, _) in text.char_indices() {
            read_any(&text[..end]);
        }
    });
}

#[test]
fn no_corrupted_frame_panics() {
    for_each_seed(SEEDS, |rng| {
        let mut bytes = generate::frame(rng).into_bytes();
        for _ in 0..rng.usize(1..4) {
            let at = rng.usize(..bytes.len());
            match rng.u8(..3) {
                0 => bytes[at] = rng.u8(..),
                1 => bytes.insert(at, b"\"\\{}[]:,0-null "[rng.usize(..15)]),
                _ if bytes.len() > 1 => drop(bytes.remove(at)),
                _ => {}
            }
        }
        read_any(&String::from_utf8_lossy(&bytes));
    });
}

#[test]
fn no_random_bytes_panic() {
    for_each_seed(SEEDS, |rng| {
        let bytes: Vec<u8> = (0..rng.usize(..60)).map(|_| rng.u8(..)).collect();
        read_any(&String::from_utf8_lossy(&bytes));
        read_any(&format!("{{\"op\":{}", String::from_utf8_lossy(&bytes)));
    });
}

#[test]
fn the_example_payloads_are_read_like_serde_json() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/discord/payloads"));
    if !folder.exists() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    assert!(compare_files(folder) >= 79, "at least one file for each event");
}

/// Some of the files contain frames. The others contain objects, which both readers must refuse.
fn compare_files(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            count += compare_files(&path);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            println!("{}", path.display());
            oracle::compare(&fs::read_to_string(&path).expect("a text file"));
            count += 1;
        }
    }
    count
}
