//! `ratssaal verify`: the checker on the command line.

use super::{BYTES_MAX, Outside, Receipt, Report, verify};
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Largest receipt or key file that is read, in bytes.
const SMALL_BYTES_MAX: usize = 64 * 1024;

/// What was asked on the command line.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// The bundle, or the folder in which it lies as `beweis.jsonl`.
    pub bundle: PathBuf,
    /// `--head`: digest of an entry.
    pub head: Option<String>,
    /// `--receipt`: files with receipts in JSON.
    pub receipts: Vec<PathBuf>,
    /// `--key`: the public key in hexadecimal digits, or a PEM file.
    pub key: Option<String>,
}

/// Checks and prints; 0 if everything is right, 1 otherwise.
#[must_use]
pub fn run(paths: &Paths) -> ExitCode {
    let (text, ok) = match examine(paths) {
        Ok(report) => (report.to_string(), report.is_ok()),
        Err(sentence) => (format!("{sentence}\n"), false),
    };
    let printed = io::stdout().write_all(text.as_bytes());
    if ok && printed.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads everything that was named and checks it, the files beside the bundle included.
///
/// # Errors
/// A German sentence if something cannot be read.
pub fn examine(paths: &Paths) -> Result<Report, String> {
    let file = if paths.bundle.is_dir() { paths.bundle.join("beweis.jsonl") } else { paths.bundle.clone() };
    // One byte more than allowed, so that the checker itself says that it is too much.
    let bytes = read(&file, BYTES_MAX + 1)?;
    let mut outside = Outside { head: paths.head.clone(), ..Outside::default() };
    for path in &paths.receipts {
        let receipt = serde_json::from_slice::<Receipt>(&read(path, SMALL_BYTES_MAX)?);
        outside.receipts.push(receipt.map_err(|_| format!("{} ist keine Quittung.", path.display()))?);
    }
    outside.key = match &paths.key {
        Some(key) if Path::new(key).is_file() => {
            let text = String::from_utf8(read(Path::new(key), SMALL_BYTES_MAX)?);
            Some(text.map_err(|_| format!("{key} ist kein öffentlicher Schlüssel."))?)
        }
        key => key.clone(),
    };
    let mut report = verify(&bytes, &outside);
    report.compare_files(file.parent().unwrap_or(Path::new(".")));
    Ok(report)
}

fn read(path: &Path, bytes_max: usize) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX);
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| format!("{} ist nicht lesbar: {error}", path.display()))?;
    Ok(bytes)
}
