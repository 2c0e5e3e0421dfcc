//! The request that is being answered, for whatever is logged meanwhile.

use actix_web::http::header::HeaderValue;

tokio::task_local! {
    static CURRENT: Request;
}

/// What log lines say of a request. Nothing in it needs escaping.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// 1 to 64 letters, digits or hyphens.
    pub id: HeaderValue,
    /// One of those that we know, or `other`.
    pub method: &'static str,
}

impl Request {
    /// Answers the request: what `answering` logs is about it. Not so what it spawns.
    pub async fn answered_by<F: Future>(self, answering: F) -> F::Output {
        CURRENT.scope(self, answering).await
    }

    /// Looks at the request that this task is answering, if it does.
    pub fn look<T>(look: impl FnOnce(&Self) -> T) -> Option<T> {
        CURRENT.try_with(look).ok()
    }

    /// Its id as text.
    pub fn id(&self) -> &str {
        self.id.to_str().unwrap_or_default()
    }
}
