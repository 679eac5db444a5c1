//! ISBNs, distinguished from journal and report numbers that some formats put in
//! the same field.

/// The first ISBN in a text, as written: "978-0-262-03384-8 (hardback)".
pub(super) fn isbn(text: &str) -> Option<String> {
    text.split([';', ',', '\n', '|', '('])
        .flat_map(words)
        .find(|part| is_isbn(part))
        .map(str::to_owned)
}

/// The whole text, since groups may be separated by spaces, then its words.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let whole = text
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    std::iter::once(whole).chain(text.split_whitespace())
}

/// Ten or thirteen digits with a correct check digit.
fn is_isbn(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, 'X' | 'x' | '-' | '–' | ' ');
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| c.to_digit(10).unwrap_or(10))
        .collect();
    if !text.chars().all(plain) || digits.iter().rev().skip(1).any(|digit| *digit == 10) {
        return false;
    }
    let weighted = |weight: fn(usize) -> u32| -> u32 {
        let all = digits.iter().enumerate();
        all.map(|(at, digit)| digit * weight(at)).sum()
    };
    match digits.len() {
        10 => weighted(|at| 10 - at as u32).is_multiple_of(11),
        13 => weighted(|at| if at % 2 == 0 { 1 } else { 3 }).is_multiple_of(10),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_books_are_told_from_others() {
        for (text, want) in [
            ("978-0-262-03384-8", Some("978-0-262-03384-8")),
            ("9780262033848", Some("9780262033848")),
            ("0-262-03384-4", Some("0-262-03384-4")),
            ("ISBN 080442957X", Some("080442957X")),
            ("978 0 262 03384 8 (hardback)", Some("978 0 262 03384 8")),
            ("1234-5678, 978-0-262-03384-8", Some("978-0-262-03384-8")),
            ("0028-0836\n9780262033848", Some("9780262033848")),
            ("978-0-262-03384-9", None),
            ("0028-0836", None),
            ("TR-2024-17", None),
            ("", None),
        ] {
            assert_eq!(isbn(text).as_deref(), want, "{text}");
        }
    }
}
