//! What a person has typed.

/// Whether a character sets the direction of the text around it (Unicode: `Bidi_Control`).
pub(crate) fn sets_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character acts without being seen: a control or format character (Unicode: `Cc`, `Cf`). Line break and tab are
/// not, nor are the joiners, which belong to words, and the format characters that are seen, such as U+06DD.
fn is_unseen(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{ad}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}' => true,
        other => other.is_control() || sets_direction(other),
    }
}

/// What a person has typed, with line breaks as `\n`, and U+FFFD for each character that would act on the text unseen. The marks
/// U+061C, U+200E and U+200F are dropped: right-to-left keyboards and copied dates have them, and they turn nothing.
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = text.chars().filter_map(|character| match character {
        '\u{61c}' | '\u{200e}' | '\u{200f}' => None,
        unseen if is_unseen(unseen) => Some(char::REPLACEMENT_CHARACTER),
        seen => Some(seen),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_acts_unseen_is_shown_and_what_belongs_to_words_stays() {
        for (typed, expected) in [
            ("a\u{202e}b\u{2066}c", "a\u{fffd}b\u{fffd}c"),
            (
                "\u{7}\u{85}\u{feff}\u{ad}\0\r",
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
            ),
            ("a\tb\r\nc", "a\tb\nc"),
            ("نامه\u{200c}ها, 👨\u{200d}👩", "نامه\u{200c}ها, 👨\u{200d}👩"),
            ("٣١\u{200f}/٠٣\u{61c}", "٣١/٠٣"),
        ] {
            assert_eq!(visible(typed), expected, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn no_control_and_no_format_character_is_left_but_those_that_are_seen(
            typed in "[\\p{Cc}\\p{Cf}--[\n\t\u{200c}\u{200d}\\x{600}-\\x{605}\\x{6dd}\\x{70f}\\x{890}\\x{891}\\x{8e2}\\x{110bd}\\x{110cd}]]{1,9}",
        ) {
            let shown = visible(&typed);
            prop_assert!(shown.chars().all(|character| "\u{fffd}\n".contains(character)), "{shown:?}");
        }
    }
}
