// How numbers, periods and lengths of time stand in the page, read without the program.
//
// A number of a CSV is rounded on its own digits, halves away from zero: 2.5 is 3, 1.005 is 1.01.

const MONTHS = [...Array(12).keys()].map((month) =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2000, month)));

// The digits of a number with so many decimals, after moving its point to the right.
function rounded(number, shift, decimals) {
  const [, minus, whole, fraction = ''] = number.match(/^(-?)(\d+)(?:\.(\d+))?$/);
  const digits = fraction.padEnd(shift + decimals + 1, '0');
  const kept = BigInt(whole + digits.slice(0, shift + decimals)) + BigInt(digits[shift + decimals] >= '5');
  return minus ? -kept : kept;
}

const SHOWN = /^([+\u2212]?)£?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%| percentage points)?( (?:working )?days?| a day| a week)?$/;

// Whether words are that number of a CSV, rounded to the decimals they show; of no number they have no digit.
export function says(text, number) {
  if (number === '') return !/\d/.test(text);
  const clock = text.match(/^([+\u2212]?)(\d+):([0-5]\d):([0-5]\d)$/);
  const shown = clock ? [text, clock[1], String(clock[2] * 3600 + clock[3] * 60 + Number(clock[4]))] : text.match(SHOWN);
  if (!shown) return false;
  const [, sign, whole, fraction = '', percent] = shown;
  const digits = BigInt(whole.replaceAll(',', '') + fraction);
  if (sign === '\u2212' && digits === 0n) return false;
  const value = rounded(number, percent ? 2 : 0, fraction.length);
  return (sign === '\u2212' ? -digits : digits) === value && (sign !== '+' || Number(number) > 0);
}

// Whether a cell is that number of a CSV: to the last digit for machines (its data-value, else its text),
// rounded for readers.
export function same({ text, value }, number) {
  if (number === '') return value === null && says(text, number);
  const exact = value ?? text.replaceAll(',', '').replace('\u2212', '-');
  return exact !== '' && Number(exact) === Number(number) && says(text, number);
}

// A probability as it is told: what rounds to certainty is not called certain.
export function probable(text, number) {
  if (number !== '' && Number(number) < 0.01) return text === 'below 1%';
  return Number(number) > 0.99 ? text === 'above 99%' : says(text, number);
}

const PERIODS = new RegExp([
  `(?:\\d{1,2} )?(?:(?:${MONTHS.join('|')}) to )?(?:${MONTHS.join('|')}) \\d{4}`,
  '\\d{4}/\\d{2}(?!\\d)',
].join('|'), 'g');

export const withoutPeriods = (text) => text.replace(PERIODS, '');

// A digit beside a letter is of a name: s136, 30min.
const NUMBERS = /(?<![A-Za-z\d])[+\u2212]?£?(?:\d+:\d\d:\d\d|\d(?:[\d,]*\d)?(?:\.\d+)?(?:%| percentage points)?)(?![A-Za-z\d])/g;

// The numbers in a sentence that are no dates.
export function numbersIn(text) {
  return withoutPeriods(text).match(NUMBERS) ?? [];
}

function named(date) {
  const [year, month, day] = date.split('-').map(Number);
  return { year, month: MONTHS[month - 1], day };
}

// How a period of values.csv is called in the page.
export function periodOf({ period_start, period_end, grain }) {
  const [from, to] = [named(period_start), named(period_end)];
  switch (grain) {
    case 'week': return `week commencing ${from.day} ${from.month} ${from.year}`;
    case 'month': return `${from.month} ${from.year}`;
    case 'quarter': return `${from.month} to ${to.month} ${to.year}`;
    case 'financial year': return `${from.year}/${String(to.year).slice(2)}`;
    default: return String(from.year);
  }
}

// How a period or a day that stands in one cell of a CSV is called: 2019-03, 2019-03-01, 2018/19 Q2, 2019-W03.
export function nameOf(code) {
  if (/^\d{4}-\d\d$/.test(code)) return `${named(code).month} ${named(code).year}`;
  if (/^\d{4}-\d\d-\d\d$/.test(code)) return `${named(code).day} ${named(code).month} ${named(code).year}`;
  const quarter = code.match(/^(\d{4})\/\d\d Q([1-4])$/);
  if (quarter) {
    const [year, first] = [Number(quarter[1]), (quarter[2] * 3) % 12];
    return `${MONTHS[first]} to ${MONTHS[first + 2]} ${year + Number(quarter[2] === '4')}`;
  }
  const week = code.match(/^(\d{4})-W(\d\d)$/);
  if (!week) return code;
  // the fourth of January lies in a year's first week
  const fourth = new Date(Date.UTC(week[1], 0, 4));
  const monday = new Date(Date.UTC(week[1], 0, 4 - (fourth.getUTCDay() + 6) % 7 + (week[2] - 1) * 7));
  return `week commencing ${monday.getUTCDate()} ${MONTHS[monday.getUTCMonth()]} ${monday.getUTCFullYear()}`;
}

// A length of time in words as seconds: `45 min`, `9 h 40 min`, `12 days`.
export function seconds(text) {
  const of = (pattern, size) => Number(text.match(pattern)?.[1] ?? 0) * size;
  return of(/(\d+) min/, 60) + of(/(\d+) h/, 3600) + of(/(\d+) days?/, 86400);
}
