//! What a scenario may say of how an exercise is written: its digits, the layout
//! of its weights, the names of its author, and what is asked.

mod common;

use common::program::tutor;

/// Catches a page, a sheet or JSON that goes on showing decimals.
#[test]
fn significant_digits_are_shown_and_asked_for_everywhere() {
    let page = tutor(&["run", "xor", "--exact", "--apply", "--significant", "3"]).page();
    for shown in ["0.755", "-0.0168", "0.00232", "0.0299", "0.581"] {
        assert!(page.contains(shown), "{shown} is not on the page:\n{page}");
    }
    assert!(!page.contains("0.7553"), "{page}");
    let by_hand = tutor(&["run", "xor", "--exact", "--by-hand", "--significant", "3"]).page();
    assert!(by_hand.contains("every intermediate is rounded to 3 significant digits"));
    let sheet = tutor(&["sheet", "xor", "--significant", "3"]).page();
    assert!(
        sheet.contains("# Write your numbers behind the equal signs, with 3 significant digits.")
    );
    let key = tutor(&["sheet", "xor", "--filled", "--significant", "3"]).page();
    assert!(key.contains("# The answers, rounded to 3 significant digits."), "{key}");
    assert!(key.contains("dL/dz1_in     = 0.00232"), "{key}");
    let json = tutor(&["run", "xor", "--significant", "3", "--format", "json"]).page();
    assert!(json.contains("\"significant\":3,") && !json.contains("\"digits\""), "{json}");
    let both = tutor(&["run", "xor", "--significant", "3", "--digits", "4"]);
    assert_eq!(both.code, Some(2));
}
