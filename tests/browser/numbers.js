// Every number of the parts and of the index against values.csv and findings.csv, cell by cell.
// A cell's exact number is its data-value, else its text without commas.
import assert from 'node:assert/strict';

// The id that a part has: the indicator, and of a split the code in letters, digits and hyphens.
function idOf(row) {
  if (row.split === '') return row.indicator;
  const code = row.split.slice(row.split.indexOf('=') + 1);
  return `${row.indicator}--${code.replace(/[^A-Za-z0-9]/g, '-')}`;
}

export function byPart(rows) {
  const parts = new Map();
  for (const row of rows) {
    const id = idOf(row);
    if (!parts.has(id)) parts.set(id, []);
    parts.get(id).push(row);
  }
  return parts;
}

const day = (text) => {
  const [year, month, date] = text.split('-').map(Number);
  const names = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
  return { year, date, name: names.format(Date.UTC(year, month - 1, date)) };
};

// How a period of values.csv is called in the page.
export function periodOf(row) {
  const [from, to] = [day(row.period_start), day(row.period_end)];
  switch (row.grain) {
    case 'week': return `week commencing ${from.date} ${from.name} ${from.year}`;
    case 'month': return `${from.name} ${from.year}`;
    case 'quarter': return `${from.name} to ${to.name} ${to.year}`;
    case 'financial year': return `${from.year}/${String(to.year).slice(2)}`;
    default: return String(from.year);
  }
}

// Whether a cell of the page is that number of a table, to the last digit.
export function same(cell, number) {
  if (cell.value !== null) return cell.value === number || (number !== '' && Number(cell.value) === Number(number));
  const plain = cell.text.replaceAll(',', '').replace('\u2212', '-');
  const isNumber = /^-?\d+(\.\d+)?$/.test(plain);
  // words in a number's place say why there is none
  return isNumber ? number !== '' && Number(plain) === Number(number) : number === '';
}

const COLUMNS = new Map(Object.entries({
  Value: 'value', Numerator: 'numerator', Denominator: 'denominator', '95% from': 'ci_lower',
  '95% to': 'ci_upper', Target: 'target', Centre: 'mean', 'Lower limit': 'lower_limit',
  'Upper limit': 'upper_limit',
}));
const WORDS = new Map(Object.entries({ Status: 'status', Signals: 'signals' }));

// A chart's twin: every period, every column; a column left out has nothing to show.
function twin(id, table, rows) {
  const grain = rows.at(-1).grain;
  const expected = rows.filter((row) => row.grain === grain);
  assert.deepEqual(table.rows.map((cells) => cells[0].text), expected.map(periodOf), `${id}: periods`);
  let checked = 0;
  for (const [column, name] of [...COLUMNS, ...WORDS]) {
    const at = table.headings.indexOf(column);
    for (const [place, row] of expected.entries()) {
      const here = `${id}, ${periodOf(row)}, ${column}`;
      if (at < 0) {
        const told = column === 'Numerator' && row.numerator === row.value;
        assert.ok(row[name] === '' || told, `${here}: left out, but values.csv has ${row[name]}`);
        continue;
      }
      const cell = table.rows[place][at];
      if (WORDS.has(column)) {
        assert.equal(cell.text, row[name], here);
        continue;
      }
      const ownNumerator = column === 'Numerator' && cell.text === '' && row.numerator === row.value;
      assert.ok(ownNumerator || same(cell, row[name]), `${here}: ${JSON.stringify(cell)} is not ${row[name]}`);
      checked += 1;
    }
  }
  return checked;
}

const FACTS = [
  [/^Latest settled, /, 'value'],
  [/^Period before$/, 'previous'],
  [/^Green (from|up to)$/, 'green_threshold'],
  [/^Red (below|above)$/, 'red_threshold'],
  [/^Tolerance$/, 'tolerance'],
  [/^Mean of the baseline$/, 'baseline'],
  [/^Forecast for /, 'forecast'],
];

// The facts of a part, its rating and its reason.
function facts(part, finding) {
  let checked = 0;
  for (const [name, cell] of part.facts) {
    const column = FACTS.find(([pattern]) => pattern.test(name))?.[1];
    if (!column || cell.figures === 0) continue;
    assert.ok(same(cell, finding[column]), `${part.id}, ${name}: ${JSON.stringify(cell)} is not ${finding[column]}`);
    checked += 1;
  }
  assert.equal(part.rating.toLowerCase(), finding.rating, `${part.id}: rating`);
  assert.ok(part.said.includes(finding.reason), `${part.id}: reason`);
  return checked;
}

// Checks a page against its tables and says how many numbers were compared.
export async function check(page, pack) {
  const values = byPart(pack.table('values.csv'));
  const findings = byPart(pack.table('findings.csv'));
  const shown = await page.evaluate(read);
  let checked = 0;
  for (const part of shown.parts) {
    // an indicator that a pack shows in two sections has a number after its id the second time
    if (!findings.has(part.id)) part.id = part.id.replace(/--\d+$/, '');
    const table = part.tables.find(({ caption }) => caption.endsWith('the numbers behind the chart'));
    if (!findings.has(part.id)) {
      assert.ok(!table && part.rating === '', `${part.id} is not in findings.csv`);
      continue;
    }
    checked += facts(part, findings.get(part.id)[0]);
    if (table) checked += twin(part.id, table, values.get(part.id));
    findings.get(part.id).shown = true;
  }
  for (const [id, rows] of findings) assert.ok(rows.shown, `${id} of findings.csv is not in the page`);
  for (const { to, latest, rating } of shown.index) {
    const [finding] = findings.get(to);
    if (latest.figures > 0) assert.ok(same(latest, finding.value), `${to}: latest`);
    else assert.equal(finding.value, '', `${to}: the latest value is left out`);
    assert.equal(rating.toLowerCase(), finding.rating, `${to}: rating`);
    checked += latest.figures;
  }
  for (const [rating, count] of shown.counts) {
    const all = [...findings.values()].filter(([one]) => one.split === '' && one.rating === rating.toLowerCase());
    assert.equal(Number(count), all.length, rating);
    checked += 1;
  }
  return checked;
}

// What the page shows, read in the page.
function read() {
  const words = (element) => (element ? element.textContent.replace(/\s+/g, ' ').trim() : '');
  const cell = (element) => {
    const figures = element.querySelectorAll('.figure');
    const place = figures.length > 0 ? figures[0] : element;
    return { text: words(place), value: place.dataset.value ?? null, figures: figures.length };
  };
  const own = (node, what) => [...node.querySelectorAll(`:scope > ${what}`)];
  const table = (element) => ({
    caption: words(element.caption),
    headings: [...element.tHead.rows[0].cells].map(words),
    rows: [...element.tBodies[0].rows].map((row) => [...row.cells].map(cell)),
  });
  const part = (node) => ({
    id: node.querySelector(':scope > :is(h3, h4)').id,
    rating: words(node.querySelector(':scope > .sign-row .rating')),
    said: own(node, '.lead').map(words).join(' '),
    facts: own(node, '.facts').flatMap((list) => [...list.children].map((fact) =>
      [words(fact.querySelector('dt')), cell(fact.querySelector('dd'))])),
    tables: own(node, '.fold').map((fold) => table(fold.querySelector('table'))),
  });
  const index = document.querySelector('table.index');
  return {
    parts: [...document.querySelectorAll('.part, .piece')].map(part),
    index: !index ? [] : [...index.tBodies[0].rows].filter((row) => row.id).map((row) => ({
      to: row.id.slice('_row-'.length),
      latest: cell(row.cells[[...index.tHead.rows[0].cells].findIndex((heading) => words(heading).startsWith('Latest'))]),
      rating: words(row.querySelector('.rating')),
    })),
    counts: [...(document.querySelector('.counts')?.children ?? [])].map((item) =>
      [words(item.querySelector('.sign')), words(item.querySelector('strong'))]),
  };
}
