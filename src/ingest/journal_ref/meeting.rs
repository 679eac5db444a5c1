//! Distinguishes conference proceedings from journals called "Proceedings".

/// Whether a reference is to a conference volume. Some journals are called
/// "Proceedings" too.
pub(super) fn is_proceedings(text: &str) -> bool {
    const JOURNALS: [&str; 19] = [
        "national academy",
        "natl",
        "nat. acad",
        "royal",
        "roy. soc",
        "roy.soc",
        "r. soc",
        "mathematical society",
        "math. soc",
        "math.soc",
        "american",
        "amer. math",
        "vldb endow",
        "acm program",
        "acm hum",
        "acm on ",
        "of the ieee",
        "physical society",
        "steklov",
    ];
    const MEETINGS: [&str; 9] = [
        "proceedings",
        "conference",
        "workshop",
        "symposium",
        "advances in neural information",
        "lecture notes in",
        "proc.",
        "proc ",
        "findings of",
    ];
    const ACRONYMS: [&str; 42] = [
        "NeurIPS",
        "NIPS",
        "ICML",
        "ICLR",
        "CVPR",
        "ICCV",
        "ECCV",
        "WACV",
        "BMVC",
        "ACL",
        "EMNLP",
        "NAACL",
        "EACL",
        "COLING",
        "AAAI",
        "IJCAI",
        "KDD",
        "WWW",
        "SIGIR",
        "CIKM",
        "WSDM",
        "COLT",
        "AISTATS",
        "UAI",
        "ICRA",
        "IROS",
        "RSS",
        "CoRL",
        "INTERSPEECH",
        "ICASSP",
        "MICCAI",
        "CHI",
        "PMLR",
        "LNCS",
        "EPTCS",
        "LIPIcs",
        "STOC",
        "FOCS",
        "SODA",
        "PLDI",
        "POPL",
        "AAMAS",
    ];
    let lower = text.to_lowercase();
    // "Proceedings of the IEEE" is a journal; proceedings of an IEEE conference are
    // not.
    let is_meeting = ["conference", "symposium", "workshop"]
        .iter()
        .any(|word| lower.contains(word));
    if !is_meeting && JOURNALS.iter().any(|name| lower.contains(name)) {
        return false;
    }
    // "J. Phys. Conf. Ser." is a journal of proceedings, with volumes and pages.
    let first = lower.trim_start_matches("in: ").trim_start_matches("in ");
    MEETINGS.iter().any(|word| first.contains(word))
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| ACRONYMS.contains(&word.trim_end_matches(|c: char| c.is_ascii_digit())))
}
