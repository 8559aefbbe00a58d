// Every number in the tables, facts, lists and sentences of a page against the tables of its pack, cell by cell.
// A number that no table of the pack holds is a failure, as is a table that nobody looks at.
import assert from 'node:assert/strict';
import { actions } from './numbers/actions.js';
import { digitsLeft } from './numbers/cells.js';
import { quality } from './numbers/feeds.js';
import { method } from './numbers/method.js';
import { part } from './numbers/parts.js';
import { prose } from './numbers/prose.js';
import { questions } from './numbers/questions.js';
import { read } from './numbers/read.js';
import { reconciliation } from './numbers/reconciliation.js';
import { summary } from './numbers/summary.js';
import { tablesOf } from './numbers/tables.js';
import { aggregate } from './numbers/views.js';

// Every cell of a block with the kind of place it stands in.
export function cellsOf(block) {
  const listed = (items, name) => items.map((cell) => [name, cell]);
  const inTable = ({ headings, rows }) => rows.flatMap((cells) =>
    cells.map((cell, at) => [`${headings[0]} … ${headings.at(-1)}, ${headings[at]}`, cell]));
  return [
    ...[...block.facts, ...block.terms, ...block.counts].map(({ name, cell }) => [name, cell]),
    ...listed(block.paragraphs, 'sentence'),
    ...listed(block.leads, 'sentence to read first'),
    ...block.lists.flatMap(({ items }) => listed(items, 'list')),
    ...block.tables.flatMap(inTable),
  ];
}

function look(block, blocks, tables) {
  if (tables.findings.has(block.id)) part(block, tables);
  else if (tables.views.has(block.id)) aggregate(block, tables);
  else if (/^reconciliation-/.test(block.id)) reconciliation(block, tables);
  else if (/^(quality|completeness)$/.test(block.id)) quality(block, tables);
  else if (/^(limits|forecasts|ratings|chance)$/.test(block.id)) method(block);
  else if (block.id === 'actions') actions(block, tables);
  else summary(block, blocks, tables);
}

// Compares one block of a page and says how many of its cells hold numbers.
export function compare(block, blocks, tables) {
  look(block, blocks, tables);
  questions(block, blocks, tables);
  prose(block, tables);
  const cells = cellsOf(block);
  for (const [place, cell] of cells) {
    if (!place.startsWith('sentence')) assert.ok(!digitsLeft(cell), `${block.id}, ${place}: no table holds ${JSON.stringify(cell.left)} of ${JSON.stringify(cell.all)}`);
  }
  return cells.filter(([, cell]) => cell.compared).length;
}

// The blocks of a page as the tables know them.
export async function blocksOf(page, tables) {
  const blocks = JSON.parse(await page.evaluate(`JSON.stringify((${read})())`)); // as text: a page has 30,000 cells
  const known = (id) => tables.findings.has(id) || tables.views.has(id);
  // what a pack shows a second time has a number after its id
  for (const block of blocks) if (!known(block.id)) block.id = block.id.replace(/--\d+$/, '');
  // the register stands in several parts
  const [register, ...more] = blocks.filter(({ id }) => /^actions/.test(id));
  for (const one of more) for (const what of ['lists', 'tables']) register[what].push(...one[what]);
  return blocks.filter((block) => !more.includes(block));
}

// Checks a page and says how many cells were compared.
export async function check(page, pack) {
  const tables = tablesOf(pack);
  const blocks = await blocksOf(page, tables);
  const shown = new Set(blocks.map(({ id }) => id));
  for (const id of tables.findings.keys()) assert.ok(shown.has(id), `${id} of findings.csv is not in the page`);
  return blocks.reduce((sum, block) => sum + compare(block, blocks, tables), 0);
}
