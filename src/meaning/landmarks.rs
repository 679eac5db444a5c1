//! Landmarks: papers whose titles decide how all papers are arranged, as on the map or
//! in clusters. Titles hardly ever change, so a text that is corrected moves only itself.

/// How many landmarks there are at first, and at most.
const FIRST: usize = 80;
const MOST: usize = FIRST << 9;

/// How many of some papers are landmarks: the first that came. There are others only
/// when there are twice as many papers.
pub fn landmarks(count: usize) -> usize {
    size(count).min(MOST)
}

/// About how many papers there are: 80 times a power of two, if not fewer. What depends
/// on it changes only when there are twice as many papers.
pub fn size(count: usize) -> usize {
    let mut size = FIRST;
    while size <= count / 2 {
        size *= 2;
    }
    size.min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn landmarks_are_half_of_the_papers_or_more_up_to_a_limit() {
        for (papers, expected) in [
            (0, 0),
            (1, 1),
            (79, 79),
            (159, 80),
            (160, 160),
            (10_000, 5_120),
            (83_271, 40_960),
            (1_000_000, 40_960),
        ] {
            assert_eq!(landmarks(papers), expected, "{papers}");
        }
    }
}
