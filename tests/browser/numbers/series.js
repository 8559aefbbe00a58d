// The tables of an indicator's part: its chart's twin, forecast, days between events, dated targets, rows by step.
import assert from 'node:assert/strict';
import { accounted, equals, is, lists, tells } from './cells.js';
import { band, chance } from './facts.js';
import { nameOf, periodOf } from './text.js';

const COLUMNS = new Map(Object.entries({
  Value: 'value', Numerator: 'numerator', Denominator: 'denominator', '95% from': 'ci_lower',
  '95% to': 'ci_upper', Target: 'target', Centre: 'mean', 'Lower limit': 'lower_limit',
  'Upper limit': 'upper_limit',
}));
const WORDS = new Map(Object.entries({ Status: 'status', Signals: 'signals' }));

// A chart's twin: every period, every column; a column left out has nothing to show.
function twin(table, { id, values }) {
  const { grain } = values.at(-1);
  const expected = values.filter((row) => row.grain === grain);
  assert.equal(table.rows.length, expected.length, `${id}: periods`);
  for (const [place, row] of expected.entries()) equals(table.rows[place][0], periodOf(row), `${id}: period ${place + 1}`);
  for (const [column, name] of [...COLUMNS, ...WORDS]) {
    const at = table.headings.indexOf(column);
    for (const [place, row] of expected.entries()) {
      const here = `${id}, ${periodOf(row)}, ${column}`;
      // a count is its own numerator
      const told = column === 'Numerator' && row.numerator === row.value;
      const cell = table.rows[place][at];
      if (at < 0) assert.ok(row[name] === '' || told, `${here}: left out, but values.csv has ${row[name]}`);
      else if (WORDS.has(column)) equals(cell, row[name], here);
      else if (!told || cell.text !== '') is(cell, row[name], here);
    }
  }
}

// A table with a row for each of a view's rows, by their names, and a figure a column.
function ofView(table, view, rows, figures, { id }) {
  assert.equal(table.rows.length, rows.length, `${id}: rows of ${table.caption}`);
  for (const [place, row] of rows.entries()) {
    equals(table.rows[place][0], nameOf(row), `${id}: row ${place + 1} of ${table.caption}`);
    for (const [heading, figure] of figures) {
      const [at, number] = [table.headings.indexOf(heading), view.of(row, '', figure) ?? ''];
      const here = `${id}, ${nameOf(row)}, ${heading}`;
      if (at < 0) assert.equal(number, '', `${here}: left out`);
      else is(table.rows[place][at], number, here);
    }
  }
}

const EXPECTED = ['forecast', '80% from', '80% to', '95% from', '95% to'];
const BETWEEN = [['Days since the one before', 'days'], ['Centre', 'centre'], ['Lower limit', 'lower limit'], ['Upper limit', 'upper limit']];

// Every dated target that was set.
function targets(table, { id, targets: view }) {
  const rows = view.rows('target');
  assert.equal(table.rows.length, rows.length, `${id}: dated targets`);
  const at = Object.fromEntries(table.headings.map((heading, place) => [heading.replace(/ each .*/, ''), place]));
  for (const [place, row] of rows.entries()) {
    const cell = (heading) => table.rows[place][at[heading]];
    const [here, of] = [`${id}, target ${row}`, (figure) => view.of(row, '', figure)];
    tells(table.rows[place][0], `By ${nameOf(row.replace(/^\d+ by /, ''))}`, here);
    accounted(table.rows[place][0]); // below it the plan's own reference
    for (const [heading, figure] of [['To reach', 'target'], ['Value then', 'when set'], ['Expected then for its date', 'expected'], ['What came', 'came']]) {
      is(cell(heading), of(figure), `${here}, ${heading}`);
    }
    if (of('80% from') !== '') band(cell('80% band'), [of('80% from'), of('80% to')], `${here}, band`);
    chance(cell('Probability then'), of('probability'), `${here}, probability`);
    lists(cell('Change needed'), of('change needed') === '' ? [] : [of('change needed')], `${here}, change needed`);
  }
}

// A feed's rows by the step they stopped at, as the manifest counts them.
function steps(table, { id, tables }) {
  const measure = table.caption.match(/, ([^,]*): rows counted/)?.[1];
  const all = tables.steps[id];
  const traced = all.length === 1 ? all[0] : all.find((one) => one.measure === measure);
  const numbers = [
    ...traced.steps.map((step) => [step.name, String(step.left_out), String(step.unknown)]),
    ['counted', String(traced.rows), ''],
    ...Object.entries(traced.nowhere ?? {}).map(([code, rows]) => [code, String(rows), '']),
  ];
  assert.equal(table.rows.length, numbers.length, `${id}: steps`);
  for (const [place, [name, ...counts]] of numbers.entries()) {
    tells(table.rows[place][0], name, `${id}: step ${place + 1}`);
    accounted(table.rows[place][0]);
    for (const [at, count] of counts.entries()) is(table.rows[place][at + 1], count, `${id}, step ${name}`);
  }
}

// Each table by the end of its caption.
export const TABLES = [
  [/: the numbers behind the chart$/, twin],
  [/: the forecast$/, (table, part) =>
    ofView(table, part.forecast, part.forecast.rows('forecast'), EXPECTED.map((one) => [one[0].toUpperCase() + one.slice(1), one]), part)],
  [/: the days between events$/, (table, part) => ofView(table, part.gaps, part.gaps.rows('days'), BETWEEN, part)],
  [/: every date that was set$/, targets],
  [/: rows counted, step by step, all months$/, steps],
];
