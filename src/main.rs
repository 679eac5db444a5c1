//! The `offprint` command.
#![forbid(unsafe_code)]

fn main() {}
