//! What an operation is asked: a `Parameters` resource (FHIR R4 section 3.2.0.2).

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::CONTENT_TYPE, web};
use ids::{BookingId, HoldId};
use problem::{Problem, types};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{outcome::FHIR_JSON, references::Here, resources::own_id, visit_id::VisitId};
use crate::http::body::invalid;

/// What an operation is asked.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FhirParameters)]
#[serde(rename_all = "camelCase")]
pub(super) struct Parameters {
    /// `Parameters`
    resource_type: String,
    #[serde(default)]
    parameter: Vec<Parameter>,
}

/// One parameter. The operation's definition says which value it has.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = FhirParameter)]
#[serde(rename_all = "camelCase")]
struct Parameter {
    name: String,
    #[serde(default)]
    value_date_time: Option<String>,
    #[serde(default)]
    value_string: Option<String>,
    #[serde(default)]
    value_reference: Option<ReferenceValue>,
    #[serde(default)]
    resource: Option<InputResource>,
}

/// A reference, by an address or by what the authority calls it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = FhirReferenceValue)]
pub(super) struct ReferenceValue {
    #[serde(default)]
    pub(super) reference: Option<String>,
    #[serde(default)]
    pub(super) identifier: Option<IdentifierValue>,
}

/// What the authority calls it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = FhirIdentifierValue)]
pub(super) struct IdentifierValue {
    #[serde(default)]
    pub(super) system: Option<String>,
    #[serde(default)]
    pub(super) value: Option<String>,
}

/// An `Appointment` or a `Patient`, as far as we look at it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = FhirInputResource)]
#[serde(rename_all = "camelCase")]
pub(super) struct InputResource {
    pub(super) resource_type: String,
    #[serde(default)]
    pub(super) id: Option<String>,
    /// Of an appointment.
    #[serde(default)]
    pub(super) status: Option<String>,
    /// Of an appointment that is moved: when its slot begins. What it was before may stay; anything else is refused.
    #[serde(default)]
    #[schema(format = DateTime)]
    pub(super) start: Option<String>,
    /// The same of its end.
    #[serde(default)]
    #[schema(format = DateTime)]
    pub(super) end: Option<String>,
    /// Of an appointment: the slot that it is moved to.
    #[serde(default)]
    pub(super) slot: Vec<ReferenceValue>,
    /// Of a patient.
    #[serde(default)]
    pub(super) identifier: Vec<IdentifierValue>,
    /// Of a patient: languages, the first one counts.
    #[serde(default)]
    pub(super) communication: Vec<Communication>,
}

/// A language of a patient.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = FhirCommunication)]
pub(super) struct Communication {
    #[serde(default)]
    pub(super) language: LanguageConcept,
}

/// A language.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[schema(as = FhirLanguageConcept)]
pub(super) struct LanguageConcept {
    #[serde(default)]
    pub(super) coding: Vec<LanguageCode>,
}

/// Its code (BCP 47).
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(as = FhirLanguageCode)]
pub(super) struct LanguageCode {
    #[serde(default)]
    pub(super) code: Option<String>,
}

impl ReferenceValue {
    /// The last part of the address, or what the authority calls it.
    pub(super) fn id(&self) -> Option<&str> {
        let address = self.reference.as_deref().and_then(|address| address.rsplit('/').next());
        address.or_else(|| self.identifier.as_ref()?.value.as_deref())
    }
}

/// What a reference to an appointment names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AppointmentId {
    /// Could be held.
    Proposed(VisitId),
    Held(HoldId),
    Booked(BookingId),
}

impl AppointmentId {
    /// From an address such as `Appointment/...` or from a bare id. That an absolute one is of our base
    /// was seen when the request was read.
    pub(super) fn parse(field: &str, reference: &str) -> Result<Self, Problem> {
        let id = reference.rsplit('/').next().unwrap_or_default();
        if let Ok(id) = own_id(id).parse() {
            return Ok(Self::Booked(id));
        }
        if let Ok(id) = own_id(id).parse() {
            return Ok(Self::Held(id));
        }
        let reason = "must name an appointment as $find or $hold told it, such as Appointment/{id}";
        id.parse().map(Self::Proposed).map_err(|_| invalid(field, reason))
    }
}

impl Parameters {
    /// Refuses parameters that would have no effect.
    pub(super) fn only(self, known: &[&str]) -> Result<Self, Problem> {
        if self.resource_type != "Parameters" {
            return Err(invalid("resourceType", "must be `Parameters`"));
        }
        match self.parameter.iter().find(|it| !known.contains(&it.name.as_str())) {
            None => Ok(self),
            Some(_) => {
                let known = known.join(", ");
                let reason =
                    format!("the operation takes only: {known}; others would have no effect");
                Err(invalid("parameter", &reason))
            }
        }
    }

    /// Refuses what another server has.
    fn require_local(&self, here: &Here) -> Result<(), Problem> {
        for parameter in &self.parameter {
            let slots = parameter.resource.iter().flat_map(|it| &it.slot);
            let references = parameter.value_reference.iter().chain(slots);
            for reference in references.filter_map(|it| it.reference.as_deref()) {
                here.require(&parameter.name, reference)?;
            }
        }
        Ok(())
    }

    /// As a query writes them: an operation that changes nothing can be asked by GET (section 3.2.0.1).
    pub(super) fn of_pairs(pairs: &[(String, String)]) -> Self {
        let parameter = |(name, value): &(String, String)| Parameter {
            name: name.clone(),
            value_date_time: Some(value.clone()),
            value_string: Some(value.clone()),
            value_reference: Some(ReferenceValue {
                reference: Some(value.clone()),
                identifier: None,
            }),
            resource: None,
        };
        Self {
            resource_type: "Parameters".to_owned(),
            parameter: pairs.iter().map(parameter).collect(),
        }
    }

    /// The same for a link: those that a query can write.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let value = |it: &Parameter| {
            let reference = it.value_reference.as_ref().and_then(ReferenceValue::id);
            let texts = [it.value_date_time.as_deref(), it.value_string.as_deref(), reference];
            Some((it.name.clone(), texts.into_iter().flatten().next()?.to_owned()))
        };
        self.parameter.iter().filter_map(value).collect()
    }

    fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Parameter> {
        self.parameter.iter().filter(move |it| it.name == name)
    }

    fn at_most_one<'a>(&'a self, name: &str) -> Result<Option<&'a Parameter>, Problem> {
        let mut found = self.all(name);
        match (found.next(), found.next()) {
            (Some(_), Some(_)) => Err(invalid(name, "may be given only once")),
            (one, _) => Ok(one),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all(name).next().is_some()
    }

    /// The one `valueDateTime`.
    pub(super) fn date_time(&self, name: &str) -> Result<&str, Problem> {
        let found = self.at_most_one(name)?.and_then(|it| it.value_date_time.as_deref());
        found.ok_or_else(|| invalid(name, "is missing: a `valueDateTime`"))
    }

    /// Every `valueString`.
    pub(super) fn strings(&self, name: &str) -> Result<Vec<String>, Problem> {
        let text = |it: &Parameter| {
            it.value_string.clone().ok_or_else(|| invalid(name, "must have a `valueString`"))
        };
        self.all(name).map(text).collect()
    }

    /// Every `valueReference`.
    pub(super) fn references(&self, name: &str) -> Result<Vec<&ReferenceValue>, Problem> {
        let reference = |it: &'_ Parameter| it.value_reference.is_some();
        if !self.all(name).all(reference) {
            return Err(invalid(name, "must have a `valueReference`"));
        }
        Ok(self.all(name).filter_map(|it| it.value_reference.as_ref()).collect())
    }

    /// The one reference to an appointment, if it is there.
    pub(super) fn appointment(&self, name: &str) -> Result<Option<AppointmentId>, Problem> {
        let Some(found) = self.at_most_one(name)? else { return Ok(None) };
        let reference = found.value_reference.as_ref().and_then(|it| it.reference.as_deref());
        let missing = "must have a `valueReference` with a `reference`";
        let reference = reference.ok_or_else(|| invalid(name, missing))?;
        AppointmentId::parse(name, reference).map(Some)
    }

    /// The first resource, which must be of this kind, if there is one.
    pub(super) fn resource(
        &self,
        name: &str,
        kind: &str,
    ) -> Result<Option<&InputResource>, Problem> {
        let Some(found) = self.all(name).next() else { return Ok(None) };
        let resource = found.resource.as_ref().filter(|it| it.resource_type == kind);
        resource.map(Some).ok_or_else(|| invalid(name, &format!("must have a `resource`: {kind}")))
    }
}

/// The body of an operation, in one of FHIR's media types.
pub(super) struct Input(pub(super) Parameters);

impl FromRequest for Input {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        let is_json =
            [FHIR_JSON, "application/json"].iter().any(|it| kind.eq_ignore_ascii_case(it));
        let here = Here::of(request);
        let body = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            if !is_json {
                let detail = format!("Send the Parameters as {FHIR_JSON}.");
                return Err(Problem::new(&types::UNSUPPORTED_MEDIA_TYPE).detail(detail));
            }
            let bytes = body.await.map_err(|_| {
                let detail = format!("At most {} bytes.", crate::http::body::LONGEST);
                Problem::new(&types::PAYLOAD_TOO_LARGE).detail(detail)
            })?;
            let parameters: Parameters = problem::body::read(&bytes)?;
            parameters.require_local(&here)?;
            Ok(Self(parameters))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_a_booking_a_hold_or_what_could_be_held() {
        let parse = |text: &str| AppointmentId::parse("appointment-reference", text).ok();
        let booking = "bkg-01jdc6nvt8e0pb9s3k1zqk6yzx";
        for text in [
            booking,
            &format!("Appointment/{booking}"),
            &format!("https://h/fhir/Appointment/{booking}"),
        ] {
            assert!(matches!(parse(text), Some(AppointmentId::Booked(_))), "{text}");
        }
        let hold = "Appointment/hld-01jdc6nvt8e0pb9s3k1zqk6yzx";
        assert!(matches!(parse(hold), Some(AppointmentId::Held(_))));
        assert_eq!(parse("Appointment/"), None);
        assert_eq!(parse("Appointment/psn-01jdc6nvt8e0pb9s3k1zqk6yzx"), None);
    }
}
