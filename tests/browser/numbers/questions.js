// Questions for the meeting: each number they ask about is one of what they name.
import assert from 'node:assert/strict';
import { among } from './cells.js';
import { partOf } from './parts.js';
import { nameOf, says } from './text.js';

const squeezed = (words) => words.replace(/\s+/g, ' ').trim();

// Everything that a part says of itself.
function numbersOf(id, tables) {
  const { finding, facts } = partOf(id, tables);
  const beside = [...tables.views.values()].filter((view) => view.measure === tables.values.get(id)?.[0]?.measure);
  const of = finding ? [finding.value, finding.previous, finding.target, finding.baseline] : [];
  return [...of, ...facts.numbers, ...beside.flatMap((view) => view.numbers), ...(tables.views.get(id)?.numbers ?? [])];
}

// `2 in February 2019: …` and `1 in 12 months, …` of an indicator.
function ofIndicator(cell, { finding, fact }, where) {
  const [said, value, when] = cell.left.match(/^(\S+(?: a day| a week| (?:working )?days?)?) in (12 months|[^:,]*)(?=[:,])/) ?? [];
  if (!said) return;
  if (when !== '12 months') assert.equal(when, nameOf(finding.period), where);
  const number = when === '12 months' ? fact('events in 12 months') : finding.value;
  assert.ok(says(value, number), `${where}: ${said} is not ${number}`);
  cell.left = cell.left.replace(said, '');
  cell.compared = true;
}

const AGGREGATES = [
  [/^(\S+) of (\S+) over the limit/, [['all', 'over'], ['all', 'cases']]],
  [/^(\S+) people came more than once: (\S+) of (\S+) cases/, [['more than once', 'people'], ['more than once', 'cases'], ['all', 'cases']]],
  [/ known for (\S+) of (\S+) bed days/, [['all', 'with a known cost'], ['all', 'bed days']]],
];

// `260 of 289 over the limit in force on their day (3 h).` of an aggregate.
function ofAggregate(cell, views, where) {
  for (const [pattern, figures] of AGGREGATES) {
    const [said, ...numbers] = cell.left.match(pattern) ?? [];
    if (!said) continue;
    const right = (view) => figures.every(([row, figure], at) => says(numbers[at], view.of(row, '', figure) ?? ''));
    assert.ok(views.some(right), `${where}: ${said} is not in views.csv`);
    cell.left = cell.left.replace(said, '');
    cell.compared = true;
  }
}

// A limit of the law, the twelve months of a year, an allowance of one: numbers of rules, not of data.
const RULES = ['1', '12'];
const LIMITS = /\((?:(?:, | and )?\d+ (?:h|min|days?)(?: \d+ min)?)+\)/;

export function questions(block, blocks, tables) {
  for (const { name, cell } of block.terms) {
    const parts = blocks.filter(({ id, title }) => {
      const finding = tables.findings.get(id);
      return finding ? name === squeezed(`${finding.reference} ${finding.title}`) : title.startsWith(name);
    });
    assert.ok(parts.length > 0, `a question about ${name}, which is not in the page`);
    const reasons = parts.map(({ id }) => tables.findings.get(id)?.reason).filter(Boolean);
    for (const said of [...reasons, ...parts.flatMap(({ leads }) => leads.map((lead) => lead.all))]) cell.left = cell.left.replace(squeezed(said), '');
    cell.left = cell.left.replace(LIMITS, '').replace(/Ask: .*/, '');
    for (const { id } of parts.filter(({ id }) => tables.findings.has(id))) ofIndicator(cell, partOf(id, tables), `question about ${name}`);
    ofAggregate(cell, parts.flatMap(({ id }) => tables.views.get(id) ?? []), `question about ${name}`);
    among(cell, [...RULES, ...parts.flatMap(({ id }) => numbersOf(id, tables))], `question about ${name}`);
  }
}
