pub const ROW: u8 = 1;

/// By the root, which only passes it on.
pub fn visit() -> Option<crate::Visit> {
    None
}
