//! Programs of others that judge a seal. What is missing is said loudly and, where tests must be complete, an error.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that goes with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ratssaal-seal-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn write(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What a tool answers; `None` without the tool.
pub fn run(tool: &str, arguments: &[&OsStr]) -> Option<Output> {
    match Command::new(tool).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => missing(&format!("{tool} ({error}); install poppler-utils, qpdf and openssl")),
    }
}

fn missing<T>(what: &str) -> Option<T> {
    eprintln!("NOT TESTED: {what} is missing");
    assert!(std::env::var_os("CI").is_none(), "{what} is missing");
    None
}

/// What Poppler says of the signatures in a file.
pub fn pdfsig(file: &Path) -> Option<String> {
    let output = run("pdfsig", &[file.as_ref()])?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
}

/// What pyHanko says of them.
pub struct Verdict {
    pub accepted: bool,
    pub said: String,
}

/// pyHanko's judgement with `trust` as the only root.
pub fn pyhanko(way: &str, trust: &Path, file: &Path) -> Option<Verdict> {
    let Some(tool) = std::env::var_os("RATSSAAL_TEST_PYHANKO") else {
        return missing("RATSSAAL_TEST_PYHANKO (the program pyhanko of pyhanko-cli; tests/run.sh installs it)");
    };
    let output =
        Command::new(tool).args(["sign", way, "--trust-replace", "--trust"]).args([trust, file]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some(Verdict { accepted: output.status.success(), said })
}
