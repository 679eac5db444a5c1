//! Journal macros used in astronomy, from the list of the Astrophysics Data System
//! (aas_macros.sty): `\apj` is "The Astrophysical Journal".

/// The journal for a macro, with or without its backslash.
pub(super) fn name(macro_name: &str) -> Option<&'static str> {
    let name = macro_name.trim_start_matches('\\');
    let found = JOURNALS.iter().find(|(short, _)| *short == name);
    found.map(|(_, journal)| *journal)
}

/// The journal of a field that consists of a macro: `\apj`, `{\apj}`, `\apj{}`.
pub(super) fn in_field(field: &str) -> Option<&'static str> {
    let inner = field.trim().trim_matches(['{', '}', ' ']);
    inner.strip_prefix('\\').and_then(name)
}

const JOURNALS: [(&str, &str); 83] = [
    ("aap", "Astronomy & Astrophysics"),
    ("aapr", "Astronomy and Astrophysics Review"),
    ("aaps", "Astronomy and Astrophysics Supplement Series"),
    ("aas", "American Astronomical Society Meeting Abstracts"),
    ("actaa", "Acta Astronomica"),
    ("afz", "Astrofizika"),
    ("aj", "The Astronomical Journal"),
    ("ao", "Applied Optics"),
    ("apj", "The Astrophysical Journal"),
    ("apjl", "The Astrophysical Journal Letters"),
    ("apjlett", "The Astrophysical Journal Letters"),
    ("apjs", "The Astrophysical Journal Supplement Series"),
    ("apjsupp", "The Astrophysical Journal Supplement Series"),
    ("aplett", "Astrophysics Letters and Communications"),
    ("applopt", "Applied Optics"),
    ("apspr", "Astrophysics and Space Physics Research"),
    ("apss", "Astrophysics and Space Science"),
    ("araa", "Annual Review of Astronomy and Astrophysics"),
    ("arep", "Astronomy Reports"),
    (
        "aspc",
        "Astronomical Society of the Pacific Conference Series",
    ),
    ("astap", "Astronomy & Astrophysics"),
    ("azh", "Astronomicheskii Zhurnal"),
    ("baas", "Bulletin of the American Astronomical Society"),
    (
        "bac",
        "Bulletin of the Astronomical Institutes of Czechoslovakia",
    ),
    (
        "bain",
        "Bulletin of the Astronomical Institutes of the Netherlands",
    ),
    ("caa", "Chinese Astronomy and Astrophysics"),
    ("cjaa", "Chinese Journal of Astronomy and Astrophysics"),
    ("cqg", "Classical and Quantum Gravity"),
    (
        "dps",
        "AAS/Division for Planetary Sciences Meeting Abstracts",
    ),
    ("epsl", "Earth and Planetary Science Letters"),
    ("expa", "Experimental Astronomy"),
    ("fcp", "Fundamentals of Cosmic Physics"),
    ("gca", "Geochimica et Cosmochimica Acta"),
    ("grl", "Geophysical Research Letters"),
    ("iaucirc", "International Astronomical Union Circular"),
    ("iauproc", "International Astronomical Union Proceedings"),
    ("icarus", "Icarus"),
    (
        "jaavso",
        "Journal of the American Association of Variable Star Observers",
    ),
    ("jcap", "Journal of Cosmology and Astroparticle Physics"),
    ("jcp", "The Journal of Chemical Physics"),
    ("jgr", "Journal of Geophysical Research"),
    ("joss", "Journal of Open Source Software"),
    (
        "jqsrt",
        "Journal of Quantitative Spectroscopy and Radiative Transfer",
    ),
    (
        "jrasc",
        "Journal of the Royal Astronomical Society of Canada",
    ),
    ("lrr", "Living Reviews in Relativity"),
    ("lrsp", "Living Reviews in Solar Physics"),
    ("maps", "Meteoritics & Planetary Science"),
    ("memras", "Memoirs of the Royal Astronomical Society"),
    ("memsai", "Memorie della Società Astronomica Italiana"),
    ("mnras", "Monthly Notices of the Royal Astronomical Society"),
    ("na", "New Astronomy"),
    ("nar", "New Astronomy Reviews"),
    ("nat", "Nature"),
    ("nphysa", "Nuclear Physics A"),
    (
        "pasa",
        "Publications of the Astronomical Society of Australia",
    ),
    ("pasj", "Publications of the Astronomical Society of Japan"),
    (
        "pasp",
        "Publications of the Astronomical Society of the Pacific",
    ),
    ("physrep", "Physics Reports"),
    ("physscr", "Physica Scripta"),
    ("planss", "Planetary and Space Science"),
    ("pra", "Physical Review A"),
    ("prb", "Physical Review B"),
    ("prc", "Physical Review C"),
    ("prd", "Physical Review D"),
    ("pre", "Physical Review E"),
    ("prl", "Physical Review Letters"),
    ("procspie", "Proceedings of the SPIE"),
    ("psj", "The Planetary Science Journal"),
    (
        "qjras",
        "Quarterly Journal of the Royal Astronomical Society",
    ),
    ("raa", "Research in Astronomy and Astrophysics"),
    ("rmp", "Reviews of Modern Physics"),
    ("rmxaa", "Revista Mexicana de Astronomía y Astrofísica"),
    (
        "rnaas",
        "Research Notes of the American Astronomical Society",
    ),
    ("rpph", "Reports on Progress in Physics"),
    ("sci", "Science"),
    ("skytel", "Sky and Telescope"),
    ("solphys", "Solar Physics"),
    ("sovast", "Soviet Astronomy"),
    (
        "spie",
        "Society of Photo-Optical Instrumentation Engineers Conference Series",
    ),
    ("ssr", "Space Science Reviews"),
    ("za", "Zeitschrift für Astrophysik"),
    ("zap", "Zeitschrift für Astrophysik"),
    ("zhetf", "Zhurnal Eksperimentalnoi i Teoreticheskoi Fiziki"),
];
