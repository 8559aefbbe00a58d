// The sentences of a part that shows figures: each number in them is one of its finding, its values or its views.
import assert from 'node:assert/strict';
import { among } from './cells.js';
import { partOf } from './parts.js';
import { probable, seconds } from './text.js';

// Numbers of rules and of words: the bands, an hour of the day, the values that a forecast needs.
const RULES = /80% (?:probability|band)|the one from \d\d:00|^No forecast: .*/g;
// The plan's own words, and what suggests new limits: its means stand in no table until they are accepted.
const OTHERS = /^(?:The plan stated: |Suggested, not applied: )/;
const LENGTH = /\d+ h(?: \d+ min)?|\d+ min|\d+ days?(?= or less)/g;

function lengths(cell, numbers, where) {
  const minutes = new Set(numbers.map((number) => Math.floor(Number(number) / 60) * 60));
  for (const [text] of cell.left.matchAll(LENGTH)) {
    assert.ok(minutes.has(seconds(text)), `${where}: ${text} of ${JSON.stringify(cell.all)} is not in the tables`);
    cell.compared = true;
  }
  cell.left = cell.left.replace(LENGTH, '');
}

// What rounds to certainty.
function chances(cell, numbers, where) {
  for (const [text] of cell.left.matchAll(/below 1%|above 99%/g)) {
    assert.ok(numbers.some((number) => number !== '' && probable(text, number)), `${where}: ${text}`);
    cell.left = cell.left.replace(text, '');
    cell.compared = true;
  }
}

function numbersOf(id, tables) {
  const { finding, values, facts, band } = partOf(id, tables);
  if (!finding) return tables.views.get(id).numbers;
  return [
    finding.value, finding.previous, finding.baseline, finding.target, finding.forecast,
    ...values.flatMap((row) => [row.value, row.mean]), ...facts.numbers, ...band('80%'), '12', // a year's months
  ].filter((number) => number !== undefined);
}

export function prose(block, tables) {
  const finding = tables.findings.get(block.id);
  if (!finding && !tables.views.has(block.id)) return;
  const numbers = numbersOf(block.id, tables);
  for (const cell of [...block.paragraphs, ...(finding ? [] : block.leads)]) {
    if (OTHERS.test(cell.left)) continue;
    const where = `${block.id}, sentence`;
    cell.left = cell.left.replace(RULES, '');
    if (finding) chances(cell, [finding.probability], where);
    else lengths(cell, numbers, where);
    among(cell, finding ? [...numbers, finding.probability] : numbers, where);
  }
}
