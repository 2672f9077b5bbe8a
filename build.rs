//! Builds what goes into the program beside its own code: the library by which an interpreter becomes a template
//! (`crates/template`) and the one in which one waits that was started ahead (`crates/gate`). The programs of `codecanvas attack` and
//! `codecanvas bench` are in it too: a new one makes it be built again.

use std::{env, path::PathBuf, process::Command};

const PROFILE: &str = "template";

fn main() {
    for path in ["tests/escape/programs", "src/bench/programs", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    for package in ["template", "gate", "sandbox", "embed", "protocol"] {
        println!("cargo::rerun-if-changed=crates/{package}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo tells it"));
    let target = env::var("TARGET").expect("cargo tells it");
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo tells it"));
    cargo.args(["build", "--package", "codecanvas-template", "--package", "codecanvas-gate"]);
    cargo.args(["--locked", "--profile", PROFILE, "--target", &target]);
    cargo.arg("--target-dir").arg(out.join("template"));
    // Whatever this build is for (a linter, a sanitizer), that one is of the ordinary kind.
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "CARGO_BUILD_TARGET"] {
        cargo.env_remove(name);
    }
    assert!(cargo.status().is_ok_and(|status| status.success()), "the libraries could not be built");
    for (variable, library) in [("CODECANVAS_TEMPLATE", "template"), ("CODECANVAS_GATE", "gate")] {
        let file = out.join("template").join(&target).join(PROFILE).join(format!("libcodecanvas_{library}.so"));
        println!("cargo::rustc-env={variable}={}", file.display());
    }
}
