//! The stretches of one column → lines → blocks: paragraphs and headings, told by the size of the print, white and indents.

use super::content::Stretch;

/// A line of print.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
}

/// Lines that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<Line>,
}

impl Block {
    /// The size of its print.
    pub(super) fn size(&self) -> f64 {
        self.lines.iter().map(|line| line.size).fold(0.0, f64::max)
    }

    /// Whether all of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        self.lines.iter().all(|line| line.bold)
    }
}

/// The blocks of stretches of one column, which come from the top.
pub(super) fn blocks_of_column(stretches: Vec<Stretch>, blocks: &mut Vec<Block>) {
    let lines = lines(stretches);
    let leading = leading(&lines);
    let left = lines.iter().map(|it| it.left).fold(f64::MAX, f64::min);
    let right = lines.iter().map(|it| it.right).fold(f64::MIN, f64::max);
    let mut open = Block::default();
    for line in lines {
        if let Some(last) = open.lines.last() {
            let white = (last.base - line.base) > (leading * 1.35).max(line.size * 1.45);
            let other = (last.size / line.size - 1.0).abs() > 0.12 || last.bold != line.bold;
            let indent = line.size * 0.7;
            let indented = line.left > left + indent && last.left <= left + indent / 2.0;
            let ended = last.right < right - (right - left) * 0.2
                && last.text.ends_with(['.', '!', '?', '"', '”', '»', '。']);
            if white || other || indented || ended {
                blocks.push(std::mem::take(&mut open));
            }
        }
        open.lines.push(line);
    }
    if !open.lines.is_empty() {
        blocks.push(open);
    }
}

/// Puts together what stands on one line.
fn lines(stretches: Vec<Stretch>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut row: Vec<Stretch> = Vec::new();
    for stretch in stretches {
        let other = row
            .first()
            .is_some_and(|first| first.base - stretch.base > stretch.size.min(first.size) * 0.5);
        if other {
            lines.extend(line(std::mem::take(&mut row)));
        }
        row.push(stretch);
    }
    lines.extend(line(row));
    lines
}

fn line(mut row: Vec<Stretch>) -> Option<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    // The print that most of it is in.
    let most = row.iter().max_by_key(|stretch| stretch.text.len())?;
    let mut line = Line {
        text: String::new(),
        left: row.first()?.left,
        right: f64::MIN,
        base: most.base,
        size: most.size,
        bold: most.bold,
    };
    let mut before: Option<Stretch> = None;
    for stretch in row {
        if let Some(before) = &before {
            // Bold is often made by printing twice.
            if before.text == stretch.text && (stretch.left - before.left).abs() < line.size * 0.2 {
                continue;
            }
            if stretch.left - before.right > line.size * 0.12 {
                line.text.push(' ');
            }
        }
        line.text.push_str(&stretch.text);
        line.right = line.right.max(stretch.right);
        before = Some(stretch);
    }
    Some(line)
}

/// How far lines are apart, mostly.
fn leading(lines: &[Line]) -> f64 {
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .map(|pair| pair[0].base - pair[1].base)
        .collect();
    gaps.sort_by(f64::total_cmp);
    // Less than the half: headings and short paragraphs are far apart.
    gaps.get(gaps.len() / 3).copied().unwrap_or(0.0)
}
