//! How good the archive is, in figures: measured on the corpora beside the repository, tracked in a file beside each
//! measure. A figure that falls fails the test; `UPDATE_FIGURES=1` writes the new ones. Without the corpora nothing is
//! measured.

mod figures;
mod html;
mod language;
mod reading;
mod rejections;
mod wire;
