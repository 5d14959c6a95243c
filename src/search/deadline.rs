//! How long an answer may take. When the time is up there is an error and no answer: some of the hits, or a count of some of
//! them, would pass for all. Whoever walks over many documents asks a [`Deadline`] now and then.

use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// What an archive may spend on one answer. By default, whatever it takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long it may take; `None` is as long as it takes.
    pub time: Option<Duration>,
}

impl Limits {
    /// So much time for an answer.
    #[must_use]
    pub const fn time(time: Duration) -> Self {
        Limits { time: Some(time) }
    }
}

/// How many documents may pass between two looks at the clock.
pub(crate) const DOCUMENTS: usize = 1 << 12;

/// When an answer must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    begin: Instant,
    time: Option<Duration>,
}

impl Deadline {
    /// From now on.
    pub(crate) fn new(limits: &Limits) -> Self {
        Deadline {
            begin: Instant::now(),
            time: limits.time,
        }
    }

    /// Looks at the clock, if there is a limit: some 30 ns.
    ///
    /// # Errors
    /// [`Error::TooLong`] when the time is up.
    pub(crate) fn check(&self) -> Result<()> {
        match self.time {
            Some(time) if self.begin.elapsed() >= time => Err(Error::TooLong(time)),
            _ => Ok(()),
        }
    }

    /// Looks at the clock at every [`DOCUMENTS`]th document.
    ///
    /// # Errors
    /// As [`Deadline::check`].
    pub(crate) fn check_at(&self, document: usize) -> Result<()> {
        if document.is_multiple_of(DOCUMENTS) {
            self.check()
        } else {
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_time_is_up_at_once_and_no_limit_never() {
        assert!(matches!(
            Deadline::new(&Limits::time(Duration::ZERO)).check(),
            Err(Error::TooLong(Duration::ZERO))
        ));
        assert!(Deadline::new(&Limits::default()).check().is_ok());
        let hour = Deadline::new(&Limits::time(Duration::from_secs(3600)));
        assert!(hour.check().is_ok() && hour.check_at(0).is_ok());
    }
}
