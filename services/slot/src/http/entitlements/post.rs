//! `POST /v1/entitlements`

use std::borrow::Cow;

use actix_web::HttpResponse;
use auth::{Agency, scope};
use booking::{
    entitlement::{Holder, Reference, Spelling},
    rules::BirthDate,
};
use ids::{EntitlementId, ServiceId};
use problem::{Problem, types};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{
    ToSchema,
    openapi::{
        ObjectBuilder,
        schema::{SchemaType, Type},
    },
};

use super::TypedReference;
use crate::{
    app::{
        AppError, Engine,
        post_entitlements::{OnFile, Outcome, PostEntitlement, ReferenceInUse, post_entitlements},
    },
    http::{
        Slots,
        body::{Body, Object, invalid},
        idempotency_key::OptionalKey,
        line::Line,
        one_to::OneTo,
        values::{self, FromText, Instant, or_default},
    },
};

/// How many spellings one entitlement may have.
const MOST_NAMES: usize = 8;
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// For how many appointments one entitlement may be good.
const MOST_USES: u16 = 100;

/// An entitlement to book a service.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementRequest)]
pub(in crate::http) struct Posted {
    /// What may be booked.
    service: ServiceId,
    #[serde(default)]
    #[schema(schema_with = given)]
    reference: Option<TypedReference>,
    /// How the person's name is written, in one way or in several: the log-in must state one of them.
    /// Compared are the family name and the first given name, as letters of the search form of
    /// DIN 91379. Kept as keyed hashes only. May be left out if the reference is random.
    #[serde(default)]
    #[schema(value_type = Option<Vec<PostedName>>, min_items = 1, max_items = 8)]
    names: Option<Vec<Object<PostedName>>>,
    #[serde(default)]
    #[schema(schema_with = born)]
    birthdate: Option<Born>,
    /// From when on; now if left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    valid_from: Option<Instant>,
    /// Until when.
    #[schema(value_type = String, format = DateTime, example = "2027-06-30T23:59:59+02:00")]
    valid_until: Instant,
    /// For how many appointments it is good. A cancelled one gives its use back, by whichever side;
    /// so does the first one that is missed.
    #[serde(default, deserialize_with = "or_default")]
    #[schema(value_type = u16, minimum = 1, maximum = 100, default = 1)]
    uses: OneTo<MOST_USES>,
}

fn given() -> ObjectBuilder {
    TypedReference::schema(
        "The reference that the agency gave the person, of this person only. Unique per service among all \
         agencies of the authority, because a citizen types nothing else: begin it with what is yours alone. \
         Kept as a keyed hash only. Without `names` it must be random: 20 letters and digits or more. If it is left out, a random \
         one is made and answered.",
    )
    .schema_type(or_null())
}

/// What is left out may be `null` as well.
pub(in crate::http) fn or_null() -> SchemaType {
    SchemaType::from_iter([Type::String, Type::Null])
}

fn born() -> ObjectBuilder {
    let pattern = "^(18[5-9][0-9]|19[0-9]{2}|2[01][0-9]{2}|2200)(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$";
    ObjectBuilder::new()
        .schema_type(or_null())
        .description(Some(
            "The person's date of birth, or `1990-04` or `1990` if no more is known: then every date \
             that it can be counts. Needed with `names`. Kept as keyed hashes only.",
        ))
        .pattern(Some(pattern))
        .examples(["1990-04-12"])
}

/// One way of writing a person's name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EntitlementName)]
struct PostedName {
    #[serde(default)]
    #[schema(schema_with = given_name)]
    given_name: Option<Line<LONGEST_NAME>>,
    #[schema(schema_with = family_name)]
    family_name: Line<LONGEST_NAME>,
}

fn given_name() -> ObjectBuilder {
    Line::<LONGEST_NAME>::schema("All given names, or the first; left out for a single name.")
        .schema_type(or_null())
}

fn family_name() -> ObjectBuilder {
    Line::<LONGEST_NAME>::schema("The whole family name, or a single name.")
}

/// A date of birth, possibly partial.
#[derive(Debug, Clone, Copy)]
struct Born(BirthDate);

impl FromText for Born {
    fn expected() -> Cow<'static, str> {
        "a date of birth like 1990-04-12, or 1990-04 or 1990 if no more is known".into()
    }

    fn from_text(text: &str) -> Option<Self> {
        let born: BirthDate = text.parse().ok()?;
        // As it is written, and in no other way.
        (born.to_string() == text).then_some(Self(born))
    }
}

impl<'de> Deserialize<'de> for Born {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        values::deserialize(deserializer)
    }
}

impl Posted {
    /// What is meant. `within` is the path of the object in the body.
    pub(super) fn parse(self, within: &str, engine: &Engine) -> Result<PostEntitlement, Problem> {
        let refused = |field: &str, why: &str| invalid(&format!("{within}{field}"), why);
        if engine.catalogue().service(&self.service).is_none() {
            let unknown = Problem::from(AppError::UnknownService(self.service));
            return Err(unknown.with("field", format!("{within}service")));
        }
        if let Some((field, why)) = self.impossible(engine) {
            return Err(refused(field, why));
        }
        if self.valid_from.is_some_and(|from| from.0 >= self.valid_until.0) {
            return Err(refused("valid_until", "must be after `valid_from`"));
        }
        let reference = self.reference.map(|TypedReference(reference)| reference);
        let holder = match (self.names, self.birthdate) {
            (Some(names), Some(Born(born))) => Holder::Name(spellings(&names, refused)?, born),
            (Some(_), None) => {
                let why = "is missing: a name is bound together with the date of birth";
                return Err(refused("birthdate", why));
            }
            (None, born) => {
                let may_stand_alone = reference.as_ref().map_or(Ok(()), Reference::check_random);
                may_stand_alone.map_err(|why| refused("reference", &why.to_string()))?;
                born.map_or(Holder::Bearer, |Born(born)| Holder::BirthDate(born))
            }
        };
        Ok(PostEntitlement {
            service: self.service,
            reference,
            holder,
            valid_from: self.valid_from.map(|Instant(from)| from),
            valid_until: self.valid_until.0,
            uses: self.uses.get(),
        })
    }
}

impl Posted {
    /// The field by which it could never be used, and why. Only the person would notice it later.
    fn impossible(&self, engine: &Engine) -> Option<(&'static str, &'static str)> {
        let (now, catalogue) = (engine.now(), engine.catalogue());
        let service = catalogue.service(&self.service);
        if service.is_some_and(|service| !service.requires_entitlement()) {
            return Some(("service", "needs no entitlement: everybody may book it"));
        }
        if self.valid_until.0 <= now {
            return Some(("valid_until", "must be in the future"));
        }
        let today = engine.local_date(now);
        let is_unborn = |Born(born): Born| born.greatest_age_on(today) < 0;
        self.birthdate.is_some_and(is_unborn).then_some(("birthdate", "must not be in the future"))
    }
}

fn spellings(
    names: &[Object<PostedName>],
    refused: impl Fn(&str, &str) -> Problem,
) -> Result<Vec<Spelling>, Problem> {
    if !(1..=MOST_NAMES).contains(&names.len()) {
        return Err(refused("names", &format!("must be a list of 1 to {MOST_NAMES}")));
    }
    let mut spellings = Vec::with_capacity(names.len());
    for (place, Object(name)) in names.iter().enumerate() {
        let given = name.given_name.as_ref().map(Line::as_str);
        let family = Some(name.family_name.as_str());
        for (field, text) in [("given_name", given), ("family_name", family)] {
            if text.is_some_and(|text| text.chars().any(names::is_in_no_name)) {
                let field = format!("names[{place}].{field}");
                return Err(refused(&field, "holds characters that are no letters"));
            }
        }
        let spelling = Spelling::parse(given, name.family_name.as_str());
        spellings.push(spelling.ok_or_else(|| {
            refused(&format!("names[{place}].family_name"), "holds no name, only a placeholder")
        })?);
    }
    Ok(spellings)
}

/// An entitlement that is on file.
#[derive(Serialize, ToSchema)]
#[schema(as = Entitlement)]
pub(in crate::http) struct OneOnFile {
    id: EntitlementId,
    outcome: OutcomeView,
    /// The reference for the letter, if the request had none. Only in this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<String>,
}

/// What the request made of the entitlement.
#[derive(Serialize, ToSchema)]
#[schema(as = EntitlementOutcome)]
#[serde(rename_all = "snake_case")]
pub(super) enum OutcomeView {
    /// It put it there.
    New,
    /// It holds longer now, or for more appointments.
    Extended,
    /// All of it was on file, but for spellings of the name.
    Unchanged,
    /// Nothing: it was withdrawn before. Re-issue it to bring it back.
    Withdrawn,
    /// Nothing: it was re-issued since. This reference is worth nothing any more; the later one counts.
    Reissued,
    /// Only in a batch, and the only one without `id`: the reference is in use for this service, by
    /// another person or another agency (`entitlement-conflict`). Give the person another one.
    Conflict,
}

impl From<Outcome> for OutcomeView {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::New => Self::New,
            Outcome::Extended => Self::Extended,
            Outcome::Unchanged => Self::Unchanged,
            Outcome::Withdrawn => Self::Withdrawn,
            Outcome::Reissued => Self::Reissued,
        }
    }
}

/// Post an entitlement
///
/// Entitles a person to book the service: the person of this name and date of birth with this reference, or
/// any person with a random reference. A repeat answers the same `id`. Of two requests with the same reference
/// the later `valid_until` and the greater `uses` count. New spellings are added to those on file; the request
/// must have one that is on file. A reference that was re-issued never counts again: `outcome` says so.
#[utoipa::path(
    post, path = "/v1/entitlements", tag = "Entitlements", operation_id = "postEntitlement",
    params(("Idempotency-Key" = Option<String>, Header, description = "Random, 1 to 64 visible ASCII characters. With the same key a repeat within a day is answered with the same `id`, and with the same random `reference` unless it is worth nothing by now: `outcome` says so.", min_length = 1, max_length = 64, pattern = "^[!-~]{1,64}$")),
    request_body(content = Posted, example = json!({"service": "niederlassungserlaubnis-fachkraefte", "reference": "LEA-2026-004711", "names": [{"given_name": "Zeynep", "family_name": "Öztürk"}], "birthdate": "1990-04-12", "valid_until": "2027-06-30T23:59:59+02:00"})),
    responses((status = 201, description = "On file.", body = OneOnFile)),
    security(("agency" = ["entitlements:write"])),
    extensions(("x-problems" = json!(["unknown-service", "entitlement-conflict", "idempotency-mismatch"]))),
)]
pub(in crate::http) async fn one(
    slots: Slots,
    agency: Agency,
    OptionalKey(key): OptionalKey,
    posted: Body<Posted>,
) -> Result<HttpResponse, Problem> {
    agency.require_scope(scope::ENTITLEMENTS_WRITE)?;
    let posted = posted.0.parse("", &slots)?;
    let on_file = post_entitlements(&slots, &agency.client, vec![posted], key).await?;
    let on_file = on_file.into_iter().next().ok_or_else(|| Problem::new(&types::INTERNAL))?;
    let OnFile { id, outcome, issued } =
        on_file.map_err(|ReferenceInUse| AppError::ReferenceInUse)?;
    let reference = issued.map(|reference| reference.written());
    Ok(HttpResponse::Created().json(OneOnFile { id, outcome: outcome.into(), reference }))
}
