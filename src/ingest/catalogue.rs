//! Tables exported from catalogues: Scopus, PubMed, Web of Science, Google Scholar,
//! IEEE Xplore, Dimensions, Lens, Zotero and others. They have column headings of
//! their own, and some columns have to be combined.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::affiliation::Way;
use super::columns::Columns;
use super::named::Members;
use super::registry::registered;
use super::{cell, tagged, value};
use crate::model::PublicationKind;
use crate::text::unguard_formula;

/// What a column holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heading {
    /// A field by its own name, or an unknown column.
    Plain(String),
    /// A catalogue's name for a field, and its position in the list of such names;
    /// the first is the most likely.
    Known(&'static str, usize),
    /// Part of a field.
    Part(&'static str),
    /// The authors' affiliations.
    Places(Way),
    /// Nothing about the paper.
    Empty,
}

/// Fields by the names catalogues use, most likely first. Matching ignores case and
/// everything but letters and digits.
const NAMES: &[(&str, &str)] = &[
    ("title", "articletitle documenttitle itemtitle worktitle chaptertitle"),
    (
        "authors",
        "authorshipsauthordisplayname authorshipsrawauthorname authorsdisplayname authorsname",
    ),
    ("editors", "bookeditors volumeeditors"),
    ("year", "yearofpublication yearpublished publishedyear copyrightyear"),
    (
        "published",
        "issuedate coverdate dateofpublication publicationdateprint publicationdateonline onlinedate",
    ),
    (
        "venue",
        "sourcetitle journalbook journaltitle journalname publicationname publication anthologytitle
         conferencetitle conferencename proceedingstitle venuename pubtitle periodical journalconference
         primarylocationsourcedisplayname hostvenuedisplayname publicationvenuename source",
    ),
    (
        "keywords",
        "authorkeywords keywordsauthor authkeywords manualtags keywordsplus indexkeywords ieeeterms meshterms
         automatictags keywordsdisplayname",
    ),
    (
        "categories",
        "woscategories fieldsofresearchanzsrc2020 fieldsofresearch researchareas subjectcategories subjectcategory
         primarytopicdisplayname topicsdisplayname conceptsdisplayname",
    ),
    (
        "citations",
        "citedby timescitedwoscore timescited timescitedalldatabases citingworkscount articlecitationcount cites
         totalcitations gscitations",
    ),
    (
        "kind",
        "documenttype itemtype subtypedescription recordtype articletype pubtype contenttype worktype publicationtype
         publicationtypes",
    ),
    (
        "funding",
        "fundingdetails fundingorgs fundinginformation fundersdisplayname grantsfunderdisplayname
         awardsfunderdisplayname fundingnamepreferred fundingagency fundingtexts fundingtext fundingtext1",
    ),
    ("withdrawn", "isretracted"),
    ("language", "languageoforiginaldocument originallanguage"),
    ("doi", "itemdoi doinumber digitalobjectidentifier externalidsdoi idsdoi"),
    ("pmid", "idspmid externalidspubmed"),
    ("arxiv", "externalidsarxiv"),
    (
        "url",
        "articleurl sourcelinkout externalurl sourceurls documenturl itemurl
         primarylocationlandingpageurl dimensionsurl lensurl",
    ),
    (
        "pdf",
        "fulltexturl fulltextlink primarylocationpdfurl openaccesspdfurl bestoalocationpdfurl openaccessoaurl",
    ),
    ("publisher", "publishername"),
    ("series", "bookseriestitle seriestitle bookseries seriesname"),
    ("volume", "journalvolume volumeno volumenumber bibliovolume"),
    ("number", "journalissue issuenumber issueno issueidentifier biblioissue"),
    ("pages", "pagination pagerange journalpages"),
    ("license", "openaccesslicense primarylocationlicense bestoalocationlicense"),
];

/// Parts of fields.
const PARTS: &[(&str, &str)] = &[
    ("full names", "authorfullnames"),
    (
        "first page",
        "startpage pagestart firstpage beginpage beginningpage bibliofirstpage",
    ),
    (
        "last page",
        "endpage pageend lastpage endingpage bibliolastpage",
    ),
    ("article", "articlenumber artno articleno"),
    ("date", "publicationdate"),
    ("extra", "extra"),
];

/// Columns with affiliations. Those with one per author are preferred over lists.
const PLACES: &[(Way, &str)] = &[
    (Way::Orcids, "authorshipsauthororcid"),
    (
        Way::Barred,
        "authorshipsinstitutionsdisplayname institutions institutionsdisplayname",
    ),
    (Way::Barred, "authorshipsrawaffiliationstrings"),
    (Way::Behind, "authorswithaffiliations"),
    (Way::Before, "addresses authoraddresses"),
    (Way::Around, "authorsaffiliations"),
    (Way::Around, "authorsrawaffiliation"),
    (Way::Each, "authoraffiliations"),
];

/// Columns of OpenAlex and Semantic Scholar tables, with paths as headings, that we
/// have no field for.
const PATHS: [&str; 20] = [
    "abstract_inverted_index",
    "apc_list",
    "apc_paid",
    "authorships",
    "awards",
    "best_oa_location",
    "biblio",
    "citation_normalized_percentile",
    "cited_by_percentile_year",
    "concepts",
    "counts_by_year",
    "externalIds",
    "funders",
    "ids",
    "locations",
    "open_access",
    "primary_location",
    "primary_topic",
    "sustainable_development_goals",
    "topics",
];

/// Columns about the catalogue rather than the paper.
const EMPTY: &str = "eid authorsid authorids correspondenceaddress reprintaddresses \
    emailaddresses researcherids orcids citedreferences citedreferencecount referencecount references pagecount \
    numpages numberofpages issn eissn issns coden abbreviatedsourcetitle journalabbreviation \
    journalisoabbreviation publicationstage openaccess openaccessdesignations highlycitedstatus hotpaperstatus \
    dateofexport utuniquewosid idsnumber webofscienceindex 180dayusagecount since2013usagecount partnumber \
    supplement specialissue meetingabstract earlyaccessdate publishercity publisheraddress conferencedate \
    conferencelocation conferencesponsor conferencehost conferencecode citation firstauthor createdate pmcid nihmsid \
    dateadded datemodified shorttitle librarycatalog callnumber fileattachments linkattachments \
    dateaddedtoxplore patentcitationcount documentidentifier meetingdate publicationid lensid microsoftacademicid \
    citingpatentscount isopenaccess openaccesscolour sourcecountry gsrank querydate ecc citesperyear citesperauthor \
    authorcount age citesurl citationurl relatedurl bookauthorfullnames bookgroupauthors doilink bookdoi gridids affiliations \
    acknowledgements correspondingauthors altmetric rcr fcr rank recentcitations sustainabledevelopmentgoals location \
    influentialcitationcount collaborations chemicals";

/// What a heading means. The settings come first, then catalogue names.
pub(super) fn heading(name: &str, columns: &Columns) -> Heading {
    let plain = || Heading::Plain(name.to_owned());
    if columns.get(name).is_some_and(|(_, rank)| rank == 0) {
        return plain();
    }
    let folded = folded(name);
    // Programs that number rows leave that column's heading empty.
    if folded.is_empty() || name.trim().starts_with("Unnamed:") {
        return Heading::Empty;
    }
    let find = |table: &[(&'static str, &str)]| {
        table.iter().find_map(|(field, names)| {
            let rank = names.split_whitespace().position(|known| known == folded)?;
            Some((*field, rank))
        })
    };
    if let Some((part, _)) = find(PARTS) {
        return Heading::Part(part);
    }
    let is = |names: &str| names.split_whitespace().any(|known| known == folded);
    if let Some((way, _)) = PLACES.iter().find(|(_, names)| is(names)) {
        return Heading::Places(*way);
    }
    let path = name.trim().split_once('.');
    match find(NAMES) {
        Some((field, rank)) => Heading::Known(field, rank),
        None if is(EMPTY) => Heading::Empty,
        None if path.is_some_and(|(head, _)| PATHS.contains(&head)) => Heading::Empty,
        None => plain(),
    }
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The values of a row, by field name.
pub(super) fn members<'a>(headings: &[Heading], cells: impl Iterator<Item = &'a str>) -> Members {
    let mut members = Members::new();
    let mut known: BTreeMap<&str, (usize, Value)> = BTreeMap::new();
    let mut parts: BTreeMap<&str, String> = BTreeMap::new();
    for (heading, cell) in headings.iter().zip(cells) {
        let cell = unguard_formula(cell);
        let found = cell::value(cell);
        if value::is_absent(&found) {
            continue;
        }
        match heading {
            Heading::Empty | Heading::Places(_) => {}
            // A dictionary rather than Zotero's lines.
            Heading::Part("extra") if found.is_object() => {
                members.push(("extra".to_owned(), found));
            }
            Heading::Part(part) => {
                parts.insert(part, cell.trim().to_owned());
            }
            Heading::Plain(name) => members.push((name.clone(), number(name, found))),
            // A dictionary with volume, pages and so on.
            Heading::Known("venue", _) if found.is_object() => {
                members.push(("publication".to_owned(), found));
            }
            Heading::Known("venue", _) if is_no_venue(cell) => {}
            Heading::Known(field, rank) => {
                let likelier = known.get(field).is_none_or(|(other, _)| rank < other);
                if likelier {
                    known.insert(field, (*rank, number(field, found)));
                }
            }
        }
    }
    let is_pubmed = headings.contains(&Heading::Known("venue", 1));
    let is_wos = headings.contains(&Heading::Places(Way::Before));
    for (field, (_, found)) in known {
        let has_own = members.iter().any(|(name, _)| folded(name) == field);
        if !has_own {
            let found = match field {
                "kind" => kind(found),
                "url" => first_word(found),
                "funding" => funding(found),
                "pmid" => last_part(found),
                "authors" | "keywords" | "categories" => barred(found),
                _ => found,
            };
            members.push((field.to_owned(), found));
        }
    }
    put_parts(&mut members, &parts);
    if is_wos {
        for (name, found) in &mut members {
            if matches!(folded(name).as_str(), "venue" | "publisher" | "series")
                && let Value::String(text) = found
            {
                *text = tagged::cased(text);
            }
        }
    }
    if is_pubmed {
        for (name, found) in &mut members {
            if folded(name) == "title"
                && let Value::String(title) = found
            {
                *title = tagged::pubmed_title(title);
            }
            if folded(name) == "authors"
                && let Value::String(names) = found
            {
                *found = pubmed_names(names);
            }
        }
    }
    members
}

/// The affiliation cells of a row, most likely last.
pub(super) fn places<'a>(
    headings: &[Heading],
    cells: impl Iterator<Item = &'a str>,
) -> Vec<(Way, &'a str)> {
    let mut places: Vec<(Way, &str)> = headings
        .iter()
        .zip(cells)
        .filter_map(|(heading, cell)| match heading {
            Heading::Places(way) if !cell.trim().is_empty() => Some((*way, cell)),
            _ => None,
        })
        .collect();
    // Cells that name the authors are preferred over those that rely on their
    // order.
    places.sort_by_key(|(way, _)| !matches!(way, Way::Orcids | Way::Barred));
    places
}

/// A number at the end of a URL.
fn last_part(found: Value) -> Value {
    match &found {
        Value::String(text) => {
            let last = text.trim_end_matches('/').rsplit('/').next();
            Value::from(last.unwrap_or_default())
        }
        _ => found,
    }
}

/// Values separated by bars, as in OpenAlex lists.
fn barred(found: Value) -> Value {
    match &found {
        Value::String(text) if text.contains('|') && !text.contains(';') => {
            let parts = text
                .split('|')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Value::from(parts.map(str::to_owned).collect::<Vec<_>>())
        }
        _ => found,
    }
}

/// Funders, each with grant numbers in brackets, or a sentence about funding.
fn funding(found: Value) -> Value {
    let Value::String(text) = barred(found.clone()) else {
        return barred(found);
    };
    let text = text
        .replace("(grant numbers:", " (")
        .replace("(Grant Number:", " (")
        .replace(", (", " (")
        .replace('[', "(")
        .replace(']', ")");
    let parts = text.split(';').map(crate::text::clean_line);
    Value::from(parts.filter(|part| !part.is_empty()).collect::<Vec<_>>())
}

/// "Lee A, Roe JA; Moss Study Group." of PubMed: people, then groups.
fn pubmed_names(text: &str) -> Value {
    let text = text.trim().trim_end_matches('.');
    let Some((people, groups)) = text.split_once(';') else {
        return Value::from(text);
    };
    let people = people.split(',').map(|name| Value::from(name.trim()));
    let groups = groups
        .split(';')
        .map(|name| json!({ "literal": name.trim() }));
    Value::Array(people.chain(groups).collect())
}

/// Combines fields that are spread over several columns.
fn put_parts(members: &mut Members, parts: &BTreeMap<&str, String>) {
    let has =
        |members: &Members, field: &str| members.iter().any(|(name, _)| folded(name) == field);
    let get = |part: &str| parts.get(part).map(|text| cell::whole(text));
    if let Some(names) = parts.get("full names") {
        members.retain(|(name, _)| folded(name) != "authors");
        members.push(("authors".to_owned(), Value::from(without_numbers(names))));
    }
    if !has(members, "pages") {
        let pages = match (get("first page"), get("last page")) {
            (Some(first), Some(last)) if first != last => Some(format!("{first}–{last}")),
            (Some(first), _) => Some(first.to_owned()),
            (None, _) => get("article").map(str::to_owned),
        };
        members.extend(pages.map(|pages| ("pages".to_owned(), Value::from(pages))));
    }
    if let Some(date) = get("date") {
        let said = members
            .iter()
            .find(|(name, _)| {
                matches!(
                    folded(name).as_str(),
                    "year" | "publicationyear" | "pubyear"
                )
            })
            .and_then(|(_, year)| value::line(year));
        let has_year = |text: &str| {
            text.split(|c: char| !c.is_ascii_digit())
                .any(|digits| digits.len() >= 4)
        };
        let date = match said {
            Some(year) if !has_year(date) => format!("{date} {year}"),
            _ => date.to_owned(),
        };
        members.retain(|(name, _)| name != "published");
        members.push(("published".to_owned(), Value::from(date)));
    }
    // Zotero stores what its form has no field for as lines of "Name: value".
    for line in parts.get("extra").map_or("", String::as_str).lines() {
        let line = line.trim();
        let first = line.split_whitespace().next().unwrap_or_default();
        let (name, text) = line.split_once(':').unwrap_or((line, ""));
        let field = match folded(name).as_str() {
            "doi" => "doi",
            "pmid" => "pmid",
            "citationkey" => "citation_key",
            "tldr" => "tldr",
            "comment" => "comment",
            _ if registered(first).is_some_and(|id| id.scheme() == "arxiv") => "arxiv",
            _ => continue,
        };
        let text = match field {
            "arxiv" => first,
            _ => text.trim(),
        };
        if !has(members, field) {
            members.push((field.to_owned(), Value::from(text)));
        }
    }
}

/// Fixes integers written as fractions, and dates that a spreadsheet wrote as day
/// numbers.
fn number(name: &str, found: Value) -> Value {
    const WHOLE: [&str; 7] = [
        "year", "volume", "number", "issue", "page", "pmid", "corpusid",
    ];
    let Value::String(text) = &found else {
        return found;
    };
    let name = folded(name);
    if WHOLE.iter().any(|known| name.contains(known)) {
        return Value::from(cell::whole(text));
    }
    let is_day = name.ends_with("date") || name.starts_with("publish") || name == "updated";
    let serial = cell::whole(text).trim().parse().ok();
    match serial.filter(|_| is_day).and_then(spreadsheet_day) {
        Some(day) => Value::from(day),
        None => found,
    }
}

/// A spreadsheet's day number, counted from the end of 1899, for dates from 1970 to
/// 2099. In a date column, a five-digit number cannot be anything else.
fn spreadsheet_day(serial: i64) -> Option<String> {
    if !(25_569..73_051).contains(&serial) {
        return None;
    }
    let start = jiff::civil::date(1899, 12, 30);
    let day = start.checked_add(jiff::Span::new().days(serial)).ok()?;
    Some(day.to_string())
}

/// Names and URLs of catalogues, which some exports have under "Source".
fn is_no_venue(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with("http")
        || [
            "Scopus",
            "Web of Science",
            "WoS",
            "PubMed",
            "MEDLINE",
            "IEEE Xplore",
            "Google Scholar",
            "Crossref",
            "Semantic Scholar",
            "OpenAlex",
        ]
        .iter()
        .any(|name| cell.eq_ignore_ascii_case(name))
}

/// The first of several kinds, such as "Article; Early Access".
fn kind(found: Value) -> Value {
    let Some(text) = value::line(&found) else {
        return found;
    };
    let spelled = |word: &str| match word.trim().to_lowercase().as_str() {
        "j" | "short survey" | "note" | "conference review" | "early access" => {
            Some(PublicationKind::Article)
        }
        "c" | "proceeding" | "conference proceedings article" | "conferencepaper" => {
            Some(PublicationKind::Proceedings)
        }
        _ => PublicationKind::parse(word),
    };
    match text.split([';', '|']).find_map(spelled) {
        Some(kind) => Value::from(kind.key()),
        None => found,
    }
}

/// The first of several URLs.
fn first_word(found: Value) -> Value {
    match &found {
        Value::String(text) => Value::from(text.split_whitespace().next().unwrap_or_default()),
        _ => found,
    }
}

/// "Doe, Jane (57190000000); …" without Scopus's author IDs.
fn without_numbers(names: &str) -> String {
    let bare = |name: &str| match name.trim().rsplit_once(" (") {
        Some((name, number))
            if number
                .trim_end_matches(')')
                .bytes()
                .all(|b| b.is_ascii_digit()) =>
        {
            name.to_owned()
        }
        _ => name.trim().to_owned(),
    };
    names.split(';').map(bare).collect::<Vec<_>>().join("; ")
}
