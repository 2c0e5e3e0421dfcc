use crate::app::Visit;
use crate::store::ROW;

mod problem;
