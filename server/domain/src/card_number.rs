//! Card data never touches us: a text that holds a card number is refused at the door.

use crate::Refusal;

/// Refuses text that contains a card number: 13 to 19 digits that pass the check of ISO/IEC 7812-1, written in one run or
/// in the groups in which cards print them (4-4-4-4, 4-6-5, 4-6-4) with single spaces or hyphens.
///
/// # Errors
/// `card_number_in_text`. The text itself is never part of the refusal.
pub fn refuse_card_number(text: &str) -> Result<(), Refusal> {
    let found = chains(text).iter().any(|chain| (1..=GROUPS_MAX).any(|groups| chain.windows(groups).any(is_card)));
    if found { Err(Refusal::CardNumberInText) } else { Ok(()) }
}

/// The most groups that a card number is printed in: 19 digits as 4-4-4-4-3.
const GROUPS_MAX: usize = 5;

/// Groups of digits that one space or hyphen separates.
fn chains(text: &str) -> Vec<Vec<Vec<u8>>> {
    let mut chains = vec![vec![Vec::new()]];
    let mut previous_is_digit = false;
    for c in text.chars() {
        match (c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()), chains.last_mut()) {
            (Some(digit), Some(chain)) => {
                if let Some(group) = chain.last_mut() {
                    group.push(digit);
                }
                previous_is_digit = true;
                continue;
            }
            (None, Some(chain)) if previous_is_digit && matches!(c, ' ' | '-' | '\u{a0}') => chain.push(Vec::new()),
            _ => chains.push(vec![Vec::new()]),
        }
        previous_is_digit = false;
    }
    chains
}

fn is_card(groups: &[Vec<u8>]) -> bool {
    let sizes: Vec<usize> = groups.iter().map(Vec::len).collect();
    let printed = match sizes.as_slice() {
        [_] | [4, 6, 4 | 5] => true,
        [fours @ .., last] => fours.iter().all(|size| *size == 4) && (1..=4).contains(last),
        [] => false,
    };
    let digits = groups.concat();
    printed && (13..=19).contains(&digits.len()) && digits.iter().any(|digit| *digit != 0) && luhn(&digits)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(*digit) * 2) {
            (0, _) => u32::from(*digit),
            (_, doubled) if doubled > 9 => doubled - 9,
            (_, doubled) => doubled,
        })
        .sum();
    sum.is_multiple_of(10)
}
