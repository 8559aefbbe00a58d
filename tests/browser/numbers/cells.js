// Cells of a page against numbers and words of a CSV. Each holds what nobody has accounted for yet
// (`left`): in the end no digit may be left.
import assert from 'node:assert/strict';
import { numbersIn, periodOf, same, says, withoutPeriods } from './text.js';

const said = (cell) => JSON.stringify(cell.value === null ? cell.text : [cell.text, cell.value]);

// It is that number, to the last digit.
export function is(cell, number, where) {
  assert.notEqual(number, undefined, `${where}: no such number in the tables`);
  assert.ok(same(cell, number), `${where}: ${said(cell)} is not ${number}`);
  cell.left = cell.left.replace(cell.text, '');
  cell.compared = number !== '';
}

// It says these words, and perhaps others.
export function tells(cell, words, where) {
  assert.ok(cell.left.includes(words), `${where}: ${JSON.stringify(cell.left)} does not say ${JSON.stringify(words)}`);
  cell.left = cell.left.replace(words, '');
}

// It says these words and nothing else.
export function equals(cell, words, where) {
  assert.equal(cell.left.trim(), words.replace(/\s+/g, ' ').trim(), where);
  cell.left = '';
}

// Its numbers are these and no others, one after the other.
export function lists(cell, numbers, where) {
  const found = numbersIn(cell.left);
  const right = found.length === numbers.length && found.every((text, at) => says(text, numbers[at]));
  assert.ok(right, `${where}: ${JSON.stringify(cell.left)} does not say ${JSON.stringify(numbers)}`);
  cell.left = '';
  cell.compared = numbers.length > 0;
}

// Each of its numbers is one of these.
export function among(cell, numbers, where) {
  for (const text of numbersIn(cell.left)) {
    assert.ok(numbers.some((number) => number !== '' && says(text, number)), `${where}: ${text} of ${JSON.stringify(cell.left)} is not in the tables`);
    cell.compared = true;
  }
  cell.left = '';
}

// `24 in April 2017, 20 in March 2019`: of each of these rows of values.csv that it names, the value.
export function ofPeriods(cell, rows, where) {
  for (const row of rows) {
    const [said, value] = cell.left.match(new RegExp(`([\u2212£\\d][\\d,.:]*(?:%| (?:working )?days?| a day| a week)?) in ${periodOf(row)}`)) ?? [];
    if (!said) continue;
    assert.ok(says(value, row.value), `${where}: ${said} is not ${row.value}`);
    cell.left = cell.left.replace(said, '');
    cell.compared = true;
  }
}

// It is right by other means, or its numbers are no figures.
export function accounted(cell) {
  cell.left = '';
}

// What is left of a block when everything has been looked at.
export function digitsLeft(cell) {
  return /\d/.test(withoutPeriods(cell.left));
}
