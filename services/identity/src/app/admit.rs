//! A verified log-in becomes a session and a code for the program that waits.

use ids::{PersonId, SessionId};
use messaging::UnitOfWork;
use url::Url;

use super::{
    Context,
    contact::ProvidedEmail,
    finish_login::LoginFailure,
    recognise::{IdentityEvidence, Recognised, provisional, recognise},
    staff_grants::end_outdated,
};
use crate::{
    person::Attributes,
    provider::{Account, Email, Holder, LoginError},
    secrets::Opaque,
    store::{
        attempts::Pending,
        codes,
        persons::LoginKey,
        pushed_requests,
        sessions::{self, OpenCase, Session, StaffMember, Who},
    },
};

/// A code is used at once by the program that waits for it.
const CODE_MINUTES: u16 = 1;

/// One transaction: recognises the person, starts a session, issues a code. Returns the redirect.
pub(super) async fn admit(
    context: &Context,
    pending: &Pending,
    account: Account,
) -> Result<Url, LoginFailure> {
    let request = &pending.request;
    // By itself: it counts also if this log-in is refused.
    if let Holder::Staff { grants, .. } = &account.holder {
        let subject = context.secrets.login_key(&pending.provider, &account.subject);
        end_outdated(context, &pending.provider, &subject, grants).await?;
    }
    let mut unit = context.begin().await?;
    let mut open_case = None;
    let who = match &account.holder {
        Holder::Staff { grants, .. } if grants.is_empty() => return Err(LoginFailure::NoRole),
        Holder::Staff { groups, grants } => {
            let account = context.secrets.login_key(&pending.provider, &account.login_key);
            Who::Staff(StaffMember { account, groups: groups.clone(), grants: grants.clone() })
        }
        Holder::Citizen { attributes, email } => {
            let email = email.as_ref();
            let citizen = citizen(context, &mut unit, pending, &account, attributes, email);
            let (person, case) = citizen.await?;
            open_case = case;
            Who::Person(person)
        }
    };
    if let Some(pushed) = &request.pushed
        && !pushed_requests::use_up(unit.transaction(), pushed).await?
    {
        return Err(LoginFailure::NoSuchAttempt);
    }
    let session = Session { open_case, ..session(context, pending, &account, who) };
    sessions::insert(unit.transaction(), &session).await?;
    let code = Opaque::mint(&*context.entropy);
    let grant = codes::Grant {
        session: session.id,
        client: request.client.clone(),
        redirect_uri: request.redirect_uri.to_string(),
        challenge: request.challenge.clone(),
        nonce: request.nonce.clone(),
        scope: request.scope.clone(),
        dpop_jkt: request.dpop_jkt.clone(),
        expires_at: context.in_minutes(CODE_MINUTES),
    };
    codes::insert(unit.transaction(), &code, &grant).await?;
    unit.commit().await?;
    tracing::info!(provider = %pending.provider, level = %account.level, "log-in done");
    Ok(request.back(&context.issuer, &[("code", code.as_str())]))
}

async fn citizen(
    context: &Context,
    unit: &mut UnitOfWork<'_>,
    pending: &Pending,
    account: &Account,
    attributes: &Attributes,
    email: Option<&Email>,
) -> Result<(PersonId, Option<OpenCase>), LoginFailure> {
    let key = LoginKey {
        provider: pending.provider.clone(),
        hash: context.secrets.login_key(&pending.provider, &account.login_key),
    };
    let level = account.level;
    let language = pending.request.language;
    let email = email.map(|email| ProvidedEmail { email, language });
    let evidence =
        IdentityEvidence { key: Some(key), level, attributes, email, attested_by: "log-in" };
    match recognise(context, unit, &evidence).await? {
        Recognised::Person { person, .. } => Ok((person, None)),
        Recognised::Unclear(record) => {
            let (person, case) = provisional(context, unit, record, &evidence).await?;
            Ok((person, Some(case)))
        }
        Recognised::TooLittle => Err(LoginError::Incomplete.into()),
    }
}

fn session(context: &Context, pending: &Pending, account: &Account, who: Who) -> Session {
    let hash = |name: &str| context.secrets.login_key(&pending.provider, name);
    Session {
        id: SessionId::mint(&*context.clock, &*context.entropy),
        who,
        client: pending.request.client.clone(),
        provider: pending.provider.clone(),
        provider_subject: hash(&account.subject),
        provider_session: account.provider_session.as_deref().map(hash),
        level: account.level,
        auth_time: account.auth_time,
        language: pending.request.language.tag().to_owned(),
        expires_at: context.in_minutes(context.session.minutes),
        open_case: None,
    }
}
