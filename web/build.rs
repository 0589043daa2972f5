//! Tells the linker to keep what the splitter of `cargo xtask build` reads: who calls whom.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-bins=--emit-relocs");
}
