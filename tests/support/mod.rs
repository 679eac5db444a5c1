//! What the tests through the real binary share: sites in temporary folders,
//! runs of the program, published trees, a strict reader of HTML.

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
