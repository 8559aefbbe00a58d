// The page a busy reader needs: the index, what needs attention, what changed, counts by rating.
import assert from 'node:assert/strict';
import { accounted, among, equals, is, ofPeriods, tells } from './cells.js';
import { nameOf, numbersIn } from './text.js';
import { partOf } from './parts.js';

// An indicator by its reference and its title, which leads to its part.
function named(cell, { findings }) {
  const finding = findings.get(cell.to[0]);
  assert.ok(finding, `${cell.left} leads to no finding`);
  equals(cell, `${finding.reference} ${finding.title}`, finding.indicator);
  return finding;
}

function rated(cell, { indicator, rating, rule }) {
  assert.deepEqual(cell.signs.map((sign) => sign.toLowerCase()), [rating], `${indicator}: rating`);
  tells(cell, `Rule ${rule}`, `${indicator}: rule`);
}

function latest(cell, finding) {
  if (finding.value === '') return assert.ok(!cell.figure, `${finding.indicator}: the latest value is left out`);
  is(cell, finding.value, `${finding.indicator}: latest`);
  tells(cell, nameOf(finding.period), `${finding.indicator}: latest`);
}

// `24 in August 2019 (17 to 32), on course`.
function forecast(cell, part) {
  if (!part.last) return;
  tells(cell, `in ${nameOf(part.last)}`, `${part.id}: forecast`);
  const [middle, ...ends] = numbersIn(cell.left);
  const where = `${part.id}: forecast`;
  among({ ...cell, left: middle }, [part.finding.forecast], where);
  among({ ...cell, left: ends[0] }, [part.band('80%')[0]], where);
  among({ ...cell, left: ends.at(-1) }, [part.band('80%')[1]], where);
  accounted(cell);
}

// The promise stands in the part as a fact too, where its numbers are looked at.
function promise(cell, id, blocks) {
  const facts = blocks.find((block) => block.id === id).facts;
  equals(cell, facts.find(({ name }) => name === 'Target or baseline').cell.all, `${id}: target`);
}

function index(table, blocks, tables) {
  const at = (start) => table.headings.findIndex((heading) => heading.startsWith(start));
  const wanted = [...tables.findings.values()].filter((finding) => finding.split === '').map((finding) => finding.indicator);
  assert.deepEqual(table.rows.map(([cell]) => cell.to[0]), wanted, 'indicators of the index');
  for (const cells of table.rows) {
    const finding = named(cells[0], tables);
    ofPeriods(cells[at('Trend')], tables.values.get(finding.indicator) ?? [], `${finding.indicator}: trend`);
    latest(cells[at('Latest')], finding);
    rated(cells[at('Rating')], finding);
    if (at('Target') > 0) promise(cells[at('Target')], finding.indicator, blocks);
    if (at('Forecast') > 0) forecast(cells[at('Forecast')], partOf(finding.indicator, tables));
  }
}

function changed([indicator, was, is, , why], tables) {
  const finding = named(indicator, tables);
  rated(is, finding);
  // the month before was judged again: its rule stands in no table
  accounted(was);
  if (why.left === finding.reason) accounted(why);
  else among(why, tables.values.get(finding.indicator).flatMap(({ value, target, lower_limit, upper_limit }) =>
    [value, target, lower_limit, upper_limit]), `${finding.indicator}: why it changed`);
}

export function summary(block, blocks, tables) {
  for (const { name, cell } of block.counts) {
    const all = [...tables.findings.values()].filter((one) => one.split === '' && one.rating === name.toLowerCase());
    is(cell, String(all.length), `indicators, ${name}`);
  }
  for (const { after, items } of block.lists) if (/^Note by /.test(after)) items.forEach(accounted); // people's words
  for (const table of block.tables) {
    if (table.index) index(table, blocks, tables);
    else if (block.id === 'attention') {
      for (const [indicator, rating, why] of table.rows) {
        const finding = named(indicator, tables);
        rated(rating, finding);
        equals(why, finding.reason, `${finding.indicator}: why`);
      }
    } else if (block.id === 'changed') table.rows.forEach((cells) => changed(cells, tables));
    else if (block.id === 'grid') for (const cell of table.rows.flat()) for (const id of cell.to) tells(cell, tables.findings.get(id).title, id);
  }
}
