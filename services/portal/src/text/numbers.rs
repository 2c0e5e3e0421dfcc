//! Numbers as people write them.

use std::borrow::Cow;

use super::locales::Texts;

impl Texts {
    /// For example `84.300`.
    pub(crate) fn number(self, number: u32) -> String {
        let digits = number.to_string();
        let thousands = self.text("thousands-sign");
        let mut written = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                written.push_str(&thousands);
            }
            written.push(digit);
        }
        written
    }

    /// To a tenth, for example `27,3`.
    pub(crate) fn tenths(self, number: f64) -> String {
        format!("{number:.1}").replace('.', &self.text("decimal-sign"))
    }

    /// For example `81,2 %`.
    pub(crate) fn percent(self, share: f64) -> Cow<'static, str> {
        self.fill("percent", "number", self.tenths(share * 100.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    #[test]
    fn a_number_is_written_as_the_language_writes_it() {
        let written = |language| {
            let texts = Texts::of(language);
            let small = texts.number(950);
            format!(
                "{small} {} {} {}",
                texts.number(1_084_300),
                texts.tenths(27.31),
                texts.percent(0.812)
            )
        };
        assert_eq!(written(Language::German), "950 1.084.300 27,3 81,2\u{a0}%");
        assert_eq!(written(Language::English), "950 1,084,300 27.3 81.2%");
        assert_eq!(written(Language::Turkish), "950 1.084.300 27,3 %81,2");
        assert_eq!(written(Language::Ukrainian), "950 1\u{a0}084\u{a0}300 27,3 81,2\u{a0}%");
    }
}
