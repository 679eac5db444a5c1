//! Tests that words are found and that vectors match those of the table's authors.

use super::vector::{DIMS, Vector};
use super::words::{endings, for_each_word};
use super::{Sum, Table, packed};

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for_each_word(text, &mut |word| words.push(word.to_owned()));
    words
}

#[test]
fn words_are_runs_of_letters_and_digits_in_lower_case() {
    assert_eq!(
        words("GPT-4's Café, naïve!"),
        ["gpt", "4", "s", "café", "naïve"]
    );
    assert_eq!(words("  – "), [""; 0]);
    assert_eq!(words("İstanbul 强化学习"), ["i", "stanbul", "强化学习"]);
}

#[test]
fn endings_are_taken_off_in_their_order() {
    let forms: Vec<String> = endings("running").collect();
    assert_eq!(forms, ["runn", "run", "runne"]);
    assert_eq!(endings("studies").next().as_deref(), Some("study"));
    assert_eq!(endings("as").count(), 0);
    assert_eq!(endings("é").count(), 0);
}

#[test]
fn the_table_that_ships_knows_common_words() {
    let table = Table::built_in();
    assert_eq!(table.len(), 34_702);
    for word in ["network", "networks", "laundry", "robots"] {
        assert!(table.knows(word), "{word}");
    }
    assert!(!table.knows("robotaxi"));
    assert!(table.commonness("the") > table.commonness("laundry"));
    assert!(table.query("robotaxi").is_none());
}

/// Compares the similarities of the texts in `check.json` with those of the vectors as
/// published; rounding to steps may cost little.
#[test]
fn texts_are_as_alike_as_by_the_published_vectors() {
    let table = Table::built_in();
    let queries = [
        "teaching a home helper to cook and fold laundry",
        "pruning large language models",
    ];
    let papers = [
        (
            "LoRAPrune: Pruning Meets Low-Rank Parameter-Efficient Fine-Tuning",
            "We prune large language models with low-rank adapters.",
        ),
        (
            "A cloth and fluid simulator for household robots",
            "Robots learn kitchen tasks in a simulated home with liquids and garments.",
        ),
    ];
    let published = [[-0.0768_f32, 0.5032], [0.6734, -0.1799]];
    for (query, row) in queries.iter().zip(published) {
        for ((title, text), wanted) in papers.iter().zip(row) {
            let got = table.query(query).dot(&table.paper(title, text));
            assert!(
                (got - wanted).abs() < 0.06,
                "{query}, {title}: {got}, not {wanted}"
            );
        }
    }
}

/// The first numbers of the same texts, if the published table is beside the project.
#[test]
fn the_check_values_of_the_published_table_are_met() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors/check.json");
    let Ok(text) = std::fs::read_to_string(file) else {
        assert!(
            std::env::var_os("OFFPRINT_REQUIRE_SHARED").is_none(),
            "{file}"
        );
        return;
    };
    let check: serde_json::Value = serde_json::from_str(&text).unwrap();
    let table = Table::built_in();
    let (mut checked, mut apart, mut most) = (0, 0.0_f32, 0.0_f32);
    for kind in ["queries", "papers"] {
        for case in check[kind].as_array().unwrap() {
            let of = |name: &str| case[name].as_str().unwrap_or_default();
            let vector = match kind {
                "queries" => table.query(of("text")),
                _ => table.paper(of("title"), of("abstract")),
            };
            let wanted = case["first8"].as_array().unwrap();
            for (got, wanted) in vector.unit().iter().zip(wanted) {
                let wanted = wanted.as_f64().unwrap() as f32;
                let error = (got - wanted).abs();
                apart += error;
                most = most.max(error);
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 40);
    // The built-in table is rounded more coarsely than the published one, which is most
    // visible in queries of a few words.
    let mean = apart / 40.0;
    assert!(
        mean < 0.03 && most < 0.15,
        "{mean} on average, {most} at most"
    );
}

#[test]
fn a_damaged_file_is_no_table() {
    let whole = include_bytes!("table.xz");
    assert!(packed::read(&whole[..1000]).is_err());
    assert!(packed::read(b"").is_err());
    let mut wrong = whole.to_vec();
    wrong[200_000] ^= 0x10;
    assert!(packed::read(&wrong).is_err());
}

#[test]
fn a_vector_survives_being_kept() {
    let table = Table::built_in();
    for vector in [table.query("pruning networks"), Vector::NONE] {
        let kept = postcard::to_allocvec(&vector).unwrap();
        assert_eq!(postcard::from_bytes::<Vector>(&kept).unwrap(), vector);
    }
    assert!(postcard::from_bytes::<Vector>(&[3, 1, 2, 3]).is_err());
}

#[test]
fn order_and_length_change_nothing() {
    let table = Table::built_in();
    let one = table.query("robots fold laundry");
    assert_eq!(one, table.query("laundry fold robots"));
    let mut twice = Sum::of(table);
    twice.add_text("robots fold laundry", 2);
    assert_eq!(one, twice.vector());
    assert!((one.dot(&one) - 1.0).abs() < 1e-6);
    let length: f32 = one.unit().iter().map(|number| number * number).sum();
    assert!((length - 1.0).abs() < 1e-4);
}

#[test]
fn a_text_of_a_million_words_has_a_vector() {
    let table = Table::built_in();
    let long = "robots fold laundry ".repeat(400_000);
    assert!(table.query(&long).dot(&table.query("robots fold laundry")) > 0.99);
    let mut many = Sum::of(table);
    many.add_text("robots", u32::MAX);
    assert_eq!(many.vector(), table.query("robots"));
}

#[test]
fn numbers_from_elsewhere_become_a_direction() {
    let mut numbers = [0.0; DIMS];
    assert!(Vector::of_numbers(&numbers).is_none());
    numbers[0] = f64::NAN;
    numbers[1] = -2.0;
    numbers[2] = 1.0;
    let vector = Vector::of_numbers(&numbers);
    assert_eq!(vector.numbers()[..3], [0, -127, 64]);
}
