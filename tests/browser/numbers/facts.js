// The facts of an indicator's part against findings.csv and views.csv.
import assert from 'node:assert/strict';
import { accounted, among, equals, is, lists, tells } from './cells.js';
import { nameOf, numbersIn, periodOf, probable, says } from './text.js';

// Facts that are words of a definition: what they say of numbers no table holds.
const DEFINED = /^(Answers for it|Rate|Limit|Made of|Feed and source)$/;

const is_ = (column) => (cell, part, where) => is(cell, part.finding[column], where);
const told = (figure) => (cell, part, where) => is(cell, part.fact(figure), where);

// Both ends of a band, or the one number that both are shown as.
export function band(cell, [from, to], where) {
  const single = numbersIn(cell.left).length === 1;
  if (single) assert.ok(says(numbersIn(cell.left)[0], to), `${where}: ${cell.left} is not ${from} to ${to}`);
  lists(cell, single ? [from] : [from, to], where);
}

export function chance(cell, number, where) {
  assert.ok(probable(cell.left, number), `${where}: ${cell.left} is not ${number}`);
  accounted(cell);
}

function change(cell, number, where) {
  if (number === '') equals(cell, 'none: the process is there', where);
  else lists(cell, [number], where);
}

// A target or a baseline in words; one that is stated keeps its decimals.
function promise(cell, { finding, fact }, where) {
  const stated = [finding.target, finding.baseline, fact('target in the end'), fact('target of the year')];
  cell.left = cell.left.replace(/, the first \d+ [a-z]+/, ''); // our own baseline
  among(cell, stated, where);
}

function rests(cell, part, where) {
  const weight = cell.left.match(/\(weight ([^)]*)\)/);
  if (weight) {
    assert.ok(probable(weight[1], part.fact('weight of the leading line')), `${where}: weight ${weight[1]}`);
    cell.left = cell.left.replace(weight[0], '');
  }
  tells(cell, `${part.fact('settled values')} settled value`, where);
  among(cell, ['slope', 'level reverted to', 'carried over'].map(part.fact), where);
}

function past(cell, part, where) {
  tells(cell, `${part.fact('inside the 80% band')} of ${part.fact('forecasts in the past')} inside the 80% band`, where);
  lists(cell, [part.fact('periods ahead in the past'), part.fact('off by in the past')], where);
}

// The day or the period of the latest event: one of those in its tables.
function latest(cell, { gaps, values }, where) {
  const days = gaps.rows('days').map(nameOf);
  const periods = values.filter((row) => Number(row.value) > 0).map(periodOf);
  // a single event has no day between
  const found = days.length > 0 && /^\d/.test(cell.left) ? days.includes(cell.left) : periods.some((period) => cell.left.endsWith(period));
  assert.ok(found, `${where}: no event in ${cell.left}`);
  accounted(cell);
}

function tolerance(cell, part, where) {
  if (cell.figure) is(cell, part.finding.tolerance, where);
  else assert.equal(part.finding.tolerance, '', where);
}

const FACTS = [
  [/^Latest settled, (.*)$/, is_('value'), (part) => nameOf(part.finding.period)],
  [/^Period before$/, is_('previous')],
  [/^Target or baseline$/, promise],
  [/^Green (?:from|up to)$/, is_('green_threshold')],
  [/^Red (?:below|above)$/, is_('red_threshold')],
  [/^Tolerance$/, tolerance],
  [/^Mean of the baseline$/, is_('baseline')],
  [/^Mean of the latest$/, told('mean of the latest')],
  [/^Mean miss before the latest$/, told('mean miss before the latest')],
  [/^Rule$/, (cell, { finding }, where) => equals(cell, `${finding.rule} (${finding.rating})`, where)],
  [/^Points of the phase before it$/, told('points of the phase before it')],
  [/^Gap to (?:the plan|our line, for orientation)$/, (cell, { fact }, where) => lists(cell, [fact('gap')], where)],
  [/^Gap added up over (\d+) /, (cell, { fact }, where) => lists(cell, [fact('gap added up')], where),
    ({ fact }) => fact('periods with a gap')],
  [/^Forecast for (.*)$/, is_('forecast'), (part) => nameOf(part.last)],
  [/^(80%|95%) band$/, (cell, part, where, [, share]) => band(cell, part.band(share), where)],
  [/^Probability of meeting the target in (.*)$/, (cell, { finding }, where) => chance(cell, finding.probability, where),
    (part) => nameOf(part.last)],
  [/^Change needed each /, (cell, { fact }, where) => change(cell, fact('change needed'), where)],
  [/^Forecast rests on$/, rests],
  [/^Such forecasts in the past$/, past],
  [/^In 12 months$/, told('events in 12 months')],
  [/^The last$/, latest],
  [/^Days since, to /, told('days since the last event')],
  [/^Not to be decided$/, told('events not to be decided')],
  [DEFINED, accounted],
];

// One fact of a part; what nobody looks at may hold no digit.
export function fact({ name, cell }, part) {
  const where = `${part.id}, ${name}`;
  const found = FACTS.find(([pattern]) => pattern.test(name));
  if (!found) return;
  const [pattern, look, named] = found;
  const match = name.match(pattern);
  if (named) assert.equal(match[1], named(part), where);
  look(cell, part, where, match);
}
