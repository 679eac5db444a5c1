use super::*;
use crate::prose::{Options, read};

#[test]
fn every_rule_has_a_name_of_its_own_and_its_example_holds() {
    let rules = repairs();
    for (at, rule) in rules.iter().enumerate() {
        assert!(rules[..at].iter().all(|other| other.name != rule.name));
        let (damaged, plain) = rule.example;
        if damaged.is_empty() {
            continue;
        }
        let reading = read(damaged, &Options::default());
        assert_eq!(reading.plain(), plain, "{}", rule.name);
        assert!(
            reading.repairs().iter().any(|made| made.rule == rule.name),
            "{}",
            rule.name
        );
        let off = Options {
            repairs_off: [rule.name.to_owned()].into(),
        };
        let left = read(damaged, &off);
        assert!(left.repairs().iter().all(|made| made.rule != rule.name));
    }
}
