use proptest::prelude::*;

use super::*;
use crate::model::{LinkKind, PaperId};

fn word(text: &str) -> Query {
    Query::Term(Term::Word(text.into()))
}

fn phrase(text: &str) -> Query {
    Query::Term(Term::Phrase(text.into()))
}

fn within(field: Field, inner: Query) -> Query {
    Query::In(field, Box::new(inner))
}

fn not(inner: Query) -> Query {
    Query::Not(Box::new(inner))
}

fn times(inner: Query, weight: f64) -> Query {
    Query::Weight(Box::new(inner), weight)
}

fn field(name: &str) -> Field {
    Field::ALL
        .into_iter()
        .find(|field| field.name() == name)
        .unwrap()
}

#[test]
fn a_rule_reads_as_its_author_means_it() {
    let rule = r#"rag^2 OR "retrieval augmented"^3 OR title:retriev* -title:image"#;
    assert_eq!(
        Query::parse_rule(rule),
        Ok(Query::Or(vec![
            times(word("rag"), 2.0),
            times(phrase("retrieval augmented"), 3.0),
            Query::And(vec![
                within(Field::TITLE, Query::Term(Term::Prefix("retriev".into()))),
                not(within(Field::TITLE, word("image"))),
            ]),
        ]))
    );
}

#[test]
fn every_form_of_the_grammar_is_read() {
    let year = |from, to| Query::Year(YearRange { from, to });
    let count = |from, to| Query::Count(Metric::CITATIONS, CountRange { from, to });
    let id = |text| Query::Id(PaperId::parse(text).unwrap());
    let month = Some(PartialDate::Month(2024, 5));
    for (text, want) in [
        ("a b", Query::And(vec![word("a"), word("b")])),
        ("a AND b", Query::And(vec![word("a"), word("b")])),
        ("a OR b c", {
            let both = Query::And(vec![word("b"), word("c")]);
            Query::Or(vec![word("a"), both])
        }),
        ("(a OR b) c", {
            let either = Query::Or(vec![word("a"), word("b")]);
            Query::And(vec![either, word("c")])
        }),
        ("NOT a", not(word("a"))),
        ("-\"a b\"", not(phrase("a b"))),
        (
            "-(a OR -b)",
            not(Query::Or(vec![word("a"), not(word("b"))])),
        ),
        ("“low rank”", phrase("low rank")),
        ("title:(a OR b)", {
            let either = Query::Or(vec![word("a"), word("b")]);
            within(Field::TITLE, either)
        }),
        ("Author:garcía", within(Field::AUTHOR, word("garcía"))),
        (
            "venue:\"ICML 2024\"",
            within(field("venue"), phrase("ICML 2024")),
        ),
        ("year:2023", year(Some(2023), Some(2023))),
        ("year:2023..2025", year(Some(2023), Some(2025))),
        ("year:2023..", year(Some(2023), None)),
        ("year:..2020", year(None, Some(2020))),
        (
            "date:2024-05..",
            Query::Date(DateRange {
                from: month,
                to: None,
            }),
        ),
        ("id:2403.03507v2", id("arxiv:2403.03507")),
        ("id:\"10.1016/S0022(98)1\"", id("doi:10.1016/s0022(98)1")),
        ("has:code", Query::Has(Has::Link(LinkKind::Code))),
        ("has:award", Query::Has(Has::Award)),
        (
            "has:(code OR award)",
            Query::Or(vec![
                Query::Has(Has::Link(LinkKind::Code)),
                Query::Has(Has::Award),
            ]),
        ),
        ("year:>2020", year(Some(2021), None)),
        ("year:<=2020", year(None, Some(2020))),
        ("citations:>100", count(Some(101), None)),
        ("citations:5..10", count(Some(5), Some(10))),
        ("2403.03507v2", id("arxiv:2403.03507")),
        ("(arXiv: 2403.03507)", id("arxiv:2403.03507")),
        (
            "https://arxiv.org/abs/2403.03507v2.",
            id("arxiv:2403.03507"),
        ),
        ("10.1016/S0022(98)1", id("doi:10.1016/s0022(98)1")),
        (
            "title:(2403.03507 a)",
            within(
                Field::TITLE,
                Query::And(vec![word("2403.03507"), word("a")]),
            ),
        ),
        // Words that only look like syntax.
        ("C++", word("C++")),
        ("N:M 2:4", Query::And(vec![word("N:M"), word("2:4")])),
        (
            "GaLore: low-rank",
            Query::And(vec![word("GaLore:"), word("low-rank")]),
        ),
        ("or", word("or")),
        ("title:OR", within(Field::TITLE, word("OR"))),
    ] {
        assert_eq!(Query::parse(text), Ok(want), "{text}");
    }
}

#[test]
fn brackets_of_one_thing_vanish_and_a_minus_binds_first() {
    assert_eq!(Query::parse("((a))"), Ok(word("a")));
    let rule = Query::parse_rule("-a^2").unwrap();
    assert_eq!(rule, not(times(word("a"), 2.0)));
    assert_eq!(Query::parse_rule("(-a)^2").unwrap().to_string(), "(-a)^2");
}

/// One text for each kind of mistake: its code, and the part of it that the
/// error points at.
#[test]
fn every_mistake_is_named_where_it_is() {
    for (text, code, part) in [
        ("", "query-empty", ""),
        (" \t\n", "query-empty", " \t\n"),
        ("a) b", "query-stray-bracket", ")"),
        ("a (b OR c", "query-unclosed-bracket", "("),
        ("a ()", "query-empty-brackets", "()"),
        ("a \"b c", "query-unclosed-phrase", "\""),
        ("a \" \"", "query-empty-phrase", "\" \""),
        ("titel:x", "query-unknown-field", "titel"),
        ("abs:(x)", "query-unknown-field", "abs"),
        ("title: x", "query-missing-value", "title:"),
        ("(title:)", "query-missing-value", "title:"),
        ("arxiv:hello", "query-bad-id", "arxiv:hello"),
        (
            "a https://b.org/c.",
            "query-unknown-address",
            "https://b.org/c",
        ),
        ("citations:>", "query-bad-range", ">"),
        ("citations:<0", "query-empty-range", "<0"),
        ("year:>9999", "query-empty-range", ">9999"),
        ("has:(code OR codee)", "query-unknown-part", "codee"),
        ("title:-x", "query-lone-minus", "-"),
        ("title:(a year:2024)", "query-nested-field", "year"),
        ("has:codee", "query-unknown-part", "codee"),
        ("id:x", "query-bad-id", "x"),
        ("year:24", "query-bad-range", "24"),
        ("year:..", "query-bad-range", ".."),
        ("date:2024-13", "query-bad-range", "2024-13"),
        ("date:2023-02-29", "query-bad-range", "2023-02-29"),
        ("year:2025..2023", "query-reversed-range", "2025..2023"),
        (
            "date:2024-05..2024-04-30",
            "query-reversed-range",
            "2024-05..2024-04-30",
        ),
        ("re*rank", "query-star", "*"),
        ("*", "query-star", "*"),
        ("a*", "query-short-prefix", "a*"),
        ("a - b", "query-lone-minus", "-"),
        ("a OR", "query-dangling-operator", "OR"),
        ("OR a", "query-dangling-operator", "OR"),
        ("a AND OR b", "query-dangling-operator", "AND"),
        ("(NOT )", "query-dangling-operator", "NOT"),
        ("a^2", "query-weight", "^2"),
        ("^2", "query-missing-term", "^"),
    ] {
        let error = Query::parse(text).unwrap_err();
        assert_eq!(error.code, code, "{text}");
        assert_eq!(&text[error.span.clone()], part, "{text}");
        assert!(!error.message.is_empty() && error.help.is_some(), "{text}");
    }
    for (text, code, part) in [
        ("a^0", "query-bad-weight", "^0"),
        ("a^-1", "query-bad-weight", "^-1"),
        ("a^1e3", "query-bad-weight", "^1e3"),
        ("a^", "query-bad-weight", "^"),
        ("a OR topic:b", "query-topic-in-rule", "topic"),
    ] {
        let error = Query::parse_rule(text).unwrap_err();
        assert_eq!(error.code, code, "{text}");
        assert_eq!(&text[error.span.clone()], part, "{text}");
    }
}

#[test]
fn a_mistyped_name_brings_the_nearest_known_one() {
    let help = |text| Query::parse(text).unwrap_err().help.unwrap();
    assert_eq!(help("titel:x"), "did you mean `title:`?");
    assert_eq!(help("has:dateset"), "did you mean `has:dataset`?");
    assert!(help("https://a.org").contains("quotation marks"));
}

#[test]
fn length_and_nesting_are_bounded() {
    let long = "é".repeat(MAX_BYTES);
    assert_eq!(Query::parse(&long).unwrap_err().code, "query-too-long");
    for open in ["(", "-", "NOT ", "-("] {
        let deep = open.repeat(MAX_BYTES / open.len() - 1) + "a";
        assert_eq!(Query::parse(&deep).unwrap_err().code, "query-too-deep");
    }
    let deep = format!("{}a b{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert!(Query::parse(&deep).is_ok());
}

#[test]
fn a_term_that_was_made_is_written_so_that_it_can_be_read() {
    for term in [
        Term::Word("two words".into()),
        Term::Word("OR".into()),
        Term::Word("title:x".into()),
        Term::Prefix("x".repeat(3) + "^"),
        Term::Phrase("a \"b\" c".into()),
    ] {
        let text = Query::Term(term).to_string();
        assert!(Query::parse(&text).is_ok(), "{text}");
    }
}

#[test]
fn ranges_hold_both_ends() {
    let Ok(Query::Date(range)) = Query::parse("date:2023..2024-02") else {
        panic!("a date range");
    };
    let day = |y, m, d| crate::model::Date::new(y, m, d).unwrap();
    assert!(range.contains(day(2023, 1, 1)) && range.contains(day(2024, 2, 29)));
    assert!(!range.contains(day(2022, 12, 31)) && !range.contains(day(2024, 3, 1)));
}

fn reads_back(query: &Query, mode: Mode) -> Result<(), TestCaseError> {
    let printed = query.to_string();
    let read = match mode {
        Mode::Search => Query::parse(&printed),
        Mode::Rule => Query::parse_rule(&printed),
    };
    prop_assert_eq!(read.as_ref(), Ok(query), "{}", printed);
    Ok(())
}

fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(?s).{0,6}",
        "[a-z]{1,3}",
        prop::sample::select(vec![
            " ",
            " OR ",
            " AND ",
            "NOT ",
            "-",
            "(",
            ")",
            "\"",
            "“",
            "*",
            "^",
            "^2",
            ":",
            "title:",
            "topic:",
            "year:",
            "2024",
            "..",
            "2020",
            "date:",
            "2024-05",
            "id:",
            "arxiv:2403.03507",
            "2403.03507",
            "doi:",
            "10.1145/a(b)1",
            "https://arxiv.org/abs/2403.03507v1",
            "citations:",
            ">=",
            "<",
            "7",
            "has:",
            "code",
            "Titel:",
            "OR",
            "é",
            "C++",
            "\u{0}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn queries() -> impl Strategy<Value = Query> {
    let terms = || {
        prop_oneof![
            "[a-z][a-z0-9:+#-]{0,6}"
                .prop_filter("no field", |t| super::cursor::is_plain_word(t, false))
                .prop_map(Term::Word),
            "[a-z]{2,6}".prop_map(Term::Prefix),
            Just(Term::Prefix("OR".into())),
            "[a-zA-Z:*^()-]{1,4} [a-z]{0,4}".prop_map(Term::Phrase),
        ]
        .prop_map(Query::Term)
    };
    let grow = |leaf: BoxedStrategy<Query>| {
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::And),
                prop::collection::vec(inner.clone(), 2..4).prop_map(Query::Or),
                inner.clone().prop_map(|q| Query::Not(Box::new(q))),
                (inner, 1u32..10_000)
                    .prop_map(|(q, w)| Query::Weight(Box::new(q), f64::from(w) / 100.0)),
            ]
        })
    };
    let fields = prop::sample::select(vec![Field::TITLE, Field::AUTHOR, field("category")]);
    let in_field = (fields, grow(terms().boxed()))
        .prop_map(|(field, inner)| Query::In(field, Box::new(inner)));
    let years = (1i16..3000, 0i16..50).prop_map(|(from, more)| {
        Query::Year(YearRange {
            from: Some(from),
            to: (more > 10).then_some(from + more),
        })
    });
    let ids = "[a-z]{2,5}:[a-z0-9()*^./-]{1,9}"
        .prop_filter_map("an id", |text| PaperId::parse(&text).map(Query::Id));
    grow(prop_oneof![terms(), in_field, years, ids].boxed())
}

proptest! {
    #[test]
    fn any_text_is_an_error_or_a_query_that_reads_back(text in texts()) {
        for mode in [Mode::Search, Mode::Rule] {
            let read = match mode {
                Mode::Search => Query::parse(&text),
                Mode::Rule => Query::parse_rule(&text),
            };
            match read {
                Ok(query) => reads_back(&query, mode)?,
                Err(error) => prop_assert!(text.get(error.span).is_some()),
            }
        }
    }

    #[test]
    fn any_query_that_is_written_reads_back(query in queries()) {
        reads_back(&query, Mode::Rule)?;
    }
}
