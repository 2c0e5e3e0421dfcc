//! The booking code as a QR code (ISO/IEC 18004), for the scanner at the desk. Beside it stands the same
//! code as a text.

use std::fmt::Write as _;

use qrcodegen::{QrCode as Modules, QrCodeEcc};

/// Light modules around the code, so that scanners find it.
const QUIET_ZONE: i32 = 4;

/// A QR code as the path of an SVG.
pub(super) struct QrCode {
    /// Modules on each side, with the quiet zone.
    pub(super) size: i32,
    /// One rectangle for each row of dark modules.
    pub(super) path: String,
}

impl QrCode {
    /// `None` if the text is too long for one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let modules = Modules::encode_text(text, QrCodeEcc::Medium).ok()?;
        let size = modules.size();
        let mut path = String::new();
        for y in 0..size {
            let mut x = 0;
            while x < size {
                let dark = (x..size).take_while(|x| modules.get_module(*x, y)).count();
                let dark = i32::try_from(dark).unwrap_or(0);
                if dark > 0 {
                    let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                    // Writing into a text cannot fail.
                    let _ = write!(path, "M{left},{top}h{dark}v1h-{dark}z");
                }
                x += dark + 1;
            }
        }
        Some(Self { size: size + 2 * QUIET_ZONE, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_row_by_row() {
        let code = QrCode::of("K7QD-3XHM").unwrap();
        // Version 1 has 21 modules; its first row begins with the seven of a finder pattern.
        assert_eq!(code.size, 21 + 8);
        assert!(code.path.starts_with("M4,4h7v1h-7z"), "{}", code.path);
        // The timing pattern of row 6 alternates between the finders.
        assert!(code.path.contains("M12,10h1v1h-1z"), "{}", code.path);
        assert!(QrCode::of(&"x".repeat(5_000)).is_none());
    }
}
