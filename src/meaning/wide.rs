//! Wide: loops over many vectors, with the widest instructions that this processor has.
//! Sums of whole numbers are the same in any width.

use pulp::Arch;

/// Runs a loop compiled for the widest instructions that this processor has, beyond those
/// that all of its kind have. The closure and what it calls are compiled so only if they are
/// inlined, so both need `#[inline(always)]`.
#[inline(always)]
pub fn wide<T>(work: impl FnOnce() -> T) -> T {
    Arch::new().dispatch(work)
}
