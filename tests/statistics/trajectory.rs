//! Gaps to a plan, and what is left to do, by hand.

use concordat::statistics::trajectory::{Gap, Outlook, gap, required_change};

#[test]
fn gaps_are_of_periods_that_have_both() {
    let actual = [Some(12.0), None, Some(9.0), Some(11.0), Some(8.0)];
    let planned = [Some(10.0), Some(9.5), Some(9.0), Some(8.5), None];
    // 2 + 0 + 2.5; the latest period with both is the fourth.
    assert_eq!(gap(&actual, &planned), Some(Gap { latest: 2.5, cumulative: 4.5, periods: 3 }));
    assert_eq!(gap(&actual, &[None; 5]), None);
}

/// From 30 to 12 in 9 months: 2 fewer each month.
#[test]
fn the_change_that_is_left_to_make() {
    assert_eq!(required_change(30.0, 12.0, 9), Some(-2.0));
    assert_eq!(required_change(30.0, 12.0, 0), None);
}

#[test]
fn an_outlook_is_clear_from_four_in_five_on() {
    let all = [1.0, 0.8, 0.79, 0.21, 0.2, 0.0].map(Outlook::of);
    let [on, unsure, off] = [Outlook::OnCourse, Outlook::Uncertain, Outlook::OffCourse];
    assert_eq!(all, [on, on, unsure, unsure, off, off]);
}
