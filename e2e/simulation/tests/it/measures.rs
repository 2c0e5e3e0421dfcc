//! Intervals and verdicts.

use simulation::{
    measures::{Binomial, Estimate, Mean, Ratio, Share},
    report::{Row, Target, Verdict},
};

fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() < 0.001, "{value} is not {wanted}");
}

#[test]
fn a_share_has_wilsons_interval() {
    let half = Share { hits: 5, of: 10 }.estimate();
    near(half.low, 0.2366);
    near(half.high, 0.7634);
    let none = Share { hits: 0, of: 10 }.estimate();
    assert_eq!((none.value, none.low), (0.0, 0.0));
    near(none.high, 0.2775);
}

#[test]
fn a_mean_has_students_interval() {
    let mean = [1.0, 2.0, 3.0].into_iter().collect::<Mean>();
    near(mean.variance(), 1.0);
    near(mean.estimate().high, 2.0 + 4.303 / 3.0_f64.sqrt());
}

#[test]
fn a_ratio_of_equal_shares_is_one_and_as_sure_as_they_are() {
    let share = Share { hits: 500, of: 1_000 };
    let ratio = Ratio { of: share, to: share }.estimate();
    near(ratio.value, 1.0);
    near(ratio.high, (1.96 * (2.0 * 0.5 / 500.0_f64).sqrt()).exp());
}

#[test]
fn the_binomial_distribution_is_exact() {
    let two = Binomial { n: 2, p: 0.5 };
    for (value, wanted) in two.probabilities().into_iter().zip([0.25, 0.5, 0.25]) {
        near(value, wanted);
    }
    near(two.above(1), 0.25);
    near(two.expected_up_to(1), 0.75);
}

#[test]
fn a_target_that_is_missed_is_corrected_only_by_one_that_is_met() {
    let row = |number: f64| {
        let value = Estimate { value: 0.4, low: 0.39, high: 0.41 };
        Row::new("T0", "something", Target::rounded(number, 2), value)
    };
    assert_eq!(row(0.4).verdict(), Verdict::Met);
    assert_eq!(row(0.5).verdict(), Verdict::Missed);
    let right = Target::rounded(0.4, 2);
    assert_eq!(row(0.5).corrected(right, "because").verdict(), Verdict::Corrected("because"));
    let wrong = Target::rounded(0.6, 2);
    assert_eq!(row(0.5).corrected(wrong, "because").verdict(), Verdict::Missed);
}
