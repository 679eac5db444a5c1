//! Roles: what each paragraph is to the papers of the page. Form and shape describe
//! its appearance; the context decides here.

use super::chrome::Chrome;
use super::facts::Fact;
use super::form::Form;
use super::labels::Label;
use super::layout::{Layout, Sign};
use super::names::{Names, names};
use super::paragraphs::Paragraph;
use super::shape::{Ending, Shape, begins_lower, ending};
use super::venue::venue;
use super::vocabulary::Vocabulary;

/// The role of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Starts an entry. Usually the title, sometimes a number or URL before it.
    Opener,
    /// A title after its opener.
    Title,
    /// The authors' names.
    Authors,
    /// A paragraph of the abstract.
    Abstract,
    /// An abstract without a title; it starts an entry too.
    Orphan,
    /// A venue, as in "ICLR 2025 Poster".
    Venue,
    /// Facts, URLs, labels: something about a paper.
    Meta,
    /// Something about a paper that records have no field for.
    Aside,
    /// About the page as a whole.
    Page,
}

/// What has been seen of the current entry.
#[derive(Debug, Default, Clone, Copy)]
struct Entry {
    title: bool,
    authors: bool,
    text: bool,
    /// What the next text is, according to a label.
    expects: Option<Role>,
}

/// Assigns a role to every paragraph.
pub(super) fn roles(
    paragraphs: &[Paragraph],
    layout: &Layout,
    vocabulary: &Vocabulary,
) -> Vec<Role> {
    let mut walk = Walk {
        paragraphs,
        layout,
        vocabulary,
        entry: Entry::default(),
        open: false,
    };
    let mut roles = Vec::with_capacity(paragraphs.len());
    for at in 0..paragraphs.len() {
        let role = walk.role(at, roles.last().copied());
        walk.note(at, role);
        roles.push(role);
    }
    roles
}

struct Walk<'a> {
    paragraphs: &'a [Paragraph],
    layout: &'a Layout,
    vocabulary: &'a Vocabulary,
    entry: Entry,
    /// Whether any entry has been started.
    open: bool,
}

impl Walk<'_> {
    fn role(&self, at: usize, before: Option<Role>) -> Role {
        let paragraph = &self.paragraphs[at];
        if self.layout.opens(paragraph, at == 0) {
            return Role::Opener;
        }
        match &paragraph.form {
            Form::Plain => self.text(at, before),
            Form::Label(label, _) => match label {
                Label::Title => Role::Opener,
                _ => Role::Meta,
            },
            Form::Chrome(chrome) => self.chrome(at, *chrome),
            Form::Rule => Role::Page,
            Form::Day(_) => Role::Meta,
            Form::Facts(_) | Form::Addresses(_) => Role::Meta,
        }
    }

    fn note(&mut self, at: usize, role: Role) {
        match role {
            Role::Opener => {
                // If numbers start entries, menu words can be a title: "3. Related
                // Work".
                let text = matches!(
                    self.paragraphs[at].form,
                    Form::Plain | Form::Label(..) | Form::Chrome(_)
                );
                self.entry = Entry {
                    title: text && !self.paragraphs[at].text.is_empty(),
                    ..Entry::default()
                };
                self.open = true;
            }
            Role::Orphan => {
                self.entry = Entry {
                    title: true,
                    text: true,
                    ..Entry::default()
                };
                self.open = true;
            }
            Role::Title => self.entry.title = true,
            Role::Authors => self.entry.authors = true,
            Role::Abstract => self.entry.text = true,
            Role::Venue | Role::Meta | Role::Aside | Role::Page => {}
        }
        self.entry.expects = match (&self.paragraphs[at].form, role) {
            (Form::Label(Label::Abstract, value), _) => {
                self.entry.text |= !value.is_empty();
                Some(Role::Abstract)
            }
            (Form::Label(Label::Authors, value), _) => {
                self.entry.authors |= !value.is_empty();
                value.is_empty().then_some(Role::Authors)
            }
            (Form::Facts(facts), _) if facts.last() == Some(&Fact::Submitter(None)) => {
                Some(Role::Aside)
            }
            (_, Role::Authors) if self.entry.expects == Some(Role::Authors) => Some(Role::Authors),
            (_, Role::Abstract) if self.entry.expects == Some(Role::Abstract) => {
                Some(Role::Abstract)
            }
            (Form::Rule, _) => self.entry.expects,
            _ => None,
        };
    }

    /// Whether what follows makes a paragraph a title: prose, an abstract's label,
    /// a list of names.
    fn prose_follows(&self, at: usize) -> bool {
        // Text further away says nothing about this paragraph.
        let near = self.paragraphs[at + 1..].iter().take(12);
        for next in near {
            match next.form {
                Form::Plain => {
                    return next.shape == Shape::Prose
                        || names(&next.text, self.vocabulary) == Names::List;
                }
                Form::Label(label, _) => return matches!(label, Label::Abstract | Label::Authors),
                _ => {}
            }
        }
        false
    }

    fn text(&self, at: usize, before: Option<Role>) -> Role {
        let paragraph = &self.paragraphs[at];
        let entry = self.entry;
        match entry.expects {
            Some(Role::Aside) if self.is_submitter(at) => return Role::Aside,
            Some(Role::Abstract) if !entry.text => return Role::Abstract,
            Some(Role::Authors) if names(&paragraph.text, self.vocabulary) != Names::No => {
                return Role::Authors;
            }
            _ => {}
        }
        if self.layout.sign != Sign::Shape {
            return self.text_of_marked(at, before);
        }
        match paragraph.shape {
            Shape::Prose if entry.title => Role::Abstract,
            Shape::Prose => Role::Orphan,
            _ if !entry.title => Role::Opener,
            _ if entry.text => self.after_abstract(at),
            _ => self.after_title(at, before),
        }
    }

    /// On a page with marked entries, all text belongs to the last entry started.
    fn text_of_marked(&self, at: usize, before: Option<Role>) -> Role {
        let paragraph = &self.paragraphs[at];
        let entry = self.entry;
        if !self.open {
            return Role::Page;
        }
        if !entry.title {
            return if paragraph.shape == Shape::Prose {
                Role::Abstract
            } else {
                Role::Title
            };
        }
        if entry.text {
            return Role::Abstract;
        }
        match self.beside_title(at, before) {
            Some(role) => role,
            None => Role::Abstract,
        }
    }

    /// A paragraph that is not prose, after a title without an abstract so far.
    fn after_title(&self, at: usize, before: Option<Role>) -> Role {
        let paragraph = &self.paragraphs[at];
        if let Some(role) = self.beside_title(at, before) {
            return role;
        }
        let ending = ending(&paragraph.text);
        let sentence = matches!(ending, Ending::Stop | Ending::Open | Ending::Address);
        let text = match paragraph.shape {
            Shape::Doubt if self.prose_follows(at) => sentence && begins_sentence(&paragraph.text),
            Shape::Doubt => self.layout.abstracts || sentence,
            _ => begins_lower(&paragraph.text) && self.layout.abstracts && !self.prose_follows(at),
        };
        if text { Role::Abstract } else { Role::Opener }
    }

    /// A paragraph that is not prose, after an abstract.
    fn after_abstract(&self, at: usize) -> Role {
        let paragraph = &self.paragraphs[at];
        let people = names(&paragraph.text, self.vocabulary);
        if people == Names::List && !self.entry.authors && !self.prose_follows(at) {
            return Role::Authors;
        }
        let open = ending(&paragraph.text) == Ending::Open;
        let goes_on = match paragraph.shape {
            Shape::Doubt => !self.prose_follows(at) || open,
            _ => {
                (is_head(&paragraph.text) || begins_lower(&paragraph.text) || open)
                    && self.prose_follows(at)
                    || (open && paragraph.gap == 0)
            }
        };
        if goes_on {
            Role::Abstract
        } else {
            Role::Opener
        }
    }

    /// Names, a venue, an institution: what comes between title and abstract.
    fn beside_title(&self, at: usize, before: Option<Role>) -> Option<Role> {
        let paragraph = &self.paragraphs[at];
        let marked = self.layout.sign != Sign::Shape;
        if venue(&paragraph.text).is_some() {
            return Some(Role::Venue);
        }
        match names(&paragraph.text, self.vocabulary) {
            Names::List if !self.entry.authors => return Some(Role::Authors),
            // Institutions look like names.
            Names::List if self.entry.authors => return Some(Role::Aside),
            Names::One if !self.entry.authors && (self.layout.names || marked) => {
                return Some(Role::Authors);
            }
            _ => {}
        }
        let institution = paragraph.text.split_whitespace().count() <= 5
            && matches!(before, Some(Role::Opener | Role::Title | Role::Authors))
            && self
                .paragraphs
                .get(at + 1)
                .is_some_and(|next| is_dotted(next) || (next.form == Form::Rule && next.gap == 0));
        // Cards have the institution below the paper, followed by a button.
        let school = is_school(&paragraph.text)
            && !marked
            && !self.prose_follows(at)
            && self
                .paragraphs
                .get(at + 1)
                .is_none_or(|next| !next.is_plain());
        (institution || school).then_some(Role::Aside)
    }

    /// Whether this is the name after a line "Submitted by".
    fn is_submitter(&self, at: usize) -> bool {
        self.paragraphs[at].text.split_whitespace().count() <= 3
            && !self
                .paragraphs
                .get(at + 1)
                .is_some_and(|next| next.is_plain() && next.shape == Shape::Prose)
    }

    fn chrome(&self, at: usize, chrome: Chrome) -> Role {
        let beside = |other: Option<&Paragraph>| other.is_none_or(|p| !p.is_plain());
        let paragraph = &self.paragraphs[at];
        let next = self.paragraphs.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| self.paragraphs.get(at));
        let prose = next.is_some_and(|next| next.is_plain() && next.shape == Shape::Prose);
        let titled = self.entry.title && !self.entry.text;
        let page = chrome == Chrome::Sure
            || self.layout.sign != Sign::Shape
            || (titled && prose)
            || (!prose && (beside(next) || beside(before) || !self.open));
        if page {
            Role::Page
        } else if prose || !self.layout.abstracts {
            Role::Opener
        } else if paragraph.text.split_whitespace().count() > 1 {
            Role::Page
        } else {
            Role::Opener
        }
    }
}

/// Whether a short text is the name of a university or similar.
fn is_school(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "university",
        "institute",
        "universität",
        "université",
        "universidad",
        "università",
        "laboratory",
        "college",
        "academy",
    ];
    let lower = text.to_lowercase();
    lower.split_whitespace().count() <= 6
        && lower.split_whitespace().any(|word| WORDS.contains(&word))
}

/// Whether a paragraph is a row of facts starting with a dot, as cards have below
/// title and institution.
fn is_dotted(paragraph: &Paragraph) -> bool {
    matches!(paragraph.form, Form::Facts(_)) && paragraph.text.starts_with(['·', '•'])
}

/// Whether the first word is capitalised and the second is lower case, as in
/// sentences but not in title case.
fn begins_sentence(text: &str) -> bool {
    let second = text.split_whitespace().nth(1).unwrap_or_default();
    begins_lower(text) || second.starts_with(char::is_lowercase)
}

/// The headings of structured abstracts.
fn is_head(text: &str) -> bool {
    const HEADS: [&str; 14] = [
        "background",
        "objective",
        "objectives",
        "purpose",
        "introduction",
        "motivation",
        "aim",
        "methods",
        "materials and methods",
        "approach",
        "results",
        "findings",
        "conclusion",
        "conclusions",
    ];
    HEADS.contains(&text.trim_end_matches([':', '.']).to_lowercase().as_str())
}
