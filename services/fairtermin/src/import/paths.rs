//! An import never writes over what it reads, nor two things into one file.

use std::path::{Path, PathBuf};

use crate::{arguments::ImportDestination, command_error::CommandError, files::UNREADABLE};

/// Refuses an output that is an input or another output, before anything is written.
///
/// `closed_times` is a further output. `--force` allows nothing of this: it replaces older outputs.
pub(super) fn refuse_shared<'a>(
    inputs: impl Iterator<Item = &'a PathBuf>,
    destination: &ImportDestination,
    closed_times: Option<&PathBuf>,
) -> Result<(), CommandError> {
    let mut known: Vec<(PathBuf, String)> =
        inputs.map(|file| (place(file), format!("read: {}", file.display()))).collect();
    let outputs = [
        ("--output", destination.output.as_ref()),
        ("--report", destination.report.as_ref()),
        ("--closed-times", closed_times),
    ];
    for (flag, file) in outputs {
        let Some(file) = file.filter(|file| !is_device(file)) else { continue };
        let place = place(file);
        if let Some((_, other)) = known.iter().find(|(known, _)| *known == place) {
            let problem = format!("{flag} {} is the same file as what is {other}", file.display());
            let advice = "Name a file of its own for each.";
            return Err(CommandError::new(problem).advice(advice).exit(UNREADABLE));
        }
        known.push((place, format!("written: {flag}")));
    }
    Ok(())
}

/// Where a file is or will be, whatever it is called on the way there.
fn place(file: &Path) -> PathBuf {
    let in_folder = || {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new(".")).canonicalize().ok()?;
        Some(folder.join(file.file_name()?))
    };
    file.canonicalize().ok().or_else(in_folder).unwrap_or_else(|| file.to_owned())
}

/// Such as `/dev/null`, which takes everything.
fn is_device(file: &Path) -> bool {
    file.metadata().is_ok_and(|metadata| !metadata.is_file())
}
