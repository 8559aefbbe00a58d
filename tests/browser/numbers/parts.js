// An indicator's part: rating, reason, lists and chart, with its facts and its tables.
import assert from 'node:assert/strict';
import { accounted, ofPeriods } from './cells.js';
import { fact } from './facts.js';
import { TABLES } from './series.js';
import { periodOf, says } from './text.js';

// What a part can say: its finding, its values, and its own views.
export function partOf(id, tables) {
  const at = (name) => tables.views.get(`${id}--${name}`) ?? tables.none;
  const facts = at('facts');
  const [row] = facts.rows('points of the phase before it');
  const forecast = at('forecast');
  const last = forecast.rows('forecast').at(-1);
  return {
    id,
    tables,
    finding: tables.findings.get(id),
    values: tables.values.get(id) ?? [],
    fact: (figure) => facts.of(row, '', figure) ?? '',
    facts,
    forecast,
    band: (share) => [`${share} from`, `${share} to`].map((figure) => forecast.of(last, '', figure)),
    last,
    gaps: at('days-between'),
    targets: at('targets'),
  };
}

// What was computed for the months of which the plan says something.
function stated(item, part) {
  const id = item.all.match(/ \(([^()]*)\)[:,]/)?.[1] ?? part.id;
  const where = `${part.id}, ${item.all}`;
  const { values } = partOf(part.tables.findings.has(id) ? id : part.id, part.tables);
  const judged = values.filter((row) => row.grain === values.at(-1).grain);
  ofPeriods(item, judged, where);
  const whole = item.left.match(/, ([A-Z][a-z]+ \d{4}) to ([A-Z][a-z]+ \d{4}): (.*) in all/);
  if (whole) {
    const months = judged.map(periodOf);
    const inside = judged.slice(months.indexOf(whole[1]), months.indexOf(whole[2]) + 1);
    const sum = inside.reduce((sum, row) => sum + Number(row.value), 0);
    assert.ok(says(whole[3], String(sum)), `${where}: ${whole[3]} is not ${sum}`);
    item.left = item.left.replace(whole[0], '');
  }
  if (id !== part.id) item.left = item.left.replace(/^.*?\([^()]*\)/, ''); // the name of the other source
}

function list({ before, after, items }, part) {
  const caveats = items.map((item) => item.all).join(' ');
  if (/^What the plan leaves open/.test(before) || /^Note by /.test(after)) items.forEach(accounted); // people's words
  else if (/^The plan stated: /.test(before)) items.forEach((item) => stated(item, part));
  else {
    assert.equal(caveats, part.finding.caveats.replace(/\s+/g, ' '), `${part.id}: caveats`);
    items.forEach(accounted);
  }
}

const LINES = {
  Mean: ['mean', 'centre'], Median: ['mean', 'centre'], Target: ['target'], Forecast: [],
  'Upper limit': ['upper_limit', 'upper limit'], 'Lower limit': ['lower_limit', 'lower limit'],
};

// What a chart writes beside its lines.
function chart(texts, { id, values, gaps, finding }) {
  for (const text of texts) {
    const [, line, number] = text.match(/^(Mean|Median|Target|Forecast|Upper limit|Lower limit) ([\u2212£\d].*)$/) ?? [];
    if (!line) continue;
    const [column, figure] = LINES[line];
    const numbers = [...values.map((row) => row[column]), ...gaps.rows('days').map((row) => gaps.of(row, '', figure)), line === 'Forecast' ? finding.forecast : ''];
    assert.ok(numbers.some((one) => one && says(number, one)), `${id}: the chart says ${text}`);
  }
}

export function part(block, tables) {
  const part = partOf(block.id, tables);
  assert.equal(block.rating.toLowerCase() || 'left out', block.rating === '' ? 'left out' : part.finding.rating, `${block.id}: rating`);
  assert.ok(block.leads.some((lead) => lead.all === part.finding.reason.replace(/\s+/g, ' ').trim()), `${block.id}: reason`);
  for (const texts of block.pictures) chart(texts, part);
  for (const one of block.facts) fact(one, part);
  for (const one of block.lists) list(one, part);
  for (const table of block.tables) {
    const kind = TABLES.find(([pattern]) => pattern.test(table.caption));
    assert.ok(kind, `${block.id}: nobody looks at ${table.caption}`);
    kind[1](table, part);
  }
}
