use super::super::store::ROW;

/// As [`crate::http::routes`] calls it.
pub(in crate::app) const NAME: &str = "crate::http::routes";

pub fn book() -> u8 {
    ROW
}

#[cfg(test)]
mod tests {
    use crate::http::routes;
}
