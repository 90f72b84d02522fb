//! Maps by ID.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are IDs.
pub(super) type IdMap<K, V> = HashMap<K, V, BuildHasherDefault<IdHasher>>;

/// Hashes an ID. Discord chooses the IDs, so that no user can make many of them collide.
#[derive(Default)]
pub(super) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, id: u64) {
        // The lowest bits of many IDs are equal, and the map takes its place from them: the halves of the product are mixed.
        let product = u128::from(self.0 ^ id) * 0x9E37_79B9_7F4A_7C15;
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

/// The memory of a map with entries of this size, at its usual load.
pub(super) const fn entry_bytes<K, V>() -> usize {
    // A byte of control data, and between 1/8 and 9/16 of the places are free.
    (size_of::<(K, V)>() + 1) * 3 / 2
}
