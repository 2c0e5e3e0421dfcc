//! Every process learns what ended while it did not listen.

use auth::{EndedSession, RevocationList, RevokedClient, TokenType};
use jiff::SignedDuration;
use vocabulary::urn_of;

use super::{Context, OAuthError, issue::sign};
use crate::store::{clients, ended_tokens, sessions};

/// Clocks of readers may be behind.
const CLOCK_SKEW: SignedDuration = SignedDuration::from_secs(60);

/// Seconds to which the end of tokens is rounded up, so that equal ends link no two ids.
const UNTIL_STEP: i64 = 600;

/// What ended so lately that it may still have tokens, signed.
pub(crate) async fn list_revocations(context: &Context) -> Result<String, OAuthError> {
    let (db, now) = (context.database.connection(), context.now());
    let token_life = SignedDuration::from_mins(i64::from(context.session.token_minutes));
    let since = now.checked_sub(token_life + CLOCK_SKEW).unwrap_or(now);
    let mut ended = sessions::ended_since(db, since).await?;
    ended.extend(ended_tokens::ended_since(db, since).await?);
    let clients = clients::revoked_since(db, since).await?;
    let iat = now.as_second();
    let mut sessions: Vec<_> = ended
        .into_iter()
        .flat_map(|(session, ended)| {
            let last = (ended + token_life).as_second();
            let until = last - last.rem_euclid(UNTIL_STEP) + UNTIL_STEP;
            context.authorities.iter().map(move |authority| {
                let sid = context.secrets.session_for(&urn_of(&authority.id), session);
                EndedSession { sid, until }
            })
        })
        .collect();
    // The ids of one session must not stand together: every authority reads this list.
    sessions.sort_unstable_by_key(|ended| ended.sid);
    let list = RevocationList {
        iss: context.issuer.clone(),
        iat,
        exp: iat + RevocationList::LIFETIME,
        sessions,
        clients: clients
            .into_iter()
            .map(|(client_id, at)| RevokedClient { client_id, at: at.as_second() })
            .collect(),
    };
    sign(context, TokenType::Revocations, &list)
}
