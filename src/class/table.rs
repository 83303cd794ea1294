//! A table with a row per student: columns of who it is, and columns of
//! quantities, as form tools and spreadsheets write them.

use super::entry::{Content, SheetEntry, Who};
use crate::name::Name;
use crate::network::Network;
use crate::source::record;
use crate::source::rows::TextTable;
use crate::text::brief;

/// Quantities that a table has at least, to be one of a class.
const LEAST: usize = 2;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Column {
    Quantity(Name),
    Id,
    Name,
    FirstName,
    LastName,
    Login,
    Email,
    /// Something else.
    Other,
}

/// What the columns of people are called, in lower case, letters and digits only.
const PEOPLE: [(&str, Column); 33] = [
    ("id", Column::Id),
    ("sid", Column::Id),
    ("studentid", Column::Id),
    ("idnumber", Column::Id),
    ("studentnumber", Column::Id),
    ("matriculationnumber", Column::Id),
    ("matrikelnummer", Column::Id),
    ("matrikelnr", Column::Id),
    ("sisuserid", Column::Id),
    ("identifier", Column::Id),
    ("student", Column::Name),
    ("name", Column::Name),
    ("yourname", Column::Name),
    ("studentname", Column::Name),
    ("fullname", Column::Name),
    ("firstname", Column::FirstName),
    ("vorname", Column::FirstName),
    ("lastname", Column::LastName),
    ("surname", Column::LastName),
    ("nachname", Column::LastName),
    ("login", Column::Login),
    ("loginid", Column::Login),
    ("sisloginid", Column::Login),
    ("user", Column::Login),
    ("username", Column::Login),
    ("uid", Column::Login),
    ("benutzername", Column::Login),
    ("email", Column::Email),
    ("mail", Column::Email),
    ("emailaddress", Column::Email),
    ("mailaddress", Column::Email),
    ("youremail", Column::Email),
    ("emailadresse", Column::Email),
];

/// The entries of a table with a row per student, and the columns that nothing is
/// read from; none if it is no such table.
pub(super) fn entries(
    table: &TextTable,
    network: &Network,
    place: &str,
) -> Option<(Vec<SheetEntry>, Vec<String>)> {
    let columns: Vec<Column> = table.header.iter().map(|title| column(title, network)).collect();
    let quantities = columns.iter().filter(|column| matches!(column, Column::Quantity(_))).count();
    if quantities < LEAST {
        return None;
    }
    let titles = table.header.iter().zip(&columns);
    let unread = titles.filter(|(title, column)| **column == Column::Other && !title.is_empty());
    let unread = unread.map(|(title, _)| brief(title, 60)).collect();
    let entry = |(line, cells): &(u64, Vec<String>)| SheetEntry {
        who: who(&columns, cells, *line),
        place: format!("{place}:{line}"),
        content: Content::Answers(answers(&columns, cells, network)),
    };
    Some((table.rows.iter().map(entry).collect(), unread))
}

fn column(title: &str, network: &Network) -> Column {
    let letters: String =
        title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if let Some((_, column)) = PEOPLE.iter().find(|(known, _)| *known == letters) {
        return *column;
    }
    quantity(title, network).map_or(Column::Other, Column::Quantity)
}

/// The quantity that a title is about: its name alone, or the one name in a
/// question such as `3. What is z1_in? [1 point]`.
fn quantity(title: &str, network: &Network) -> Option<Name> {
    let naming = network.naming();
    let known =
        |text: &str| naming.read(text).filter(|name| network.has(*name) && !name.is_given());
    let is_end = |c: char| c.is_whitespace() || "?:=,;[]\"'`".contains(c);
    if let Some(name) = known(title.trim_matches(is_end)) {
        return Some(name);
    }
    // One letter in a sentence is rarely a quantity.
    let words = title.split(is_end).filter(|word| word.chars().count() > 1);
    let mut names = words.filter_map(known);
    let first = names.next()?;
    names.all(|name| name == first).then_some(first)
}

fn who(columns: &[Column], cells: &[String], line: u64) -> Who {
    let cell = |wanted: Column| {
        let found =
            columns.iter().zip(cells).find(|(column, cell)| **column == wanted && !cell.is_empty());
        found.map(|(_, cell)| cell.as_str())
    };
    let (first, last) = (cell(Column::FirstName), cell(Column::LastName));
    let parts: Vec<&str> = first.into_iter().chain(last).collect();
    let name = cell(Column::Name).map(str::to_owned);
    let name = name.or((!parts.is_empty()).then(|| parts.join(" ")));
    let id = [Column::Id, Column::Login, Column::Email].into_iter().find_map(cell);
    let id = id.or(name.as_deref()).map_or_else(|| format!("line {line}"), str::to_owned);
    let mut who = Who::of_id(&id);
    Who::learn(&mut who.student, name.as_deref().unwrap_or_default());
    Who::learn(&mut who.login, cell(Column::Login).unwrap_or_default());
    Who::learn(&mut who.email, cell(Column::Email).unwrap_or_default());
    who
}

fn answers(columns: &[Column], cells: &[String], network: &Network) -> String {
    let naming = network.naming().ours();
    let named = columns.iter().zip(cells).filter_map(|(column, cell)| {
        let Column::Quantity(name) = column else { return None };
        Some((naming.plain(*name), cell.as_str()))
    });
    let named: Vec<(String, &str)> = named.collect();
    record::object(named.iter().map(|(name, cell)| (name.as_str(), *cell)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::rows;

    #[test]
    fn what_a_form_tool_writes_is_read() {
        let scenario = crate::scenario::load("xor").unwrap();
        let text = "Timestamp,Email Address,First name,Last name,1. What is z1_in?,δ1 =,f_out\n\
                    2026-11-01,ada@uni.example,Ada,Lovelace,\"-0,53\",0.0024,\n";
        let table = rows::read(text).unwrap();
        let (entries, unread) = entries(&table, &scenario.network, "form.csv").unwrap();
        assert_eq!(unread, ["Timestamp"]);
        let [entry] = &entries[..] else { panic!("{entries:?}") };
        assert_eq!(entry.who.id, "ada@uni.example");
        assert_eq!(entry.who.student.as_deref(), Some("Ada Lovelace"));
        assert_eq!(entry.place, "form.csv:2");
        let expected = r#"{"z1_in":"-0,53","dL/dz1_in":"0.0024","f_out":""}"#;
        assert_eq!(entry.content, Content::Answers(expected.to_owned()));
    }

    #[test]
    fn a_sheet_with_names_and_values_is_no_class() {
        let scenario = crate::scenario::load("xor").unwrap();
        let table = rows::read("name,value\nz1_in,-0.53\n").unwrap();
        assert!(entries(&table, &scenario.network, "ada.csv").is_none());
    }
}
