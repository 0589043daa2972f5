//! Columns that are as wide as their contents.

/// The cells of a row, in the order of [`COLUMNS`].
pub(super) type Cells = [String; 9];

/// Which columns are shown.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shown {
    /// `Netid`
    pub(super) netid: bool,
    /// `State`
    pub(super) state: bool,
}

struct Column {
    header: &'static str,
    /// Text before the column, unless it is the first.
    delimiter: &'static str,
    right: bool,
}

const COLUMNS: [Column; 9] = [
    Column { header: "Netid", delimiter: "", right: false },
    Column { header: "State", delimiter: " ", right: false },
    Column { header: "Recv-Q", delimiter: " ", right: false },
    Column { header: "Send-Q", delimiter: " ", right: false },
    Column { header: "Local Address:", delimiter: " ", right: true },
    Column { header: "Port", delimiter: "", right: false },
    Column { header: "Peer Address:", delimiter: " ", right: true },
    Column { header: "Port", delimiter: "", right: false },
    Column { header: "Process", delimiter: "", right: false },
];

/// All rows, below a header line if wanted.
pub(super) fn render(rows: &[Cells], shown: Shown, header: bool) -> String {
    let headers: Cells = COLUMNS.map(|column| column.header.to_owned());
    let lines: Vec<&Cells> = std::iter::once(&headers).filter(|_| header).chain(rows).collect();
    let enabled = |at: usize| match at {
        0 => shown.netid,
        1 => shown.state,
        _ => true,
    };
    // The last cell of all has not been measured when the columns are placed.
    let measured =
        |at: usize| if at + 1 == COLUMNS.len() { lines.len().saturating_sub(1).max(1) } else { lines.len() };
    let width = |at: usize| {
        let cells = lines.iter().take(measured(at)).filter_map(|cells| cells.get(at));
        cells.map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..COLUMNS.len()).map(|at| width(at).unwrap_or(0)).collect();
    let mut out = String::new();
    for cells in &lines {
        let mut first = true;
        for (at, ((cell, column), width)) in cells.iter().zip(&COLUMNS).zip(&widths).enumerate() {
            if !enabled(at) || *width == 0 {
                continue;
            }
            if !first {
                out += column.delimiter;
            }
            first = false;
            let blanks = " ".repeat(width.saturating_sub(cell.chars().count()));
            let (before, after) = if column.right { (blanks.as_str(), "") } else { ("", blanks.as_str()) };
            out += before;
            out += cell;
            out += after;
        }
        out.push('\n');
    }
    out
}
