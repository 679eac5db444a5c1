//! Fonts: the typeface of the theme Gazette, made ready for browsers. The crate
//! `typst-assets` ships Libertinus Serif whole, as PostScript outlines, a megabyte for
//! three faces. A page needs its European letters, and a browser wants WOFF2. What is
//! kept can still be kerned, has ligatures, and the upright
//! has small capitals.
//!
//! The subsetter knows TrueType outlines only, so the curves are converted first.

use std::error::Error;
use std::fs;
use std::path::Path;

use kurbo::{BezPath, CubicBez, Point};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::MetadataProvider as _;
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use write_fonts::FontBuilder;
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{GlyphId, NameId, Tag};
use write_fonts::read::{FontRef, TableProvider as _};
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;

/// A face: its full name in the font, its file, and what it keeps beside what every face
/// does: features and characters.
struct Face {
    name: &'static str,
    file: &'static str,
    features: &'static [&'static [u8; 4]],
    more: &'static str,
}

const FACES: [Face; 3] = [
    Face {
        name: "Libertinus Serif Regular",
        file: "serif-regular.woff2",
        features: &[b"smcp", b"c2sc"],
        more: NAMES,
    },
    Face {
        name: "Libertinus Serif Italic",
        file: "serif-italic.woff2",
        features: &[],
        more: "",
    },
    Face {
        name: "Libertinus Serif Bold",
        file: "serif-bold.woff2",
        features: &[],
        more: "",
    },
];

/// Features that every face keeps: kerning, ligatures and accents.
const FEATURES: [&[u8; 4]; 4] = [b"kern", b"liga", b"ccmp", b"locl"];

/// The letters of western Europe, and the signs of a text.
const CHARACTERS: [(u32, u32); 12] = [
    (0x20, 0x7e),
    (0xa0, 0xa3),
    (0xa7, 0xa7),
    (0xa9, 0xa9),
    (0xab, 0xab),
    (0xb0, 0xb1),
    (0xb5, 0xb7),
    (0xbb, 0xbb),
    (0xbf, 0xff),
    (0x2010, 0x2014),
    (0x2018, 0x201a),
    (0x201c, 0x201e),
];

/// More signs, one by one.
const SIGNS: &str = "†•…′‹›€←→−";

/// Letters of names from the east of Europe, for bylines, which the upright sets.
const NAMES: &str = "œŒšŠžŽŸłŁćĆčČěĚřŘńŃňśŚşŞźŹżŻğıİőŐűůąĄęĘđĐțș≤≥≈";

/// How far a converted curve may be from the one drawn, in thousandths of an em.
const ACCURACY: f64 = 1.5;

/// Writes the faces and their licence into a folder, unless they are there.
///
/// # Errors
/// Gives what is wrong with the fonts or the folder.
pub(crate) fn write(folder: &Path, stamp: u64) -> Result<(), Box<dyn Error>> {
    let mark = folder.join("fonts.stamp");
    let stamp = format!("{stamp:016x}");
    if fs::read_to_string(&mark).is_ok_and(|made| made == stamp) {
        return Ok(());
    }
    for face in FACES {
        let data = typst_assets::fonts()
            .find(|data| full_name(data).as_deref() == Some(face.name))
            .ok_or_else(|| format!("typst-assets has no {}", face.name))?;
        let font = subset(&with_quadratic_outlines(data)?, &face)?;
        let packed = ttf2woff2::encode(&font, ttf2woff2::BrotliQuality::default())?;
        fs::write(folder.join(face.file), packed)?;
    }
    fs::write(mark, stamp)?;
    Ok(())
}

fn full_name(data: &[u8]) -> Option<String> {
    let font = FontRef::new(data).ok()?;
    let names = font.localized_strings(NameId::FULL_NAME).next()?;
    Some(names.chars().collect())
}

/// The font with its outlines as TrueType has them.
fn with_quadratic_outlines(data: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let font = FontRef::new(data)?;
    let outlines = font.outline_glyphs();
    let glyphs = font.maxp()?.num_glyphs();
    let mut builder = GlyfLocaBuilder::new();
    let (mut most_points, mut most_contours) = (0, 0);
    for glyph in 0..glyphs {
        let mut pen = Pen::default();
        if let Some(outline) = outlines.get(GlyphId::from(glyph)) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outline.draw(settings, &mut pen)?;
        }
        if pen.path.is_empty() {
            builder.add_glyph(&Glyph::Empty)?;
            continue;
        }
        let outline = SimpleGlyph::from_bezpath(&pen.path)
            .map_err(|fault| format!("glyph {glyph}: {fault:?}"))?;
        let points = outline.contours.iter().map(|contour| contour.len()).sum();
        most_points = most_points.max(points);
        most_contours = most_contours.max(outline.contours.len());
        builder.add_glyph(&outline)?;
    }
    let (glyf, loca, format) = builder.build();
    let mut head: write_fonts::tables::head::Head =
        write_fonts::from_obj::ToOwnedTable::to_owned_table(&font.head()?);
    head.index_to_loc_format = match format {
        LocaFormat::Short => 0,
        LocaFormat::Long => 1,
    };
    let maxp = Maxp {
        num_glyphs: glyphs,
        max_points: Some(u16::try_from(most_points)?),
        max_contours: Some(u16::try_from(most_contours)?),
        max_composite_points: Some(0),
        max_composite_contours: Some(0),
        max_zones: Some(2),
        max_twilight_points: Some(0),
        max_storage: Some(0),
        max_function_defs: Some(0),
        max_instruction_defs: Some(0),
        max_stack_elements: Some(0),
        max_size_of_instructions: Some(0),
        max_component_elements: Some(0),
        max_component_depth: Some(0),
    };
    let mut made = FontBuilder::new();
    made.add_table(&glyf)?
        .add_table(&loca)?
        .add_table(&head)?
        .add_table(&maxp)?;
    for tag in [
        b"hhea", b"hmtx", b"OS/2", b"name", b"cmap", b"GSUB", b"GPOS", b"GDEF",
    ] {
        let tag = Tag::new(tag);
        if let Some(table) = font.data_for_tag(tag) {
            made.add_raw(tag, table);
        }
    }
    // Glyphs have no names in the result.
    let post = font
        .data_for_tag(Tag::new(b"post"))
        .ok_or("no table post")?;
    let mut post = post
        .as_bytes()
        .get(..32)
        .ok_or("a short table post")?
        .to_vec();
    post[..4].copy_from_slice(&[0, 3, 0, 0]);
    made.add_raw(Tag::new(b"post"), post);
    Ok(made.build())
}

/// The font with what a face keeps of it.
fn subset(data: &[u8], face: &Face) -> Result<Vec<u8>, Box<dyn Error>> {
    let font = FontRef::new(data)?;
    let ranges = CHARACTERS.iter().flat_map(|(first, last)| *first..=*last);
    let characters: IntSet<u32> = ranges
        .chain(SIGNS.chars().chain(face.more.chars()).map(u32::from))
        .collect();
    let features = FEATURES.iter().chain(face.features);
    let features: IntSet<Tag> = features.map(|tag| Tag::new(tag)).collect();
    let scripts = [b"DFLT", b"latn"];
    let scripts: IntSet<Tag> = scripts.iter().map(|tag| Tag::new(tag)).collect();
    let dropped: IntSet<Tag> = DEFAULT_DROP_TABLES.iter().copied().collect();
    // The copyright and the licence stay with the font; its name does not, since a
    // changed font is another one.
    let names: IntSet<NameId> = [
        NameId::COPYRIGHT_NOTICE,
        NameId::LICENSE_DESCRIPTION,
        NameId::LICENSE_URL,
    ]
    .into_iter()
    .collect();
    let english: IntSet<u16> = [0x0409].into_iter().collect();
    let plan = Plan::new(
        &IntSet::empty(),
        &characters,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &dropped,
        &scripts,
        &features,
        &names,
        &english,
    );
    Ok(subset_font(&font, &plan)?)
}

/// Gathers an outline; its cubic curves become quadratic ones.
#[derive(Default)]
struct Pen {
    path: BezPath,
    at: Point,
}

fn point(x: f32, y: f32) -> Point {
    Point::new(f64::from(x), f64::from(y))
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = point(x, y);
        self.path.move_to(self.at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = point(x, y);
        self.path.line_to(self.at);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.at = point(x, y);
        self.path.quad_to(point(cx, cy), self.at);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let end = point(x, y);
        let curve = CubicBez::new(self.at, point(ax, ay), point(bx, by), end);
        match curve.approx_spline(ACCURACY) {
            Some(spline) => {
                for quad in spline.to_quads() {
                    self.path.quad_to(quad.p1, quad.p2);
                }
            }
            None => {
                for (_, _, quad) in curve.to_quads(ACCURACY) {
                    self.path.quad_to(quad.p1, quad.p2);
                }
            }
        }
        self.at = end;
    }

    fn close(&mut self) {
        self.path.close_path();
    }
}
