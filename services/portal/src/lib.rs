//! The web pages for citizens and staff.
//!
//! Server-rendered, complete without JavaScript, and only a client: everything it shows and does
//! goes through the public APIs of the other services ([`client`]). It has no database; what it
//! must remember about a browser travels in an encrypted cookie.
//!
//! Where to look:
//!
//! * a page: `src/http/<page>.rs` with its template of the same name in `templates/`,
//! * what every page is given (who asks, where, for what): `src/http/request/`,
//! * a sentence: `locales/<language>/*.ftl`,
//! * colours and spacing: `assets/portal.css` on top of the KERN design system.

mod access_tokens;
mod application;
mod directory;
mod http;
mod near;
mod next_free;
mod openapi;
mod portal;
mod searchable;
mod session;
mod settings;
mod text;

pub use application::{Application, BuildError};
pub use openapi::document as openapi_document;
pub use portal::SetupError;
pub use service::{RunError, Runtime};
pub use session::InvalidKey;
pub use settings::{AuthoritySettings, IdentitySettings, LegalLinks, Settings};
pub use text::english as english_texts;
