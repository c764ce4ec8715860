//! Chance that depends on what it is drawn for, never on when or in which order.

use fastrand::Rng;

/// The numbers for one event: what `operation` does to `id` when it is asked for the `times`-th time.
pub(super) fn draw(seed: u64, id: &str, operation: &str, times: u32) -> Rng {
    let parts: [&[u8]; 4] = [&seed.to_le_bytes(), id.as_bytes(), operation.as_bytes(), &times.to_le_bytes()];
    Rng::with_seed(parts.into_iter().fold(FNV_OFFSET, fnv))
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;
/// Ends a part, so that `("ab", "c")` and `("a", "bc")` differ; it is in no UTF-8 text.
const END: u8 = 0xff;

/// FNV-1a: unlike the standard library's hasher it is the same in every version of Rust.
fn fnv(hash: u64, part: &[u8]) -> u64 {
    part.iter().chain([&END]).fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME))
}
