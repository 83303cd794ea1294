//! Tables of text, as spreadsheets and form tools write them: a header and
//! rows, parted by commas, semicolons or tabs, in quotes where a cell needs it.

use csv::ReaderBuilder;

/// Columns of the widest table.
const MOST_COLUMNS: usize = 10_000;

/// A table of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextTable {
    /// What parts the cells.
    pub(crate) delimiter: u8,
    pub(crate) header: Vec<String>,
    /// Each with the line it stands on, from 1.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

/// Reads a table. Cells lose the blanks around them; blank rows are left out.
///
/// # Errors
/// Why the text is none.
pub(crate) fn read(text: &str) -> Result<TextTable, String> {
    let (delimiter, mut rows) = records(text)?;
    for (_, cells) in &mut rows {
        cells.iter_mut().for_each(|cell| *cell = cell.trim().to_owned());
    }
    rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
    if rows.is_empty() {
        return Err("it is empty; a table has a header".to_owned());
    }
    let (_, header) = rows.remove(0);
    Ok(TextTable { delimiter, header, rows })
}

/// All rows as they stand there, blank cells and blanks around them included, and
/// what parts the cells.
///
/// # Errors
/// Why the text is no table.
pub(crate) fn as_they_stand(text: &str) -> Result<(u8, Vec<Vec<String>>), String> {
    let (delimiter, rows) = records(text)?;
    Ok((delimiter, rows.into_iter().map(|(_, cells)| cells).collect()))
}

/// A row of cells, and the line it stands on.
type Record = (u64, Vec<String>);

fn records(text: &str) -> Result<(u8, Vec<Record>), String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let delimiter = delimiter(text);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.byte_records() {
        let record = record.map_err(|error| error.to_string())?;
        if record.len() > MOST_COLUMNS {
            return Err(format!("it has more than {MOST_COLUMNS} columns"));
        }
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned());
        rows.push((line, cells.collect()));
    }
    Ok((delimiter, rows))
}

/// What parts the cells of the first line that has some.
pub(crate) fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in first.bytes() {
        is_quoted ^= byte == b'"';
        for (delimiter, count) in &mut counts {
            *count += usize::from(!is_quoted && byte == *delimiter);
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(delimiter, _)| *delimiter)
}

/// Writes a row, each cell in quotes where it needs them.
pub(crate) fn write<'c>(cells: impl IntoIterator<Item = &'c str>, delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let cells = cells.into_iter().map(str::as_bytes);
    // Memory takes everything.
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula: one that would begin one gets
/// an apostrophe in front of it. Numbers stay numbers.
pub(crate) fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    let acts = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%'])
        || cell.starts_with(char::is_control);
    if acts && cell.trim().parse::<f64>().is_err() {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_every_program_are_read() {
        for (text, delimiter) in [
            ("id,z1_in\nada,\"-0,53\"\n", b','),
            ("\u{feff}id;z1_in\r\nada;-0,53\r\n\r\n", b';'),
            ("\nid\tz1_in\nada\t-0,53", b'\t'),
        ] {
            let rows = read(text).unwrap();
            assert_eq!(rows.delimiter, delimiter, "{text}");
            assert_eq!(rows.header, ["id", "z1_in"]);
            assert_eq!(rows.rows.len(), 1);
            assert_eq!(rows.rows[0].1, ["ada", "-0,53"]);
        }
        assert!(read(" \n").is_err());
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=cmd()", "+1+cmd", "-cmd", "@SUM(1)", " =1", "\t=1", "|x", "-0.5-1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["-0.53", "+1", "Ada", "", "1e-5", "NO-BIAS"] {
            assert_eq!(guarded(cell), cell);
        }
        assert_eq!(write(["a", "b\"c", "d,e"], b','), b"a,\"b\"\"c\",\"d,e\"\n");
    }
}
