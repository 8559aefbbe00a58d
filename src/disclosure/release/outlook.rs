//! Forecasts and chances through the gate.

use super::Gate;
use crate::disclosure::released::outlook::{
    Backtest, Chance, Course, Expected, Gap, Model, Outlook,
};
use crate::judgement::outlook as judged;
use crate::period::Period;
use crate::statistics::forecast;

impl Gate {
    pub(super) fn outlook(self, outlook: &judged::Outlook) -> Outlook {
        let gap = outlook.gap.map(|gap| Gap {
            latest: self.figure(gap.latest),
            cumulative: outlook.adds_up.then(|| self.figure(gap.cumulative)),
            periods: gap.periods,
            judged: outlook.judged,
        });
        let course = match &outlook.course {
            Ok(course) => Ok(self.course(course, outlook.since)),
            Err(refusal) => Err(*refusal),
        };
        Outlook { since: outlook.since, course, gap }
    }

    fn course(self, course: &judged::Course, since: Period) -> Course {
        let lines = course.lines.iter();
        Course {
            model: self.model(course.model, since),
            weight: self.figure(course.weight),
            because: course.because,
            lines: lines.map(|(w, model)| (self.figure(*w), self.model(*model, since))).collect(),
            points: course.points,
            level: self.figure(course.level),
            ahead: course.ahead.iter().map(|(at, ahead)| self.expected(*at, ahead)).collect(),
            dated: course.dated,
            chance: course.goal.map(|chance| Chance {
                target: self.figure(chance.target),
                probability: self.figure(chance.probability),
                word: chance.outlook,
                required: self.maybe(chance.required),
            }),
            backtest: course.backtest.map(|test| Backtest {
                horizon: test.horizon,
                origins: test.origins,
                error: self.figure(test.error),
                inside_eighty: test.inside_eighty,
                widen: self.figure(test.widen),
            }),
        }
    }

    fn expected(self, period: Period, ahead: &forecast::Ahead) -> Expected {
        let band = |band: forecast::Band| (self.figure(band.lower), self.figure(band.upper));
        Expected {
            period,
            median: self.figure(ahead.median),
            eighty: band(ahead.eighty),
            ninety_five: band(ahead.ninety_five),
        }
    }

    fn model(self, model: forecast::Model, since: Period) -> Model {
        match model {
            forecast::Model::Level => Model::Level,
            forecast::Model::LatestLevel { first } => {
                Model::LatestLevel(since.plus(i32::try_from(first).unwrap_or(0)))
            }
            forecast::Model::Slope { per_period } => Model::Slope(self.figure(per_period)),
            forecast::Model::Reverting { r, level, slope } => Model::Reverting {
                r: self.figure(r),
                level: self.figure(level),
                slope: self.figure(slope),
            },
        }
    }
}
