//! Encodes pixels as a small PNG.

use std::collections::BTreeMap;

use super::draw::{HEIGHT, WIDTH};

/// The palette size that fits four bits per pixel. Text in a few colours needs no
/// more; the rest is antialiasing.
const MOST_COLOURS: usize = 16;

type Colour = [u8; 3];

/// Encodes a picture.
pub(super) fn png(pixels: &[Colour]) -> Vec<u8> {
    let Some(Numbered { colours, numbers }) = Numbered::of(pixels) else {
        return encoded(pixels.as_flattened(), None);
    };
    let (kept, place) = reduced(&colours);
    let packed: Vec<u8> = numbers
        .chunks_exact(2)
        .map(|pair| place[usize::from(pair[0])] << 4 | place[usize::from(pair[1])])
        .collect();
    encoded(&packed, Some(kept.as_flattened()))
}

/// A picture with palette indices.
struct Numbered {
    /// The colours, each with its number of pixels.
    colours: Vec<(Colour, u64)>,
    /// The palette index of each pixel.
    numbers: Vec<u8>,
}

impl Numbered {
    /// `None` if there are more colours than indices.
    fn of(pixels: &[Colour]) -> Option<Self> {
        let mut number_of: BTreeMap<Colour, u8> = BTreeMap::new();
        let mut colours: Vec<(Colour, u64)> = Vec::new();
        let mut numbers = Vec::with_capacity(pixels.len());
        // Most pixels have the same colour as the previous one.
        let mut last: Option<(Colour, u8)> = None;
        for &colour in pixels {
            let number = match last {
                Some((before, number)) if before == colour => number,
                _ => match number_of.get(&colour) {
                    Some(number) => *number,
                    None => {
                        let number = u8::try_from(colours.len()).ok()?;
                        number_of.insert(colour, number);
                        colours.push((colour, 0));
                        number
                    }
                },
            };
            colours[usize::from(number)].1 += 1;
            numbers.push(number);
            last = Some((colour, number));
        }
        Some(Self { colours, numbers })
    }
}

/// The colours to keep, and for each original colour the index of its replacement.
/// Merges the least used colour into the nearest one, repeatedly.
fn reduced(colours: &[(Colour, u64)]) -> (Vec<Colour>, Vec<u8>) {
    let mut weights: Vec<u64> = colours.iter().map(|(_, n)| *n).collect();
    let mut stands: Vec<usize> = (0..colours.len()).collect();
    let mut live: Vec<usize> = stands.clone();
    while live.len() > MOST_COLOURS {
        let nearest = |one: usize| {
            let others = live.iter().copied().filter(|other| *other != one);
            others
                .map(|other| (distance(colours[one].0, colours[other].0), other))
                .min()
        };
        let missed = live.iter().filter_map(|&one| {
            let (distance, other) = nearest(one)?;
            Some((weights[one] * distance, one, other))
        });
        let Some((_, gone, kept)) = missed.min() else {
            break;
        };
        live.retain(|colour| *colour != gone);
        weights[kept] += weights[gone];
        for stand in stands.iter_mut().filter(|stand| **stand == gone) {
            *stand = kept;
        }
    }
    let place = stands
        .iter()
        .map(|stand| {
            let at = live.iter().position(|colour| colour == stand);
            at.and_then(|at| u8::try_from(at).ok())
                .expect("what stands for a colour stayed, and 16 stay at most")
        })
        .collect();
    (live.iter().map(|n| colours[*n].0).collect(), place)
}

fn distance(one: Colour, other: Colour) -> u64 {
    one.iter()
        .zip(other)
        .map(|(a, b)| u64::from(a.abs_diff(b)).pow(2))
        .sum()
}

fn encoded(bytes: &[u8], palette: Option<&[u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, WIDTH, HEIGHT);
    match palette {
        Some(palette) => {
            encoder.set_color(png::ColorType::Indexed);
            encoder.set_depth(png::BitDepth::Four);
            encoder.set_palette(palette);
        }
        None => {
            encoder.set_color(png::ColorType::Rgb);
            encoder.set_depth(png::BitDepth::Eight);
        }
    }
    // Rows of text repeat, which filters would obscure.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(9));
    let mut writer = encoder
        .write_header()
        .expect("writing into memory cannot fail");
    writer
        .write_image_data(bytes)
        .expect("there are as many bytes as the picture has");
    writer.finish().expect("writing into memory cannot fail");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(png: &[u8]) -> (png::ColorType, Vec<u8>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let color = reader.info().color_type;
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let size = reader.next_frame(&mut bytes).unwrap().buffer_size();
        bytes.truncate(size);
        (color, bytes)
    }

    fn pixels(of: impl Fn(usize) -> Colour) -> Vec<Colour> {
        (0..(WIDTH * HEIGHT) as usize).map(of).collect()
    }

    #[test]
    fn few_colours_are_kept_as_they_are() {
        let pixels = pixels(|n| [250, (n % 7) as u8, 3]);
        let (color, bytes) = decoded(&png(&pixels));
        assert_eq!(color, png::ColorType::Indexed);
        assert_eq!(bytes, pixels.as_flattened());
    }

    #[test]
    fn steps_between_two_inks_become_fewer_and_the_inks_stay() {
        let pixels = pixels(|n| match n % 100 {
            step @ 1..=60 => [(step * 4) as u8; 3],
            step => [if step % 2 == 0 { 255 } else { 0 }; 3],
        });
        let png = png(&pixels);
        let (_, bytes) = decoded(&png);
        for (shown, meant) in bytes.iter().zip(pixels.as_flattened()) {
            let is_ink = matches!(meant, 0 | 255);
            assert!(shown.abs_diff(*meant) <= if is_ink { 0 } else { 24 });
        }
        let colours: std::collections::BTreeSet<_> = bytes.iter().collect();
        assert_eq!(colours.len(), MOST_COLOURS);
    }

    #[test]
    fn a_picture_of_many_colours_keeps_them_all() {
        let pixels = pixels(|n| [(n % 256) as u8, (n / 256 % 256) as u8, 7]);
        let (color, bytes) = decoded(&png(&pixels));
        assert_eq!(color, png::ColorType::Rgb);
        assert_eq!(bytes, pixels.as_flattened());
    }
}
