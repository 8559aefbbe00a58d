// The register of actions against actions.csv, and what it is counted by.
import assert from 'node:assert/strict';
import { accounted, equals, is, tells } from './cells.js';
import { rules } from './method.js';
import { nameOf } from './text.js';

const SIGNS = { Red: 'red', Amber: 'amber', Green: 'green', Complete: 'blue', 'Not rated': 'not rated' };
const sentence = (words) => words[0].toUpperCase() + words.slice(1);

function counted(rows, sign) {
  return String(rows.filter((row) => row.rating === SIGNS[sign]).length);
}

function leads(table, actions) {
  const led = (lead) => actions.filter((row) => (lead === 'Lead not stated' ? row.lead === '' : row.lead.split('; ').includes(lead)));
  const names = new Set(actions.flatMap((row) => (row.lead === '' ? ['Lead not stated'] : row.lead.split('; '))));
  assert.deepEqual(new Set(table.rows.map(([lead]) => lead.left)), names, 'leads');
  for (const [lead, all, ...signs] of table.rows) {
    const rows = led(lead.left);
    is(all, String(rows.length), `${lead.left}: actions`);
    for (const [at, sign] of table.headings.slice(2).entries()) is(signs[at], counted(rows, sign), `${lead.left}: ${sign}`);
    accounted(lead);
  }
}

function register(cells, row, { findings }) {
  const [action, lead, due, status, rating, reason, indicators] = cells;
  const here = `action ${row.reference}`;
  equals(action, `${row.action} ${row.reference}`, here);
  equals(lead, row.lead || 'Not stated', here);
  equals(due, `${row.due === '' ? 'No date' : nameOf(row.due)} Printed: ${row.due_stated || 'not stated'}`, here);
  equals(status, `${sentence(row.status)} ${row.status_stated} The plan's own rating: ${row.rag_stated || 'not stated'}`, here);
  assert.deepEqual(rating.signs.map((sign) => SIGNS[sign]), [row.rating], here);
  tells(rating, `Rule ${row.rule}`, here);
  equals(reason, row.reason + (row.over_red === '' ? '' : ' An outcome it should move is red.'), here);
  assert.equal(indicators.to.join('; '), row.indicators, here);
  const links = row.indicators === '' ? [] : row.indicators.split('; ');
  for (const [at, id] of links.entries()) {
    assert.equal(indicators.signs[at].toLowerCase(), findings.get(id).rating, `${here}: ${id}`);
    tells(indicators, `${id} ${findings.get(id).title}`, here);
  }
}

function overRed(items, { actions }) {
  const rows = actions.filter((row) => row.over_red !== '');
  assert.equal(items.length, rows.length, 'actions over a red outcome');
  for (const [at, row] of rows.entries()) {
    assert.ok(items[at].all.startsWith(`${row.reference} ${row.action}: the action is ${row.rating === 'blue' ? 'complete (blue)' : row.rating}, but `), items[at].all);
    for (const id of row.over_red.split('; ')) tells(items[at], `${id} `, `action ${row.reference}`);
    accounted(items[at]);
  }
}

export function actions(block, tables) {
  for (const { name, cell } of block.counts) is(cell, counted(tables.actions, name), `actions, ${name}`);
  for (const { items } of block.lists) overRed(items, tables);
  const rows = [];
  for (const table of block.tables) {
    if (table.headings[0] === 'Led by') leads(table, tables.actions);
    else if (table.headings[0] === 'Action') {
      assert.ok(table.caption.includes(`: ${table.rows.length} action`), table.caption);
      rows.push(...table.rows);
    } else rules(table);
  }
  assert.equal(rows.length, tables.actions.length, 'actions of the register');
  for (const [at, row] of tables.actions.entries()) register(rows[at], row, tables);
}
