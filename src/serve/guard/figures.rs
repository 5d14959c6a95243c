//! What the server has done, as figures for Prometheus: requests by route and status, their times, those refused and why.

use std::sync::atomic::AtomicI64;
use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

/// What the text is called that [`Figures::text`] writes.
pub(super) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Figures since the server began.
pub(super) struct Figures {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Family<Route, Histogram>,
    under_way: Gauge<i64, AtomicI64>,
    articles: Gauge<i64, AtomicI64>,
}

impl Figures {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("morgue");
        let answered = Family::<Answered, Counter>::default();
        // From half a millisecond to half a minute.
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.0005, 2.0, 17))
        });
        let (under_way, articles) = <(Gauge, Gauge)>::default();
        let version = Info::new(vec![("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "Which program this is", version);
        registry.register("requests", "Requests answered", answered.clone());
        registry.register_with_unit(
            "request",
            "From the head of a request to the head of its answer",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register(
            "requests_under_way",
            "Requests that wait for the head of their answer",
            under_way.clone(),
        );
        registry.register("articles", "Articles in the archive", articles.clone());
        Figures {
            registry,
            answered,
            seconds,
            under_way,
            articles,
        }
    }

    /// A request has come in. It is under way until what is given is dropped.
    pub(super) fn begin(&self) -> UnderWay {
        self.under_way.inc();
        UnderWay(self.under_way.clone())
    }

    /// A request has been answered. The route is the pattern of its path: paths are as many as there are articles.
    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.seconds
            .get_or_create(&Route {
                route: route.clone(),
            })
            .observe(took.as_secs_f64());
        self.answered
            .get_or_create(&Answered { route, status })
            .inc();
    }

    /// All of them in the text format of OpenMetrics 1.0, with how many articles there are now.
    pub(super) fn text(&self, articles: u64) -> String {
        self.articles
            .set(i64::try_from(articles).unwrap_or(i64::MAX));
        let mut text = String::new();
        text::encode(&mut text, &self.registry).expect("a string takes all that is written to it");
        text
    }
}

/// A request that is under way.
pub(super) struct UnderWay(Gauge<i64, AtomicI64>);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.dec();
    }
}
