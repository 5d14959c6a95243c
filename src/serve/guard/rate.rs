//! How often one client may ask. A bucket of tokens for each (GCRA, by `governor`), filled at the rate and four seconds deep.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

/// A client that was away comes back with the right to so many seconds' requests at once: a page asks for several things.
const BURST: u32 = 4;
/// After so many requests, clients that have been away are forgotten.
const SWEEP: u32 = 4096;

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Counted {
    Key(String),
    Address(IpAddr),
}

/// Counts requests.
pub(super) struct Rate {
    limiter: RateLimiter<Counted, HashMapStateStore<Counted>, DefaultClock>,
    asked: AtomicU32,
}

impl Rate {
    /// Allows so many requests a second.
    pub(super) fn new(a_second: NonZeroU32) -> Self {
        let quota = Quota::per_second(a_second).allow_burst(
            a_second.saturating_mul(NonZeroU32::new(BURST).expect("four is not zero")),
        );
        Rate {
            limiter: RateLimiter::hashmap(quota),
            asked: AtomicU32::new(0),
        }
    }

    /// Counts a request, or says how long to wait before the next one.
    pub(super) fn count(&self, client: &Counted) -> Result<(), Duration> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter
            .check_key(client)
            .map_err(|until| until.wait_time_from(DefaultClock::default().now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_client_does_not_use_up_anothers_share() {
        let rate = Rate::new(NonZeroU32::new(1).unwrap());
        let client = |number: u8| Counted::Address([192, 0, 2, number].into());
        for _ in 0..BURST {
            assert_eq!(rate.count(&client(1)), Ok(()));
        }
        let wait = rate.count(&client(1)).unwrap_err();
        assert!(
            wait > Duration::ZERO && wait <= Duration::from_secs(1),
            "{wait:?}"
        );
        assert_eq!(rate.count(&client(2)), Ok(()));
        assert_eq!(rate.count(&Counted::Key("ann".into())), Ok(()));
    }

    #[test]
    fn those_who_are_away_are_forgotten() {
        let rate = Rate::new(NonZeroU32::new(1_000_000).unwrap());
        for number in 0..3 * SWEEP {
            let _ = rate.count(&Counted::Key(number.to_string()));
        }
        assert!(
            rate.limiter.len() < 2 * SWEEP as usize,
            "{}",
            rate.limiter.len()
        );
    }
}
