//! The layout: which files a site has beside a page for each paper, by the number of
//! its papers. A small site says everything in every form. In a large one each form
//! costs as much as the papers themselves, and hosts take a gigabyte.

use crate::library::Library;
use crate::render::Theme;

use super::bibliography::Bibliography;
use super::foot::Foot;
use super::scope::Scope;
use super::thrift::Thrift;

/// A site of more papers than this is large.
pub(super) const LARGE: usize = 5_000;

/// Lists of a large site that have more papers than this are in fewer forms.
const LONG: usize = 1_000;

/// Lists of a large site that have more papers than this are no files to take along:
/// `offprint export` writes them.
const WHOLE: usize = 10_000;

/// How a paper is shown in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With its key sentence and its topics.
    Card,
    /// Title, authors, venue and year.
    Row,
}

/// The layout of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// What the foot of a paper's page says.
    pub(super) foot: Foot,
    is_large: bool,
    thrift: Thrift,
}

impl Layout {
    /// The layout of a library's site, of which some is left out for its host.
    pub(super) fn of(theme: &Theme, library: &Library, thrift: Thrift) -> Self {
        Self {
            foot: match thrift.no_sidecars {
                true => Foot::Short,
                false => Foot::of(theme, library),
            },
            is_large: library.papers.len() > LARGE,
            thrift,
        }
    }

    /// How a page of a list shows its papers. Lists of authors are rows. All others are
    /// cards in a small site; in a large one only the first page of each topic is, and
    /// all pages of a digest that is not a whole library.
    pub(super) fn form(self, of: Scope, page: usize, papers: usize) -> Form {
        let is_first = page == 1;
        match of {
            Scope::Author(_) => Form::Row,
            Scope::Site if self.is_large => Form::Row,
            Scope::Topic(_) if self.is_large && !is_first => Form::Row,
            Scope::Digest(_) if !is_first && self.is_whole(papers) => Form::Row,
            Scope::Site | Scope::Topic(_) | Scope::Digest(_) => Form::Card,
        }
    }

    /// Whether a page of a list tells machines of its papers, each as structured data
    /// and as a citation. A large site lists each paper under all of its authors, and
    /// would say it that often.
    pub(super) fn is_told(self, form: Form) -> bool {
        !self.is_large || form == Form::Card
    }

    /// Whether the page of a paper has structured data beside its citation tags, and
    /// the link that sends it by e-mail beside the buttons that copy and share.
    pub(super) fn is_paper_told(self) -> bool {
        !self.is_large
    }

    /// Whether pages of papers show what is pleasant and repeats what others say: a
    /// drawing, later papers of the authors. In a large library each is fifty megabytes.
    pub(super) fn has_extras(self) -> bool {
        !self.is_large
    }

    /// Whether feeds of so many papers have an archive of their older entries. Every
    /// part repeats what pages say.
    pub(super) fn has_archive(self, papers: usize) -> bool {
        !self.is_large && !self.thrift.few_forms && papers <= LARGE
    }

    /// The forms in which the papers of a scope can be taken along.
    pub(super) fn bibliographies(self, of: Scope, papers: usize) -> &'static [Bibliography] {
        match of {
            Scope::Site | Scope::Author(_) => &[],
            _ if self.is_large && papers > WHOLE => &[],
            _ if self.thrift.few_forms || self.is_in_few_forms(papers) => &[Bibliography::Bibtex],
            _ => &Bibliography::ALL,
        }
    }

    /// Whether the papers of a scope are also there as Markdown.
    pub(super) fn has_twin(self, of: Scope, papers: usize) -> bool {
        matches!(of, Scope::Topic(_) | Scope::Digest(_))
            && !self.thrift.no_twins
            && !self.is_in_few_forms(papers)
    }

    /// Whether a digest of so many papers is a library brought in at once, and not what
    /// somebody reads on a day.
    pub(super) fn is_whole(self, papers: usize) -> bool {
        self.is_in_few_forms(papers)
    }

    fn is_in_few_forms(self, papers: usize) -> bool {
        self.is_large && papers > LONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_site_says_everything_in_every_form() {
        let small = Layout {
            foot: Foot::Sheet,
            is_large: false,
            thrift: Thrift::default(),
        };
        assert_eq!(small.form(Scope::Topic(0), 9, 450), Form::Card);
        assert_eq!(small.form(Scope::Site, 9, 450), Form::Card);
        assert!(small.is_told(Form::Row) && small.is_paper_told());
        assert!(small.has_archive(4_000) && small.has_twin(Scope::Digest(0), 4_000));
        assert_eq!(small.bibliographies(Scope::Topic(0), 4_000).len(), 3);
    }

    #[test]
    fn a_large_site_says_less_in_long_lists() {
        let large = Layout {
            foot: Foot::Short,
            is_large: true,
            thrift: Thrift::default(),
        };
        assert_eq!(large.form(Scope::Site, 1, 9_000), Form::Row);
        assert_eq!(large.form(Scope::Topic(0), 1, 9_000), Form::Card);
        assert_eq!(large.form(Scope::Topic(0), 2, 9_000), Form::Row);
        assert_eq!(large.form(Scope::Digest(0), 2, 400), Form::Card);
        assert_eq!(large.form(Scope::Digest(0), 2, 9_000), Form::Row);
        assert_eq!(large.bibliographies(Scope::Topic(0), 400).len(), 3);
        assert_eq!(large.bibliographies(Scope::Topic(0), 9_000).len(), 1);
        assert!(large.bibliographies(Scope::Topic(0), 90_000).is_empty());
        assert!(!large.has_twin(Scope::Topic(0), 9_000) && !large.has_archive(400));
    }
}
