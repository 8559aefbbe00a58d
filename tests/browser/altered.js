// A check that cannot fail is worth nothing: one number of each kind of place in a page is made wrong, and
// one row of each kind of table left out, and each of these must be found.
import assert from 'node:assert/strict';
import { blocksOf, cellsOf, compare } from './numbers.js';
import { tablesOf } from './numbers/tables.js';
import { numbersIn } from './numbers/text.js';

// Another last digit in the first number.
function other(text) {
  const [number = ''] = numbersIn(text);
  return text.replace(number, number.replace(/\d(?=\D*$)/, (digit) => (Number(digit) + 1) % 10));
}

// What was made wrong and not found.
function unfound(block, blocks, tables, change) {
  const copy = structuredClone(block);
  change(copy);
  try {
    compare(copy, blocks.map((one) => (one === block ? copy : one)), tables);
  } catch (error) {
    assert.equal(error.code, 'ERR_ASSERTION', error.stack);
    return false;
  }
  return true;
}

export async function isFound(page, pack) {
  const tables = tablesOf(pack);
  const blocks = await blocksOf(page, tables);
  const [missed, done] = [[], new Set()];
  const once = (name, block, change) => {
    if (done.has(name)) return;
    done.add(name);
    if (unfound(block, blocks, tables, change)) missed.push(name);
  };
  for (const block of blocks) {
    const compared = structuredClone(block);
    compare(compared, blocks, tables);
    for (const [at, [place, cell]] of cellsOf(compared).entries()) {
      if (!cell.compared) continue;
      const name = place.replace(/\b[A-Z][a-z]+ \d{4}|\d+/g, '#');
      const cellOf = (copy) => cellsOf(copy)[at][1];
      once(`${name}: shown`, block, (copy) => {
        const cell = cellOf(copy);
        for (const what of ['text', 'left', 'all']) cell[what] = other(cell[what]);
      });
      if (cell.value !== null) once(`${name}: exact`, block, (copy) => { cellOf(copy).value = String(Number(cell.value) * 1.000001 + 1e-9); });
    }
    for (const [at, { headings, rows }] of compared.tables.entries()) {
      if (rows.flat().some((cell) => cell.compared)) {
        once(`${headings[0]} … ${headings.at(-1)}: a row less`, block, (copy) => copy.tables[at].rows.shift());
      }
    }
  }
  assert.deepEqual(missed, [], 'made wrong and not found');
  return done.size;
}
