// The aggregates of a pack's sections, table by table, against views.csv.
import assert from 'node:assert/strict';
import { accounted, among, is } from './cells.js';
import { nameOf, says, seconds } from './text.js';

// Codes stand in words in the page: `admitted_informal` is Admitted informal, `ed` is ED.
const plain = (words) => words.toLowerCase().replace(/[^a-z0-9]/g, '');

// The view's name for a row or a column of the page.
function code(words, names, where) {
  const found = names.filter((name) => plain(name) === plain(words));
  assert.equal(found.length, 1, `${where}: ${words} is not one of ${names}`);
  return found[0];
}

// A row for each of these, in their order, named as `named` says.
function rows(table, names, named, id) {
  assert.deepEqual(table.rows.map(([cell]) => cell.left), names.map(named), `${id}: rows`);
  table.rows.forEach(([cell]) => accounted(cell));
  return names.map((name, place) => [name, table.rows[place]]);
}

// Cells against one figure each: [heading, [row, column, figure]].
function line(table, cells, view, numbers, where) {
  for (const [heading, [row, column, figure]] of numbers) {
    const at = table.headings.indexOf(heading);
    assert.ok(at > 0, `${where}: no column ${heading}`);
    is(cells[at], view.of(row, column, figure), `${where}, ${row}, ${heading}`);
  }
}

function grid(table, view, id) {
  const [, ...headings] = table.headings;
  const [down, across] = [view.rows('cases'), view.columns('cases')];
  assert.equal(headings.length, across.length, `${id}: columns`);
  assert.equal(table.rows.length, down.length, `${id}: rows`);
  for (const cells of table.rows) {
    const row = code(cells[0].left, down, id);
    accounted(cells[0]);
    line(table, cells, view, headings.map((heading) =>
      [heading, [row, heading === headings.at(-1) ? 'all' : code(heading, across, id), 'cases']]), id);
  }
}

function split(table, view, id) {
  const codes = view.columns('cases');
  const [, ...headings] = table.headings.slice(0, -1);
  // months that were not delivered have no row in views.csv
  const delivered = table.rows.filter((cells) => cells.at(-1).left !== 'not delivered');
  const numbers = { ...table, rows: delivered };
  for (const [month, cells] of rows(numbers, view.rows('cases'), nameOf, id)) {
    line(table, cells, view, headings.map((heading) => {
      if (heading === 'Not known') return [heading, [month, '', 'not known']];
      const [, name, share] = heading.match(/^(.*?)(, share)?$/);
      return [heading, [month, code(name, codes, id), share ? 'share' : 'cases']];
    }).filter(([, [row, column, figure]]) => figure !== 'share' || view.of(row, column, figure) !== undefined), id);
  }
  for (const cells of table.rows.filter((cells) => !delivered.includes(cells))) accounted(cells[0]);
}

const BY_CODE = [
  [/^(Cases|Bed days|Denominator)$/, 'cases'], [/^Numerator$/, 'inside'], [/^Share$/, 'share'],
  [/^95% from$/, '95% from'], [/^95% to$/, '95% to'],
  [/^(Cases|Bed days|Denominator), /, 'cases before'], [/^Share then$/, 'share before'],
];

function codes(table, view, id) {
  const names = view.rows('cases');
  assert.equal(table.rows.length, names.length, `${id}: rows`);
  for (const cells of table.rows) {
    const row = code(cells[0].left, names, id);
    accounted(cells[0]);
    line(table, cells, view, table.headings.slice(1).map((heading) =>
      [heading, [row, '', BY_CODE.find(([pattern]) => pattern.test(heading))?.[1]]]), id);
  }
}

// From and to, in seconds, of `above 30 min, up to 1 h`.
function ends(words) {
  const [above, to] = [words.match(/above ([^,]*)/)?.[1], words.match(/up to (.*)/)?.[1]];
  return `${seconds(above ?? '')} to ${to ? seconds(to) : ''} seconds`;
}

function lengths(table, view, id) {
  const over = table.headings.includes('Over the limit of their day');
  const names = [...view.rows('cases'), ...view.rows('apart')];
  assert.equal(table.rows.length, names.length, `${id}: rows`);
  for (const cells of table.rows) {
    const apart = cells[0].left.match(/^apart: (.*)/)?.[1];
    const row = apart ?? (cells[0].left === 'all whose length is known' ? 'all' : ends(cells[0].left));
    assert.ok(names.includes(row), `${id}: ${cells[0].left} is not in views.csv`);
    accounted(cells[0]);
    line(table, cells, view, [['Cases', [row, '', apart ? 'apart' : 'cases']]], id);
    if (over && !apart) line(table, cells, view, [['Over the limit of their day', [row, '', 'over']]], id);
  }
}

const TIMES = { once: '1', twice: '2' };

function people(table, view, id) {
  const named = (words) => TIMES[words] ?? words.replace(' times', '');
  const names = view.rows('people').filter((row) => row !== 'more than once');
  assert.deepEqual(table.rows.map(([cell]) => named(cell.left)), names, `${id}: rows`);
  for (const [place, row] of names.entries()) {
    accounted(table.rows[place][0]);
    line(table, table.rows[place], view, [['People', [row, '', 'people']], ['Cases', [row, '', 'cases']]], id);
  }
}

function cost(table, view, id) {
  const named = (row) => (row === 'all' ? 'All of them' : nameOf(row));
  for (const [row, cells] of rows(table, view.rows('bed days'), named, id)) {
    line(table, cells, view, [
      ['Bed days', [row, '', 'bed days']], ['With a known cost', [row, '', 'with a known cost']],
      ['Coverage', [row, '', 'coverage']], ['Cost of those', [row, '', 'pounds']],
    ], id);
  }
}

function whatIf(table, view, id) {
  for (const [row, cells] of rows(table, view.rows('starts a month'), (name) => name, id)) {
    line(table, cells, view, table.headings.slice(1).map((heading) => [heading, {
      'Starts a month': [row, '', 'starts a month'],
      'Mean stay, days': [row, '', 'mean stay'],
      'Open in the long run': [row, 'long run', 'open'],
    }[heading] ?? [row, heading.replace('Open after ', ''), 'open']]), id);
  }
}

// What the page's script works with; `within` sums up the shares that last longer, night by night.
function sliders(data, view, id) {
  const exact = { open: ['now', 'open'], starts: ['As now', 'starts a month'], mean: ['As now', 'mean stay'] };
  for (const [name, [row, figure]] of Object.entries(exact)) {
    assert.equal(Number(data[name]), Number(view.of(row, '', figure)), `${id}: data-${name}`);
  }
  const lasting = view.rows('share that lasts longer').map((row) => Number(view.of(row, '', 'share that lasts longer')));
  const sum = (shares) => shares.reduce((sum, share) => sum + share, 0);
  const within = data.within.split(' ').map(Number);
  for (const [nights, share] of within.entries()) {
    const wanted = sum(lasting.slice(0, nights)) / sum(lasting);
    assert.ok(Math.abs(share - wanted) < 1e-9, `${id}: ${nights} nights hold ${share}, not ${wanted}`);
  }
}

// The shaded cells repeat the table's numbers, in another order and shares without decimals.
function shades(texts, table, id) {
  const shares = table.headings.some((heading) => heading.endsWith(', share'));
  const inside = table.rows.slice(0, shares ? undefined : -1)
    .flatMap((cells) => cells.filter((_, at) => (shares ? table.headings[at].endsWith(', share') : at > 0 && at < cells.length - 1)))
    .filter((cell) => cell.text !== '');
  const drawn = texts.filter((text) => /^\d[\d,]*%?$/.test(text) && !table.headings.includes(text));
  assert.equal(drawn.length, inside.length, `${id}: shaded cells`);
  const order = (one, other) => parseFloat(one) - parseFloat(other);
  const numbers = inside.map((cell) => cell.value ?? cell.text).sort(order);
  for (const [at, text] of drawn.sort(order).entries()) assert.ok(says(text, numbers[at]), `${id}: ${text} is shaded, not ${numbers[at]}`);
}

const KINDS = [
  [/--\d+-(?:heatmap|cross)-/, grid], [/--\d+-split-/, split], [/--\d+-(?:reasons|by)-/, codes],
  [/--\d+-(?:distribution|nights)$/, lengths], [/--\d+-people$/, people], [/--\d+-cost$/, cost], [/--\d+-what-if$/, whatIf],
];

// A part that shows an aggregate.
export function aggregate(block, tables) {
  const view = tables.views.get(block.id);
  const kind = KINDS.find(([pattern]) => pattern.test(block.id));
  assert.ok(kind, `nobody looks at ${block.id}`);
  for (const table of block.tables) kind[1](table, view, block.id);
  if (/--\d+-(?:heatmap|cross|split)-/.test(block.id)) for (const [at, texts] of block.pictures.entries()) shades(texts, block.tables[at], block.id);
  for (const data of block.tries) sliders(data, view, block.id);
  // how many lasted longer than the nights that were seen; a month is a twelfth of 365 days
  const nights = view.rows('share that lasts longer');
  const longer = [view.of(nights.at(-1), '', 'share that lasts longer') ?? '', String(nights.length), '365'];
  for (const item of block.lists.flatMap(({ items }) => items)) among(item, longer, `${block.id}, list`);
}
