//! A provider where people log in: its discovery document and its keys.

use url::Url;

use super::{
    examiner::{Examiner, next_without_answer},
    identity::Discovery,
    installation::Provider,
    key_set,
    look::Look,
};

/// Looks at it as identity does before a log-in.
pub async fn look(examiner: Examiner, provider: Provider, mut look: Look) -> Look {
    let issuer = provider.issuer.as_str().trim_end_matches('/');
    let Ok(url) = format!("{issuer}/.well-known/openid-configuration").parse::<Url>() else {
        look.broken(format!("`{issuer}` is no address"), "correct its issuer");
        return look;
    };
    let answer = match examiner.document(&url).await {
        Ok(answer) => answer,
        Err(reason) => {
            look.broken(
                format!("nobody can log in there: {reason}"),
                next_without_provider(&reason),
            );
            return look;
        }
    };
    answer.look_at_clock(&mut look);
    answer.look_at_certificate(&mut look);
    let Ok(found) = serde_json::from_slice::<Discovery>(&answer.response.body) else {
        let next = "is `issuer` in identity.settings.providers what stands before /.well-known?";
        look.broken(format!("{url} is no discovery document"), next);
        return look;
    };
    if found.issuer.trim_end_matches('/') == issuer {
        look.saw("discovery document");
    } else {
        let problem = format!("it calls itself {}, so its tokens are refused", found.issuer);
        look.broken(problem, "write that as `issuer` in identity.settings.providers");
    }
    if key_set::published(&examiner, &found.jwks_uri, &mut look).await.is_some() {
        look.saw("keys");
    }
    look
}

fn next_without_provider(reason: &str) -> String {
    let usual = next_without_answer(reason);
    if reason.contains("certificate") || reason.contains("dns") {
        usual.to_owned()
    } else {
        "ask its operator; in a closed network: proxy.address and networkPolicy.egress.web"
            .to_owned()
    }
}
