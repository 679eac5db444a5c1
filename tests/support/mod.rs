//! Helpers for tests of the real binary: sites in temporary folders, program runs,
//! published trees, a strict HTML parser.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "each test crate uses a part of it"
)]

pub mod crawl;
pub mod digest;
pub mod dom;
pub mod html;
pub mod outline;
pub mod preview;
pub mod prose_rows;
pub mod run;
pub mod server;
pub mod shared;
pub mod site;
pub mod store;
pub mod tree;

pub use digest::{digest, record};
pub use run::{Outcome, Run};
pub use site::Site;
pub use tree::Tree;
