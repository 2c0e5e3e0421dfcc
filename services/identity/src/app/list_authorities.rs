//! The public list of authorities, signed.

use auth::{AuthorityList, KeyError, TokenType};

use super::Context;

/// The signed list.
pub(crate) fn list_authorities(context: &Context) -> Result<String, KeyError> {
    let list = AuthorityList::new(&*context.issuer, context.authorities.clone(), context.now());
    context.keys.current().sign(TokenType::Authorities, &list)
}
