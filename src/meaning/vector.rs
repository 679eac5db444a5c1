//! Vectors: the direction in which a text points.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many numbers a vector has.
pub const DIMS: usize = 128;

/// The direction of a text, as whole numbers of which the largest is 127 or -127. A
/// text without known words has none: all its numbers are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vector([i8; DIMS]);

impl Default for Vector {
    fn default() -> Self {
        Self::NONE
    }
}

impl Vector {
    /// The vector of a text without known words.
    pub const NONE: Self = Self([0; DIMS]);

    /// The vector with these numbers.
    pub(super) const fn new(numbers: [i8; DIMS]) -> Self {
        Self(numbers)
    }

    /// The direction of a sum.
    pub fn of_sum(sum: &[i32; DIMS]) -> Self {
        let largest = sum
            .iter()
            .map(|number| number.unsigned_abs())
            .max()
            .unwrap_or(0);
        if largest == 0 {
            return Self::NONE;
        }
        let most = i64::from(largest);
        Self(sum.map(|number| {
            let size = (2 * i64::from(number.unsigned_abs()) * 127 + most) / (2 * most);
            // At most 127.
            let size = i8::try_from(size).unwrap_or(i8::MAX);
            if number < 0 { -size } else { size }
        }))
    }

    /// The direction of numbers from another source; NaN and infinity count as zero.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the largest becomes a million"
    )]
    pub fn of_numbers(numbers: &[f64; DIMS]) -> Self {
        let finite = numbers.map(|number| if number.is_finite() { number } else { 0.0 });
        let largest = finite
            .iter()
            .fold(0.0_f64, |most, number| most.max(number.abs()));
        if largest == 0.0 {
            return Self::NONE;
        }
        Self::of_sum(&finite.map(|number| (number / largest * 1_000_000.0).round() as i32))
    }

    /// The stored numbers; they are not normalised.
    pub fn numbers(&self) -> &[i8; DIMS] {
        &self.0
    }

    /// Whether the text has no known words.
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }

    /// This vector, or another one if nothing is known of this text.
    pub fn or(self, other: Self) -> Self {
        if self.is_none() { other } else { self }
    }

    /// The square of the length of the stored numbers.
    pub fn square(&self) -> i32 {
        product(&self.0, &self.0)
    }

    /// The similarity of two texts: the cosine of the angle between them, from -1 to 1;
    /// 0 if one of them has no known words.
    pub fn dot(&self, other: &Self) -> f32 {
        cosine(product(&self.0, &other.0), self.square(), other.square())
    }

    /// The same with the [squares](Self::square) at hand.
    #[inline(always)]
    pub fn dot_with(&self, own: i32, other: &Self, others: i32) -> f32 {
        cosine(product(&self.0, &other.0), own, others)
    }

    /// The vector with a length of one.
    pub fn unit(&self) -> [f32; DIMS] {
        let length = f64::from(self.square()).sqrt();
        if length == 0.0 {
            return [0.0; DIMS];
        }
        self.0.map(|number| narrow(f64::from(number) / length))
    }
}

/// The cosine from a product and two squares. A square root is the same everywhere.
#[inline]
fn cosine(product: i32, one: i32, other: i32) -> f32 {
    if one == 0 || other == 0 {
        return 0.0;
    }
    narrow(f64::from(product) / (f64::from(one) * f64::from(other)).sqrt())
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits are enough")]
fn narrow(number: f64) -> f32 {
    number as f32
}

/// The dot product of two vectors' numbers; to be called in a [wide](fn@super::wide) loop.
#[inline(always)]
pub fn product(one: &[i8; DIMS], other: &[i8; DIMS]) -> i32 {
    let pairs = one.iter().zip(other);
    pairs
        .map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b)))
        .sum()
}

impl Serialize for Vector {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_none() {
            return serializer.serialize_bytes(&[]);
        }
        serializer.serialize_bytes(&self.0.map(i8::cast_unsigned))
    }
}

impl<'de> Deserialize<'de> for Vector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Vector;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{DIMS} bytes or none")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vector, E> {
                if bytes.is_empty() {
                    return Ok(Vector::NONE);
                }
                let bytes: &[u8; DIMS] = bytes
                    .try_into()
                    .map_err(|_| E::invalid_length(bytes.len(), &self))?;
                Ok(Vector(bytes.map(u8::cast_signed)))
            }
        }

        deserializer.deserialize_bytes(Bytes)
    }
}
