//! What is counted, and how sure it is.
//!
//! | Measure | 95 % interval |
//! |---|---|
//! | [`Share`] of independent trials | Wilson's score interval |
//! | [`Mean`] of independent runs | Student's t |
//! | [`Ratio`] of two shares | Katz: normal on the logarithm |

mod binomial;
mod estimate;
mod mean;
mod ratio;
mod share;

pub use binomial::Binomial;
pub use estimate::Estimate;
pub use mean::Mean;
pub use ratio::Ratio;
pub use share::Share;
