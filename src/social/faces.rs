//! The typefaces of social images, and their widths. They are built into the
//! program, since images must not depend on the machine's fonts.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

/// A typeface of the family "DejaVu Serif", condensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Regular,
    Italic,
    Bold,
}

impl Face {
    pub(super) const ALL: [Self; 3] = [Self::Regular, Self::Italic, Self::Bold];

    /// The typeface with this name in templates.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "regular" => Some(Self::Regular),
            "italic" => Some(Self::Italic),
            "bold" => Some(Self::Bold),
            _ => None,
        }
    }

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => dejavu::serif_condensed::regular(),
            Self::Italic => dejavu::serif_condensed::italic(),
            Self::Bold => dejavu::serif_condensed::bold(),
        }
    }

    fn measure(self) -> &'static Measure {
        static MEASURES: LazyLock<[Measure; 3]> = LazyLock::new(|| Face::ALL.map(Measure::of));
        &MEASURES[self as usize]
    }

    /// Whether it has a glyph for a character.
    pub(super) fn has(self, sign: char) -> bool {
        self.measure().width(sign).is_some()
    }

    /// The width of a text at font size 1. Ignores kerning, which only moves
    /// letters together, so the text is never wider than this.
    pub(super) fn width(self, text: &str) -> f64 {
        let measure = self.measure();
        text.chars()
            .map(|sign| measure.width(sign).unwrap_or(measure.missing))
            .sum()
    }

    /// The height of capitals at font size 1.
    pub(super) fn cap_height(self) -> f64 {
        self.measure().cap_height
    }
}

/// The measurements of a typeface.
struct Measure {
    font: FontRef<'static>,
    metrics: GlyphMetrics<'static>,
    cap_height: f64,
    missing: f64,
}

impl Measure {
    fn of(face: Face) -> Self {
        let font = FontRef::new(face.bytes()).expect("a face that comes with the program is sound");
        let at = LocationRef::default();
        let metrics = font.glyph_metrics(Size::new(1.0), at);
        let cap_height = font.metrics(Size::new(1.0), at).cap_height.unwrap_or(0.73);
        Self {
            missing: f64::from(
                metrics
                    .advance_width(skrifa::GlyphId::NOTDEF)
                    .unwrap_or(0.6),
            ),
            cap_height: f64::from(cap_height),
            metrics,
            font,
        }
    }

    fn width(&self, sign: char) -> Option<f64> {
        let glyph = self.font.charmap().map(sign)?;
        self.metrics.advance_width(glyph).map(f64::from)
    }
}

/// All typefaces, for rendering.
pub(super) fn database() -> Arc<Database> {
    static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
        let mut database = Database::new();
        for face in Face::ALL {
            database.load_font_source(Source::Binary(Arc::new(face.bytes())));
        }
        database.set_serif_family("DejaVu Serif");
        Arc::new(database)
    });
    Arc::clone(&DATABASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_told_apart() {
        assert!(Face::Bold.width("Offprint") > Face::Regular.width("Offprint"));
        assert!(Face::Regular.cap_height() > 0.6 && Face::Regular.cap_height() < 0.8);
        assert!(Face::Regular.has('é') && Face::Regular.has('Ж') && !Face::Regular.has('题'));
        assert_eq!(database().len(), 3);
    }
}
