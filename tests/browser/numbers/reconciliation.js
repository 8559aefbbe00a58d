// Counts of the same thing by several bodies against reconciliation.csv.
import assert from 'node:assert/strict';
import { accounted, among, equals, is } from './cells.js';
import { grouped } from './tables.js';
import { nameOf, numbersIn } from './text.js';

const sentence = (words) => words[0].toUpperCase() + words.slice(1);

function cannotBeTold(cell, rows, here) {
  const wanted = rows.flatMap((row) => [row.without_key, row.not_to_be_told]).filter((number) => Number(number) > 0);
  assert.equal(numbersIn(cell.left).length, wanted.length, here);
  among(cell, wanted, here);
}

function month(table, cells, rows, id) {
  const here = `${id}, ${rows[0].month}`;
  const cell = (heading) => cells[table.headings.indexOf(heading)];
  for (const row of rows) is(cell(sentence(row.side)), row.count, `${here}, ${row.side}`);
  if (table.headings.includes('With both')) {
    is(cell('With both'), rows[0].matched, `${here}, with both`);
    for (const row of rows) is(cell(`Only ${row.side}`), row.only_here, `${here}, only ${row.side}`);
  }
  if (table.headings.includes('Cannot be told')) cannotBeTold(cell('Cannot be told'), rows, here);
  const said = rows[0].comparable === 'true' ? 'all reported' : rows.map((row) => `${row.side} ${row.coverage}`).join('; ');
  assert.ok(cell('Coverage').left.startsWith(said), `${here}: ${cell('Coverage').left}`);
}

// The months that are summed up, and each number of the sentence.
function summed(lead, months, shown, id) {
  const [, number, from, to] = lead.all.match(/^In the latest (\d+) .* months, (.*?) to (.*?):/) ?? [];
  if (!number) return;
  const names = [...months.keys()].map(nameOf);
  assert.ok(names.indexOf(from) >= names.length - shown, `${id}: ${from} is summed up and not shown`);
  const inside = [...months.values()].slice(names.indexOf(from), names.indexOf(to) + 1)
    .filter(([row]) => row.comparable === 'true');
  assert.equal(inside.length, Number(number), `${id}: months summed up`);
  const of = (column, side) => String(inside.reduce((sum, rows) => sum + Number(rows[side][column]), 0));
  const columns = ['count', 'matched', 'only_here', 'without_key', 'not_to_be_told'];
  for (const [side, row] of inside[0].entries()) {
    const name = new RegExp(`:? ?(?:the )?${row.side} (\\d[\\d,]*)`);
    assert.equal(lead.all.slice(lead.all.indexOf(':')).match(name)?.[1].replaceAll(',', ''), of('count', side), `${id}: ${row.side}`);
  }
  among(lead, [number, ...columns.flatMap((column) => [of(column, 0), of(column, inside[0].length - 1)])], id);
}

export function reconciliation(block, tables) {
  const id = block.id.replace(/^reconciliation-/, '');
  const months = grouped(tables.reconciliation.get(id), (row) => row.month);
  const [table] = block.tables;
  const shown = [...months.values()].slice(-table.rows.length);
  for (const [place, rows] of shown.entries()) {
    equals(table.rows[place][0], nameOf(rows[0].month), `${id}: month ${place + 1}`);
    month(table, table.rows[place], rows, id);
  }
  for (const lead of block.leads) summed(lead, months, shown.length, id);
  table.rows.forEach((cells) => accounted(cells.at(-1))); // who reported, in words
}
