// Data quality against quality.csv: the files, why rows were set aside or doubted, completeness.
import assert from 'node:assert/strict';
import { equals, is } from './cells.js';
import { nameOf } from './text.js';

const STATES = { ready: 'ready', missing: 'not delivered' };

function state(cell, { status, feed }) {
  if (status !== 'stopped') equals(cell, STATES[status], `${feed}: state`);
  else assert.match(cell.left, /^stopped: /, `${feed}: state`);
}

function files(table, quality) {
  const rows = quality.filter((row) => row.reason === '' && row.column === '');
  assert.equal(table.rows.length, rows.length, 'files delivered');
  for (const [place, row] of rows.entries()) {
    const [feed, file, read, used, aside, latest, standing] = table.rows[place];
    equals(feed, row.feed, 'feed');
    equals(file, row.file, 'file');
    is(read, row.rows_read, `${row.file}: rows read`);
    is(used, row.rows_used, `${row.file}: rows used`);
    is(aside, row.rows_set_aside, `${row.file}: rows set aside`);
    equals(latest, nameOf(row.latest_period), `${row.file}: latest month`);
    state(standing, row);
  }
}

function reasons(table, quality) {
  const rows = quality.filter((row) => row.reason !== '');
  assert.equal(table.rows.length, rows.length, 'reasons');
  for (const [place, row] of rows.entries()) {
    const [file, fate, reason, column, number, lines] = table.rows[place];
    const here = `${row.file}, ${row.reason}`;
    equals(file, row.file, here);
    equals(fate, row.rows_doubted === '' ? 'set aside' : 'used, with a warning', here);
    equals(reason, row.reason, here);
    equals(column, row.column, here);
    is(number, row.rows_doubted || row.rows_set_aside, `${here}: rows`);
    equals(lines, row.first_lines.replaceAll('; ', ', '), `${here}: lines`);
  }
}

function completeness(table, quality) {
  const shares = quality.filter((row) => row.completeness !== '');
  const [, ...columns] = table.headings;
  const { feed } = shares.find((row) => row.file === table.rows[0]?.[0].left) ?? {};
  const files = new Set(shares.filter((row) => row.feed === feed).map((row) => row.file));
  assert.ok(files.size > 0, `${table.caption}: none of its files is in quality.csv`);
  assert.deepEqual(new Set(table.rows.map(([file]) => file.left)), files, table.caption);
  for (const [file, ...cells] of table.rows) {
    const own = shares.filter((row) => row.file === file.left);
    equals(file, own[0].file, 'file');
    for (const [at, column] of columns.entries()) {
      const share = own.find((row) => row.column === column);
      is(cells[at], share?.completeness ?? '', `${own[0].file}, ${column}`);
    }
  }
}

export function quality(block, tables) {
  const feeds = new Set(tables.quality.filter((row) => row.completeness !== '').map((row) => row.feed));
  if (block.id === 'completeness') assert.equal(block.tables.length, feeds.size, 'feeds with completeness');
  for (const table of block.tables) {
    if (table.caption === 'Files delivered and rows used') files(table, tables.quality);
    else if (table.caption === 'Why rows were set aside or doubted') reasons(table, tables.quality);
    else completeness(table, tables.quality);
  }
}
