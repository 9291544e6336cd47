//! One binary for every target of `saldo_tests::fuzz`: `SALDO_FUZZ` names the one that is fed.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use saldo_tests::fuzz::{Target, target};

static TARGET: LazyLock<&Target> = LazyLock::new(|| target(&std::env::var("SALDO_FUZZ").expect("SALDO_FUZZ=token")));

fuzz_target!(|data: &[u8]| (TARGET.run)(data));
