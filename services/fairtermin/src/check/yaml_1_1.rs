//! Words that Helm reads in another way than one thinks.
//!
//! Helm reads YAML 1.1: there `no` and `on` are answers and `01067` is an octal number, 567. Our
//! reader follows YAML 1.2, where both are texts, so only the written letters tell. Quotes help in
//! both.

use super::remark::Remarks;

/// Yes and no in YAML 1.1.
const ANSWERS: [&str; 16] = [
    "yes", "no", "on", "off", "y", "n", "Yes", "No", "On", "Off", "YES", "NO", "ON", "OFF", "Y",
    "N",
];

/// `<<` in quotes. Helm takes it for a key of that name, our reader for a merge.
const QUOTED_MERGE: [&str; 2] = ["\"<<\"", "'<<'"];

/// One remark for each such word that stands for a value or a key, with its line.
pub fn check(text: &str, said: &mut Remarks<'_>) {
    let mut block = None;
    for (index, line) in text.lines().enumerate() {
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|outer| indent > outer || line.trim().is_empty()) {
            continue;
        }
        block = begins_block(line).then_some(indent);
        let path = format!("line {}", index + 1);
        let is_merge = |quoted: &&str| {
            let sides = line.split_once(*quoted);
            sides.is_some_and(|(before, behind)| {
                !before.contains('#') && behind.trim_start().starts_with(':')
            })
        };
        if let Some(quoted) = QUOTED_MERGE.into_iter().find(is_merge) {
            let problem = format!("Helm takes {quoted} for the name of a key and merges nothing");
            said.error(&path, problem, "write << without quotes");
        }
        for (word, is_key) in words(line) {
            if is_key {
                if ANSWERS.contains(&word) {
                    let problem = format!("Helm reads the key `{word}` as true or false");
                    said.error(&path, problem, format!("write it in quotes: \"{word}\""));
                }
            } else if is_octal(word) {
                let problem = format!("Helm reads `{word}` as another number");
                said.error(&path, problem, format!("write it in quotes: \"{word}\""));
            } else if ANSWERS.contains(&word) {
                let problem = format!("Helm reads `{word}` as true or false");
                let remedy = format!("write `true` or `false`, or the text in quotes: \"{word}\"");
                said.error(&path, problem, remedy);
            }
        }
    }
}

/// Whether the following, deeper lines are one text (`|` or `>`).
fn begins_block(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or(line).trim_end();
    let last = line.rsplit([' ', ':']).next().unwrap_or_default();
    last.starts_with(['|', '>']) && last[1..].chars().all(|c| "+-0123456789".contains(c))
}

fn is_octal(word: &str) -> bool {
    word.len() > 1 && word.starts_with('0') && word.bytes().all(|digit| digit.is_ascii_digit())
}

/// The unquoted words of a line that are keys or whole values (behind `: `, `- `, `[`, `{` or `,`),
/// and whether each is a key.
fn words(line: &str) -> Vec<(&str, bool)> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    // A key comes first, or a dash.
    let mut is_value = false;
    let mut in_flow = 0_u32;
    while let Some(first) = rest.chars().next() {
        match first {
            '#' => break,
            '"' | '\'' => {
                let closing = rest[1..].find(first).map_or(rest.len(), |at| at + 2);
                rest = &rest[closing.min(rest.len())..];
                is_value = false;
                continue;
            }
            '[' | '{' => {
                in_flow += 1;
                is_value = true;
            }
            ']' | '}' => in_flow = in_flow.saturating_sub(1),
            ',' if in_flow > 0 => is_value = true,
            ':' if rest[1..].starts_with([' ', '\t']) || rest.len() == 1 => is_value = true,
            '-' if rest.starts_with("- ") => is_value = true,
            ' ' | '\t' => {}
            _ => {
                let (word, after) = word(rest, in_flow > 0);
                let is_key = after.starts_with(':');
                if is_key || is_value {
                    words.push((word, is_key));
                }
                is_value = false;
                rest = after;
                continue;
            }
        }
        rest = &rest[first.len_utf8()..];
    }
    words
}

/// A plain text up to what ends it, and what follows.
fn word(rest: &str, in_flow: bool) -> (&str, &str) {
    let bytes = rest.as_bytes();
    let ends = |at: usize| match bytes[at] {
        b',' | b']' | b'}' => in_flow,
        b':' => bytes.get(at + 1).is_none_or(|next| b" \t".contains(next)),
        b'#' => at > 0 && bytes[at - 1] == b' ',
        _ => false,
    };
    let end = (0..bytes.len()).find(|at| ends(*at)).unwrap_or(bytes.len());
    (rest[..end].trim_end(), &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let mut said = Remarks::on("f");
        check(text, &mut said);
        said.found.iter().map(|remark| remark.finding.path.clone()).collect()
    }

    #[test]
    fn plain_words_that_helm_reads_otherwise_are_found() {
        let text = "a: 01067\nb: {c: no, d: [on, 0815]}\n- yes\nf: on # off\n";
        assert_eq!(said(text), ["line 1", "line 2", "line 2", "line 2", "line 3", "line 4"]);
    }

    #[test]
    fn keys_that_helm_reads_otherwise_are_found() {
        let text = "on: true\na: {no: 1, \"yes\": 2}\nY: 1\nn:\n  \"<<\": {a: 1}\n  <<: *x\n";
        assert_eq!(said(text), ["line 1", "line 2", "line 3", "line 4", "line 5"]);
    }

    #[test]
    fn what_is_quoted_or_part_of_a_text_is_not() {
        for text in [
            "a: \"01067\"",
            "a: '0815'",
            "\"on\": true",
            "a: {'no': 1}",
            "nowhere: a",
            "a: yes, we can",
            "a: no comment",
            "a: 08:00-12:00",
            "a: 0",
            "a: 0.5",
            "# a: no",
            "a: 2027-01-04",
            "a: |\n  b: no\n  01067\nc: 1",
            "a: >-\n  no\n\n  on",
            "a: [1, \"no\", 'on']",
        ] {
            assert_eq!(said(text), [""; 0], "{text}");
        }
    }
}
