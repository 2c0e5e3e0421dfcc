//! Characters that stand in no name.

/// Whether no register and no document writes this character in a name or a place: control characters and other
/// line breaks, those that turn the direction of writing (UAX 9 section 2), letters that are blank, and pictures:
/// emoji, dingbats, letters in circles and squares, arrows and other symbols.
///
/// Letters, marks, digits and the punctuation of every script are none of these, and the joiners within words of
/// Persian or Sinhala are none.
#[must_use]
pub fn is_in_no_name(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || turns || c == '\u{feff}' || is_blank_letter(c) || is_picture(c)
}

/// Fillers of Hangul, which count as letters and show nothing, and the separators of lines and paragraphs. A name
/// of fillers alone would be one that staff cannot see.
fn is_blank_letter(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}' | '\u{2028}' | '\u{2029}' | '\u{3164}' | '\u{ffa0}')
}

/// The blocks of symbols and pictographs, what makes an emoji of an ordinary character (U+20E3, U+FE0F), and emoji
/// that stand in other blocks (UTS 51).
fn is_picture(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{20d0}'..='\u{20ff}' | '\u{2122}' | '\u{2139}'
            | '\u{2190}'..='\u{2bff}' | '\u{3030}' | '\u{303d}' | '\u{3200}'..='\u{32ff}' | '\u{fe0e}' | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{e007f}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_stand_in_no_name_even_if_they_look_like_letters() {
        for picture in
            ["😀", "👩\u{200d}🚀", "🇩🇪", "🅰🅱", "Ⓐ", "1\u{fe0f}\u{20e3}", "❤", "★", "→", "©", "㊗"]
        {
            assert!(picture.chars().any(is_in_no_name), "{picture}");
        }
        for hidden in [
            "Erika\u{202e}",
            "Eri\u{0}ka",
            "Eri\nka",
            "\u{2067}Erika",
            "\u{feff}Erika",
            "\u{3164}",
            "\u{ffa0}",
            "Eri\u{2028}ka",
        ] {
            assert!(hidden.chars().any(is_in_no_name), "{hidden:?}");
        }
    }

    #[test]
    fn letters_of_every_script_and_their_punctuation_do() {
        for name in [
            "Müller-Lüdenscheidt",
            "O’Neill",
            "Dr. h.c. D'Arc",
            "Núñez y Peña",
            "Gal·la",
            "K\u{331}awi\u{303}",
            "Дем'яненко",
            "الحسن",
            "علی\u{200c}رضا",
            "ක්\u{200d}රිස්ටි",
            "王小明",
            "佐々木",
            "김철수",
            "नेहा",
            "Frankfurt (Oder)",
            "Halle/Saale, 2. Bezirk",
            "Henry VIII",
            "n/a",
        ] {
            assert!(!name.chars().any(is_in_no_name), "{name}");
        }
    }

    /// What a provider may send who keeps to the standard of German registers.
    #[test]
    fn no_letter_of_din_91379_is_refused() {
        let list = include_str!("../data/din91379/latin_list_search_form_1.3.txt");
        let points = list.lines().filter_map(|line| line.split("; ").nth(2));
        let points = points.flat_map(|points| points.split(' '));
        let letters = points.filter_map(|it| char::from_u32(u32::from_str_radix(it, 16).ok()?));
        let refused: Vec<_> = letters.filter(|letter| is_in_no_name(*letter)).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }
}
