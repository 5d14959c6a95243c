//! Reads plain text (placeholder).
use super::{Head, Input, Rejection, Sink};
pub(super) fn sniff(_head: &Head<'_>) -> u8 {
    0
}
pub(super) fn read(_input: &mut Input<'_>, _sink: &mut Sink<'_>) -> Result<(), Rejection> {
    Ok(())
}
