//! What the site asks of a page, whatever its kind. Each kind has a file beside this
//! one that holds its template, what that sees, and what fills it.
//!
//! A new kind is its file, named in `mod.rs`, a line in [`templates`], which the
//! reference for theme authors is read from, and a place in the plan.
//!
//! [`templates`]: crate::site::templates()

use std::any::TypeId;
use std::fmt::Debug;

use crate::diagnostics::Diagnostic;
use crate::library::Library;
use crate::model::Date;
use crate::site::jobs::Job;

use super::{Made, Pages};

/// A page, which a template writes.
pub(in crate::site) trait Page: Debug + Send + Sync + 'static {
    /// The page, made.
    ///
    /// # Errors
    /// Gives what is wrong with the template.
    fn make(&self, pages: &Pages<'_>, job: &Job) -> Result<Made, Box<Diagnostic>>;

    /// What tells its kind from others.
    fn kind(&self) -> TypeId {
        TypeId::of::<Self>()
    }

    /// Which optional parts its context has, as bits: pages of one kind and shape find
    /// the same faults in a template.
    fn shape(&self, _: &Library) -> u32 {
        0
    }

    /// Whether reports count it as a page of its own.
    fn is_counted(&self) -> bool {
        true
    }

    /// Whether search engines are told of it, where it is counted.
    fn is_in_sitemap(&self) -> bool {
        true
    }

    /// The day on which it last changed; where it says nothing else, that of the newest
    /// digest.
    fn day(&self, library: &Library) -> Option<Date> {
        library.digests.first().and_then(|entry| entry.digest.date)
    }

    /// Whether it shows how papers compare with one another, and so waits until they
    /// are compared.
    fn compares_papers(&self) -> bool {
        false
    }

    /// The file that a person would have to rename, where there is one.
    fn source(&self, _: &Library) -> Option<String> {
        None
    }

    /// What it is of, for people, where no file says so.
    fn describe(&self, _: &Library) -> Option<String> {
        None
    }
}
