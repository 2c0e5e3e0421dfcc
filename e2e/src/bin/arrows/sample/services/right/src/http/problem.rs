pub fn status() -> u16 {
    500
}
