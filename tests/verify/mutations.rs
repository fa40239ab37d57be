//! Every byte, and whatever chance thinks of.

use super::forge::{Forged, end};
use super::sitting::key;
use super::{SMALL, WHOLE, check, passes};
use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};
use ratssaal::audit::{Outside, verify};
use serde_json::json;

#[test]
fn any_single_changed_byte_is_named_even_if_the_end_line_is_repaired() {
    let good = SMALL.as_bytes();
    passes(&check(&SMALL));
    let end_line = SMALL.trim_end().rfind('\n').unwrap() + 1;
    let flip = |from: usize, step: usize| {
        for position in (from..good.len()).step_by(step) {
            let mut bytes = good.to_vec();
            bytes[position] ^= [0x01, 0x20, 0x80][position % 3];
            let report = verify(&bytes, &Outside::default());
            let failure = report.first_failure().unwrap_or_else(|| panic!("byte {position}: accepted"));
            // The broken line itself is named, or the entry that it belongs to; for the header, the first signature.
            let broken = 1 + good[..position].iter().filter(|b| **b == b'\n').count();
            let named = failure.line.unwrap();
            assert!(broken == 1 || named.abs_diff(broken) <= 1, "byte {position} in line {broken}: {failure}");
            bytes[position] = good[position] ^ 0x01;
            let before = std::str::from_utf8(&bytes[..end_line]).map(end);
            if position < end_line && before.is_ok_and(|text| check(&text).is_ok()) {
                panic!("byte {position}: accepted with a repaired end");
            }
        }
    };
    std::thread::scope(|scope| {
        for half in 0..2 {
            scope.spawn(move || flip(half, 2));
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_input_makes_the_checker_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        prop_assert!(!verify(&bytes, &Outside::default()).is_ok());
    }

    #[test]
    fn a_replaced_stretch_is_always_noticed(from in any::<prop::sample::Index>(), length in 0usize..200, new in ".{0,40}") {
        let from = SMALL.floor_char_boundary(from.index(SMALL.len()));
        let until = SMALL.ceil_char_boundary((from + length).min(SMALL.len()));
        let forged = format!("{}{new}{}", &SMALL[..from], &SMALL[until..]);
        prop_assert_eq!(check(&forged).is_ok(), forged == *SMALL);
    }

    /// Whatever JSON stands in a field of a payload: with everything sealed and signed anew, it is an answer, no panic.
    #[test]
    fn absurd_values_under_good_signatures_do_not_panic(line in any::<prop::sample::Index>(), field in any::<prop::sample::Index>(), kind in 0usize..6) {
        let absurd = [json!(u64::MAX), json!(i64::MIN), json!(""), json!(null), json!([[]]), json!({"a": {}})];
        let mut forged = Forged::of(&WHOLE.bundle(&[]));
        let entries: Vec<usize> = (0..forged.0.len()).filter(|i| forged.0[*i].get("entry").is_some()).collect();
        let line = entries[line.index(entries.len())];
        forged.payload(line, "finding", |finding| {
            let Some(fields) = finding.as_object_mut().filter(|fields| !fields.is_empty()) else { return };
            let name = fields.keys().nth(field.index(fields.len())).cloned().unwrap();
            let target = &mut fields[&name];
            match target.as_object_mut().filter(|inner| !inner.is_empty()) {
                Some(inner) => inner.values_mut().for_each(|value| *value = absurd[kind].clone()),
                None => *target = absurd[kind].clone(),
            }
        });
        let _ = check(&forged.reseal().resign(&key()).text()).to_string();
    }
}
