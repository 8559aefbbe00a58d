// The method part against what the simulations published in benches.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { accounted, lists } from './cells.js';

const published = (name) =>
  parse(readFileSync(new URL(`../../../benches/${name}.csv`, import.meta.url)), { columns: true });

function row(cells, number, where) {
  accounted(cells[0]);
  for (const [at, one] of number.entries()) lists(cells[at + 1], one.replace('>', '') === '' ? [] : [one.replace('>', '')], where);
}

function chance(table) {
  const worlds = published('chance');
  assert.deepEqual(table.rows.map(([cell]) => cell.left), worlds.map((one) => `${one.family}: ${one.world}`), 'worlds');
  for (const [at, one] of worlds.entries()) {
    row(table.rows[at], [
      one.red, one.amber, one.green, one.not_rated, one.changes_a_year, one.delay_median, one.delay_p90, one.never_red,
      one.target_red, one.target_changes_a_year, one.ten_percent_red, one.ten_percent_changes_a_year,
    ], `${one.family}: ${one.world}`);
  }
}

function calibration(table) {
  const all = published('calibration').filter((one) => one.history === '24');
  const next = all.filter((one) => one.horizon === '1');
  assert.equal(table.rows.length, next.length, 'series of the calibration');
  for (const [at, one] of next.entries()) {
    const [figures, process, known, ...cells] = table.rows[at];
    const far = all.find((other) => other.horizon === '12' &&
      ['nature', 'process', 'knowable'].every((name) => other[name] === one[name]));
    const where = `${one.nature}, ${one.process}`;
    assert.deepEqual([figures.left, process.left, known.left], [one.nature, one.process, one.knowable], where);
    accounted(process);
    row([figures, ...cells], [one.coverage_80, one.coverage_95, far.coverage_80, far.coverage_95], where);
  }
}

// The tables of rules are words, the same in every pack: their numbers are of no data.
export function rules(table) {
  assert.match(table.caption, /^The (rating table|table of (charts|actions)): the first row that applies decides$/);
  table.rows.flat().forEach(accounted);
}

export function method(block) {
  for (const table of block.tables) {
    if (block.id === 'forecasts') calibration(table);
    else if (block.id === 'chance') chance(table);
    else rules(table);
  }
}
