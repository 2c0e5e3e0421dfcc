//! The extractor of desk staff.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use problem::{Problem, types};

use super::super::dpop::access_token;
use crate::app::{
    Context,
    desk::{DeskStaff, authenticate_staff},
};

impl FromRequest for DeskStaff {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let context = request.app_data::<web::Data<Context>>().cloned();
        let request = request.clone();
        Box::pin(async move {
            let internal = || Problem::new(&types::INTERNAL);
            let context = context.ok_or_else(internal)?;
            let claims = access_token(&context, &request).await?;
            authenticate_staff(&context, &claims).await
        })
    }
}
