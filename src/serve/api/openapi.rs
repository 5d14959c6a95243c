//! What programs are told of the routes: OpenAPI 3.1, made of the handlers and their types, and of the tables of parameters,
//! outputs and suggestions. Its examples are true: `answers.json` is what the sample corpus answers to the values beside it, and a
//! test asks for it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::http::Uri;
use axum::response::Response;
use serde_json::{Value as Json, json};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{IntoParams, IntoResponses, OpenApi, PartialSchema, ToSchema};

use super::{answer, articles, export, search};
use crate::article::Article;
use crate::output::OUTPUTS;
use crate::search::{Marked, Suggests};
use crate::serve::feed::{self, FEEDS};
use crate::serve::params::{self, OF_A_PAGE, PARAMETERS, Value, of_the_query};
use crate::serve::problem::Problem;
use crate::text::edtf::Edtf;

#[derive(OpenApi)]
#[openapi(
    info(title = "morgue", description = "A newspaper's archive, to be searched and read. Nothing can be changed by these routes."),
    paths(
        search::search, search::post, search::explain, search::suggest, export::export, search::timeline, search::facets,
        articles::article, articles::versions, articles::difference, search::status, feed::followed, document,
    ),
    components(schemas(Problem, Article, Marked)),
    tags(
        (name = "search", description = "Articles that a query finds"),
        (name = "counts", description = "How many they are"),
        (name = "articles", description = "One article"),
        (name = "archive", description = "All of it"),
    )
)]
struct Api;

/// The document, made once.
static DOCUMENT: LazyLock<Json> = LazyLock::new(|| {
    let mut document = serde_json::to_value(Api::openapi()).unwrap_or_default();
    plain(&mut document);
    exemplify(&mut document);
    document
});

/// What each route answers to the examples of its parameters: by path and method, and then by media type.
const ANSWERS: &str = include_str!("answers.json");

/// Puts the answers beside what they answer.
fn exemplify(document: &mut Json) {
    let answers: BTreeMap<String, BTreeMap<String, BTreeMap<String, Json>>> =
        serde_json::from_str(ANSWERS).unwrap_or_default();
    for (path, operations) in answers {
        for (method, contents) in operations {
            let content = &mut document["paths"][&path][method]["responses"]["200"]["content"];
            for (media_type, answer) in contents {
                content[media_type]["example"] = answer;
            }
        }
    }
}

/// This description
///
/// OpenAPI 3.1, for programs that write clients and documentation.
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "archive",
    responses((status = 200, description = "An OpenAPI document", body = Object), Problems)
)]
pub(super) async fn document(uri: Uri) -> Result<Response, Problem> {
    params::none(&uri)?;
    Ok(answer(&*DOCUMENT)?)
}

/// Takes the links of our own documentation out of what is told to others: [`crate::Article::id`] is `Article::id` to them.
fn plain(value: &mut Json) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                match member {
                    Json::String(text) if name == "description" => {
                        *text = text.replace("[`", "`").replace("`]", "`");
                        *text = text.replace("`crate::", "`").replace("`super::", "`");
                    }
                    member => plain(member),
                }
            }
        }
        Json::Array(members) => members.iter_mut().for_each(plain),
        _ => {}
    }
}

impl ToSchema for Edtf {}

impl PartialSchema for Edtf {
    fn schema() -> RefOr<Schema> {
        let date = ObjectBuilder::new().schema_type(Type::String);
        date.description(Some("A date as precise as it is known: EDTF level 0"))
            .pattern(Some(
                r"^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?)?)?)?$",
            ))
            .examples(["1963", "1963-08", "1963-08-14", "1963-08-14T10:05:00+03:00"])
            .into()
    }
}

/// Every answer that is none.
pub(in crate::serve) struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let problem = |description: &str| {
            let schema = RefOr::Ref(Ref::from_schema_name("Problem"));
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response = ResponseBuilder::new().description(description);
            RefOr::T(
                response
                    .content("application/problem+json", content)
                    .build(),
            )
        };
        BTreeMap::from([
            (
                "304".into(),
                RefOr::T(
                    ResponseBuilder::new()
                        .description("As the `If-None-Match` of the request says")
                        .build(),
                ),
            ),
            (
                "400".into(),
                problem("The query or a parameter cannot be used; of a query, with the place"),
            ),
            (
                "4XX".into(),
                problem(
                    "There is no such article, it must not be read, or the request is no such request",
                ),
            ),
            (
                "503".into(),
                problem("It takes too long, or too much is asked at once: see `Retry-After`"),
            ),
            ("5XX".into(), problem("The archive cannot be read")),
        ])
    }
}

/// Every hit, as each of the outputs writes it.
pub(super) struct EveryHit;

impl IntoResponses for EveryHit {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let response = ResponseBuilder::new().description("Every hit, in the order of the search");
        as_text(response, OUTPUTS.iter().map(|output| output.media_type))
    }
}

/// An answer that is a text of one of these types.
fn as_text(
    mut response: ResponseBuilder,
    media_types: impl Iterator<Item = &'static str>,
) -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
    for media_type in media_types {
        // What is JSON among them has any form.
        let is_json = media_type.ends_with("json");
        let schema = (!is_json).then(text);
        response = response.content(media_type, ContentBuilder::new().schema(schema).build());
    }
    BTreeMap::from([("200".into(), RefOr::T(response.build()))])
}

/// An article, with the matches of a query or without: everything that one has, the other has too.
pub(super) struct ArticleOrMarked;

impl ToSchema for ArticleOrMarked {}

impl PartialSchema for ArticleOrMarked {
    fn schema() -> RefOr<Schema> {
        let either = ["Article", "Marked"].map(Ref::from_schema_name);
        let either = either
            .into_iter()
            .fold(AnyOfBuilder::new(), AnyOfBuilder::item);
        either.into()
    }
}

/// The parameters of a search: all of the table.
pub(super) struct Asked;

impl IntoParams for Asked {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        rows(|_| true)
    }
}

/// Those that say which articles are found.
pub(super) struct InArticles;

impl IntoParams for InArticles {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        rows(of_the_query)
    }
}

/// Those of an export.
pub(super) struct Exported;

impl IntoParams for Exported {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let outputs: Vec<_> = OUTPUTS
            .iter()
            .map(|output| format!("`{}`: {}", output.name, output.help))
            .collect();
        let help = format!("What is written. {}", outputs.join("; "));
        let names = OUTPUTS.iter().map(|output| output.name).collect();
        let mut all = rows(|name| !OF_A_PAGE.contains(&name));
        all.push(parameter(
            "format",
            &help,
            one_of(names),
            Some(json!("jsonl")),
        ));
        all
    }
}

/// Those of suggestions.
pub(super) struct Suggested;

impl IntoParams for Suggested {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let kinds = Suggests::ALL.iter().map(|kind| kind.name()).collect();
        vec![
            parameter(
                "q",
                "What has been typed: of words, the last one counts",
                text(),
                Some(json!("pris")),
            ),
            parameter(
                "kind",
                "What is suggested; words, where nothing is said",
                one_of(kinds),
                Some(json!("words")),
            ),
            parameter("limit", "How many at most", number(1, 100), Some(json!(5))),
        ]
    }
}

/// Which feed, and of what.
pub(in crate::serve) struct Followed;

impl IntoParams for Followed {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let names = FEEDS.iter().map(|feed| feed.name).collect();
        let name = ParameterBuilder::new()
            .name("name")
            .parameter_in(ParameterIn::Path);
        let name = name.required(Required::True).schema(Some(named(names)));
        let name = name.description(Some("What the feed is written in"));
        let mut all = rows(|_| true);
        all.push(name.example(Some(json!("atom"))).build());
        all
    }
}

/// The newest hits, as each of the feeds writes them.
pub(in crate::serve) struct Entries;

impl IntoResponses for Entries {
    fn responses() -> BTreeMap<String, RefOr<utoipa::openapi::Response>> {
        let response = ResponseBuilder::new().description("The newest articles of the query");
        let media_types = FEEDS.iter().map(|feed| feed.media_type);
        as_text(response, media_types)
    }
}

/// The id in a path.
pub(super) struct Id;

impl IntoParams for Id {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let id = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Path);
        let id = id.required(Required::True).schema(Some(text()));
        vec![
            id.description(Some("The id of the article, as searches give it"))
                .example(Some(json!("trm-2024-0311")))
                .build(),
        ]
    }
}

/// A version in a query.
pub(super) struct VersionNumber;

impl IntoParams for VersionNumber {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![parameter(
            "version",
            "The number of a version; not together with `q`",
            number(0, u32::MAX),
            None,
        )]
    }
}

/// Two versions.
pub(super) struct Between;

impl IntoParams for Between {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let version = |name, help, number_of| {
            let schema = number(0, u32::MAX);
            let mut parameter = parameter(name, help, schema, Some(json!(number_of)));
            parameter.required = Required::True;
            parameter
        };
        vec![
            version("from", "The number of the one", 1),
            version("to", "The number of the other", 2),
        ]
    }
}

/// Those rows of the table that are wanted.
fn rows(wanted: impl Fn(&str) -> bool) -> Vec<Parameter> {
    let rows = PARAMETERS.iter().filter(|row| wanted(row.name));
    let row = |row: &params::Parameter| {
        let schema = match row.value {
            Value::Text => text(),
            Value::OneOf(names) => one_of(names()),
            Value::Texts => ArrayBuilder::new().items(text()).into(),
            Value::Several(names) => ArrayBuilder::new().items(one_of(names())).into(),
            Value::Number(most) => number(0, u32::try_from(most).unwrap_or(u32::MAX)),
            // Without a value, it is as if it were not there.
            Value::Day => ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some(r"^(\d{4}-\d{2}-\d{2})?$"))
                .into(),
        };
        let mut described = parameter(row.name, row.help, schema, example(row.name));
        if matches!(row.value, Value::Several(_)) {
            described.style = Some(ParameterStyle::Form);
            described.explode = Some(false);
        }
        described
    };
    rows.map(row).collect()
}

/// What somebody would ask with.
fn example(name: &str) -> Option<Json> {
    match name {
        "q" => Some(json!("\"prisoner swap\" in:egypt")),
        "from" => Some(json!("1974")),
        "limit" => Some(json!(1)),
        "facet" => Some(json!(["source", "year"])),
        _ => None,
    }
}

fn parameter(name: &str, help: &str, schema: RefOr<Schema>, example: Option<Json>) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(help))
        .schema(Some(schema))
        .example(example)
        .build()
}

fn text() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

/// One of these names. Without a value, a parameter is as if it were not there.
fn one_of(mut names: Vec<&'static str>) -> RefOr<Schema> {
    names.push("");
    named(names)
}

fn named(names: Vec<&'static str>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(names))
        .into()
}

/// A number. Without a value, a parameter is as if it were not there.
fn number(least: u32, most: u32) -> RefOr<Schema> {
    let number = ObjectBuilder::new().schema_type(Type::Integer);
    let number = number
        .minimum(Some(f64::from(least)))
        .maximum(Some(f64::from(most)));
    AnyOfBuilder::new()
        .item(number)
        .item(named(vec![""]))
        .into()
}
