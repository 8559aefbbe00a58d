//! Tables that the reference does not give, and settings it gives otherwise.

use std::fmt::Write;

use concordat::stats::{Answer, Settings, dsr, funnel, proportion, quantile, rate};

/// The answer to a table given as text, its tables joined, columns cut to `columns` where given.
fn told(input: &str, answer: impl Fn(&std::path::Path) -> Answer) -> Vec<Vec<Vec<String>>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.csv");
    std::fs::write(&file, input).unwrap();
    let answer = answer(&file);
    assert!(answer.problems.is_empty(), "{:?}", answer.problems);
    answer.tables.iter().map(|table| super::rows_of(&super::text(table))).collect()
}

/// The numbers are those of `repeats::by_hand`, per 100 of 1,000 people.
#[test]
fn a_rate_of_repeat_events() {
    let input = "area,eventfreq,x,n\na,1,6,1000\na,2,3,1000\na,10,1,1000\n";
    let tables = told(input, |file| rate::rate(file, &Settings::times(1e5)).unwrap());
    let row = &tables[0][1];
    assert_eq!(row[..6], ["a", "0.95", "10", "22", "1000", "2200"]);
    let ends = |at: usize| format!("{:.1}", row[at].parse::<f64>().unwrap());
    assert_eq!((ends(6), ends(7)), ("296.9".to_owned(), "4819.3".to_owned()));
    assert_eq!(row[8], "Dobson, with confidence adjusted for non-independent events");
}

#[test]
fn a_median_with_its_ranks() {
    let mut input = "area,v\n".to_owned();
    for value in 1..=10 {
        writeln!(input, "a,{value}\nb,{}", 10 * value).unwrap();
    }
    input.push_str("c,1\nc,2\n");
    let tables = told(&input, |file| {
        quantile::quantile(file, &Settings::times(1.0), "0.5".parse().unwrap()).unwrap()
    });
    let rows: Vec<String> = tables[0].iter().map(|row| row[..9].join(",")).collect();
    assert_eq!(
        rows[1..],
        ["a,0.95,0.5,10,5.5,2,9,2,9", "b,0.95,0.5,10,55,20,90,2,9", "c,0.95,0.5,2,1.5,NA,NA,NA,NA",]
    );
    assert_eq!(tables[0][3][10], "Order statistics, too few values");
}

/// Other columns are handed on before ours, and several levels follow one another.
#[test]
fn columns_that_name_a_row_are_handed_on() {
    let settings = Settings { levels: "0.9,0.95".parse().unwrap(), multiplier: 100.0 };
    let input = "month,n,area,x\n2024-04,10,\"Derby, city\",1\n2024-05,20,Erewash,5\n";
    let tables = told(input, |file| proportion::proportion(file, &settings).unwrap());
    let cells: Vec<String> = tables[0].iter().map(|row| row[..7].join("|")).collect();
    assert_eq!(
        cells,
        [
            "month|area|x|n|multiplier|conf|value",
            "2024-04|Derby, city|1|10|100|0.9|10",
            "2024-05|Erewash|5|20|100|0.9|25",
            "2024-04|Derby, city|1|10|100|0.95|10",
            "2024-05|Erewash|5|20|100|0.95|25",
        ]
    );
}

/// With a column `conf` an area is answered at the levels of its own rows.
#[test]
fn areas_with_their_own_levels() {
    let input = "area,conf,ageband,x,n,stdpop\n\
        a,0.95,old,20,100,1\na,0.998,old,20,100,1\nb,0.95,old,30,100,1\n";
    let tables = told(input, |file| dsr::dsr(file, &Settings::times(100.0)).unwrap());
    let rows: Vec<String> = tables[0].iter().map(|row| row[..5].join(",")).collect();
    assert_eq!(rows[1..], ["a,0.95,20,100,20", "b,0.95,30,100,30", "a,0.998,20,100,20"]);
}

/// Eleven ratios as in `hand::over_dispersion_by_hand`.
#[test]
fn a_funnel_with_over_dispersion() {
    let mut input = "id,num,den\n".to_owned();
    for (id, observed) in [64, 81, 81, 100, 100, 100, 100, 121, 121, 144, 196].iter().enumerate() {
        writeln!(input, "{id},{observed},100").unwrap();
    }
    let options = funnel::Options { over_dispersion: true, ..funnel::Options::default() };
    let tables = told(&input, |file| funnel::funnel(file, &options).unwrap());
    assert_eq!(tables.iter().map(Vec::len).collect::<Vec<_>>(), [101, 12, 12]);
    assert_eq!(tables[1][11][5], "High (0.001)");
    let last = &tables[2][11];
    assert_eq!(last[..6], ["", "ratio", "10", "196", "100", "196"]);
    let number = |at: usize| format!("{:.4}", last[at].parse::<f64>().unwrap());
    let shown: Vec<String> = (6..13).map(number).collect();
    assert_eq!(shown, ["8.0000", "4.0000", "4.7273", "0.0105", "3.5082", "60.2998", "149.6880"]);
    assert_eq!(last[15], "High (0.001)");
    assert_eq!(tables[2][10][15], "Not significant", "144 of 100 is no longer out of the way");
    assert_eq!(tables[1][10][5], "High (0.001)", "as it is without");
}

/// A rate of 100 in 1,000 for 20 events means 200 people; standardised rates of fewer than ten
/// events are not judged, and one without events has no population to go by. Two years' people
/// are given for one.
#[test]
fn a_funnel_of_standardised_rates() {
    let input = "set,id,num,den,rate\ns,1,20,999,100\ns,2,5,999,50\ns,3,0,999,\ns,4,30,999,30\n";
    let options = |years| funnel::Options {
        statistic: Some(funnel::Statistic::Dsr),
        multiplier: Some(1_000.0),
        years,
        over_dispersion: true,
    };
    let one = told(input, |file| funnel::funnel(file, &options(1.0)).unwrap());
    let two = told(input, |file| funnel::funnel(file, &options(2.0)).unwrap());
    let said: Vec<&str> = one[1].iter().map(|row| row[5].as_str()).collect();
    let few = "Not applicable for events less than 10 for dsrs";
    // Average 55 of 1,300: 42.3. Byar's 95 % limits of 20 over 200 are 61.1 and 154.4, the 99.8 %
    // ones begin at 44.6; those of 30 over 1,000 are 20.2 and 42.8.
    assert_eq!(said, ["significance", "High (0.001)", few, few, "Not significant"]);
    assert_eq!(one[2].len(), 4, "three units have a size");
    assert_eq!(one[0][1][8], "rate (dsr per 1,000)");
    let people = |table: &[Vec<String>]| table[1][14].parse::<f64>().unwrap();
    assert!(super::agree(people(&one[0]), 2.0 * people(&two[0])));
}
