//! Details: data that only some queries need, in separate files that are the same in both
//! containers: the columns of fields that are not facets, identifiers, and people.

use std::collections::BTreeMap;

use serde::Serialize;

use super::build::File;
use super::columns::further_columns;
use super::identifiers::{IdNames, id_files};
use super::people::{PeopleNames, Person, people_files};
use super::values::Gathered;

/// The details' part of the root.
#[derive(Serialize)]
pub(super) struct Details {
    /// The hashes of columns by field; a field that no paper has is left out.
    columns: BTreeMap<String, String>,
    ids: IdNames,
    people: PeopleNames,
}

/// The files of the details and their names.
pub(super) fn details(gathered: &Gathered<'_>, people: &[Person<'_>]) -> (Vec<File>, Details) {
    let (mut files, columns) = further_columns(gathered);
    let (id_files, ids) = id_files(&gathered.ids);
    files.extend(id_files);
    let (people_files, people) = people_files(people);
    files.extend(people_files);
    let details = Details {
        columns,
        ids,
        people,
    };
    (files, details)
}
