//! Where the next page of a search begins: what `_page` holds.
//!
//! The last item of the page before, and a hash of it together with all that is searched. So the page of another
//! search is refused, and one that was changed or cut anywhere: it would leave items out without a word. The
//! hash is no secret: whoever makes one up is told nothing that the search itself would not tell.

use aws_lc_rs::digest::{SHA256, digest};

/// How much of the hash is told, in bytes.
const LENGTH: usize = 8;

/// The page after `last` of a search.
pub(super) fn write(searched: &str, last: &str) -> String {
    format!("{last}.{}", hash(searched, last))
}

/// The last item of the page before; `None` if it is not of this search.
pub(super) fn read<'a>(searched: &str, cursor: &'a str) -> Option<&'a str> {
    let (last, told) = cursor.rsplit_once('.')?;
    (told == hash(searched, last)).then_some(last)
}

fn hash(searched: &str, last: &str) -> String {
    let hash = digest(&SHA256, format!("{searched}\n{last}").as_bytes());
    hash.as_ref()[..LENGTH].iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_where_it_was_written_and_whole() {
        for last in ["small", "1798790400000.bkg-01jdc6nvt8e0pb9s3k1zqk6yzx", "A.b-9"] {
            let cursor = write("service-type=card", last);
            assert_eq!(read("service-type=card", &cursor), Some(last));
            assert_eq!(read("service-type=passport", &cursor), None);
            for at in 0..cursor.len() {
                let mut changed = cursor.clone();
                changed.replace_range(at..=at, "~");
                assert_eq!(read("service-type=card", &changed), None, "{changed}");
                assert_eq!(read("service-type=card", &cursor[..at]), None);
            }
        }
    }
}
