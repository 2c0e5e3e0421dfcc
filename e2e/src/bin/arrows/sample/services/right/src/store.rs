pub const ROW: u8 = 1;

pub(in crate::store) fn row() -> u8 {
    self::ROW
}
