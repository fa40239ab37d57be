//! Puts `static/` into the binary: one file to install, nothing to lose.

fn main() {
    memory_serve::load_directory("./static");
}
