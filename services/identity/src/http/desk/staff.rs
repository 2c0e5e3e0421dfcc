//! The extractor of desk staff.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use problem::{Problem, types};

use super::super::userinfo::bearer;
use crate::app::{
    Context,
    desk::{DeskStaff, authenticate_staff},
};

impl FromRequest for DeskStaff {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let context = request.app_data::<web::Data<Context>>().cloned();
        let token = bearer(request).map(str::to_owned);
        Box::pin(async move {
            let internal = || Problem::new(&types::INTERNAL);
            let context = context.ok_or_else(internal)?;
            let token = token.ok_or_else(|| Problem::new(&types::UNAUTHENTICATED))?;
            authenticate_staff(&context, &token).await
        })
    }
}
