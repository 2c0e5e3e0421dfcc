//! Why a file cannot be imported at all.

/// Nothing was imported. The text goes to an admin: which file, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// A file beyond this size was chosen by mistake.
    #[error(
        "{file} has {megabytes} MB, more than the {limit} MB that are read; export less at a time"
    )]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        megabytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Not JSON.
    #[error("{file} is no JSON: {problem}; save the answer of the API as it comes")]
    NotJson {
        /// The file.
        file: String,
        /// With line and column.
        problem: String,
    },
    /// Not XML, or XML that is refused.
    #[error("{file} is no XML that can be read: {problem}")]
    NotXml {
        /// The file.
        file: String,
        /// With line and column.
        problem: String,
    },
    /// Given to the importer of the service database.
    #[error("{path} is an answer of ZMS and no export of the service database; use `import zms`")]
    IsZms {
        /// Where.
        path: String,
    },
    /// The source says that it is an error message.
    #[error("{path} is an error message and no data; ask the API again")]
    IsError {
        /// Where.
        path: String,
    },
    /// ZMS shows less without a log-in.
    #[error(
        "{path} is shortened (`meta.reducedData`), without hours and settings: the API was asked \
         without a log-in; log in by POST /workstation/login/ and send the key as X-AuthKey"
    )]
    Reduced {
        /// Where.
        path: String,
    },
    /// A list is shorter than it says.
    #[error("{path} says that it has {stated} entries and has {found}; download it again")]
    Incomplete {
        /// Where.
        path: String,
        /// What it says.
        stated: usize,
        /// What is there.
        found: usize,
    },
    /// There is nothing of what is looked for.
    #[error("there is no {what} in {files}; {remedy}")]
    Nothing {
        /// What is looked for.
        what: &'static str,
        /// The files.
        files: String,
        /// Which file would have it.
        remedy: &'static str,
    },
    /// A dump that was cut off or is no dump of mysqldump.
    #[error("{file} is no whole dump: {problem}; write it again by mysqldump")]
    BrokenDump {
        /// The file.
        file: String,
        /// Which table, what is wrong.
        problem: String,
    },
    /// A dump does not say that it came to its end. Cut between two statements it looks whole.
    #[error(
        "{file} has no `-- Dump completed` at its end: if mysqldump failed, tables are missing; look \
         whether it ended without an error, and write the dump again. One that was written without \
         comments (--skip-comments) or by another program never has the line: if you know that it is \
         whole, import it with --dump-is-whole"
    )]
    UnfinishedDump {
        /// The file.
        file: String,
    },
    /// A release of ours is one department.
    #[error(
        "the files hold several departments: {0}; choose one with --department ID, and import \
         each into a file of its own"
    )]
    SeveralDepartments(String),
    /// The chosen department is not there.
    #[error("there is no department {0} in the files; they have: {1}")]
    UnknownDepartment(String, String),
}
