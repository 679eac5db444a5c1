//! Progress: how the build says what it is at, without knowing who listens.

/// Somebody who wants to know how far the build is.
pub trait Progress: Sync {
    /// A stage begins; `total` is how many steps it has, where that is known.
    fn begin(&self, stage: &'static str, total: Option<usize>);
    /// A step of the present stage is done.
    fn step(&self);
    /// The present stage is done.
    fn end(&self);
    /// Something worth a line.
    fn say(&self, line: &str);
}

/// Nobody listens.
#[derive(Debug, Clone, Copy)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _stage: &'static str, _total: Option<usize>) {}
    fn step(&self) {}
    fn end(&self) {}
    fn say(&self, _line: &str) {}
}
