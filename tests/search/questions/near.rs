//! Proximities and `ATLEAST` in random queries, in each other as deep as is allowed.

use super::Questions;
use super::words::Spot;

impl<'a> Questions<'a> {
    /// A proximity, or an `ATLEAST` of what may stand in one.
    pub(super) fn counted_or_near(&mut self, spot: Spot<'a>) -> String {
        let depth = 1 + self.dice.below(self.deepest);
        if self.dice.chance(70) {
            return self.near(spot, depth);
        }
        let count = 1 + self.dice.below(5);
        let depth = self.dice.below(depth + 1);
        format!("ATLEAST{count}({})", self.side(spot, depth))
    }

    /// Two sides that stand near each other in an article. Without brackets round it, nor round its left side sometimes.
    fn near(&mut self, spot: Spot<'a>, depth: usize) -> String {
        let (name, reach) = self.operator();
        let other = self.beside(spot, reach);
        let left_depth = self.dice.below(depth);
        let right_depth = self.dice.below(depth);
        let left = if left_depth > 0 && self.dice.chance(50) {
            self.near(spot, left_depth)
        } else {
            self.side(spot, left_depth)
        };
        let right = self.side(other, right_depth);
        format!("{left} {name} {right}")
    }

    /// What may stand on a side of a proximity.
    fn side(&mut self, spot: Spot<'a>, depth: usize) -> String {
        match self.dice.below(10) {
            0..2 => {
                let other = self.beside(spot, 20);
                let depth = depth.saturating_sub(1);
                format!(
                    "({} OR {})",
                    self.side(spot, depth),
                    self.side(other, depth)
                )
            }
            2..8 if depth > 0 => format!("({})", self.near(spot, depth)),
            _ => self.text_leaf(spot),
        }
    }

    /// An operator, and how far apart its sides may be taken from.
    fn operator(&mut self) -> (String, usize) {
        let not = if self.dice.chance(20) { "NOT " } else { "" };
        let name = self.dice.pick(&["W", "W", "W", "PRE"]);
        match self.dice.below(20) {
            0..3 => (format!("{not}{name}/S"), 10),
            3..5 => (format!("{not}{name}/P"), 30),
            5 => (format!("{not}{name}/50"), 60),
            _ => {
                let most = 1 + self.dice.below(12);
                (format!("{not}{name}/{most}"), most + 2)
            }
        }
    }
}
