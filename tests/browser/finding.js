// Sorting, finding, drilling down, months and keys, on the page as a reader has it.
// Each check takes a page and its pack; a pack without an index has nothing to find.
import assert from 'node:assert/strict';
import { byPart } from './numbers/tables.js';
import { periodOf, same } from './numbers/text.js';

const shownRows = (page) => page.evaluate(() =>
  [...document.querySelectorAll('table.index tbody tr')].filter((row) => row.checkVisibility()).map((row) => row.id));
const shownParts = (page) => page.evaluate(() =>
  [...document.querySelectorAll('.part:has(> .tags), .piece:has(> .tags)')]
    .filter((part) => !part.closest('[hidden]') && !part.classList.contains('only-pieces'))
    .map((part) => ({
      id: part.querySelector(':scope > :is(h3, h4)').id,
      tags: Object.fromEntries([
        ...[...part.querySelectorAll(':scope > .tags > div')].map((tag) =>
          [tag.querySelector('dt').textContent, tag.querySelector('dd').textContent]),
        ['Rating', part.querySelector(':scope > .sign-row .rating').textContent],
      ]),
      said: part.textContent.toLowerCase(),
    })));
const hasIndex = (page) => page.evaluate(() => document.querySelector('form.find') !== null);
const select = (page, name) => page.locator(`form.find select[name="${name}"]`);
const search = (page) => page.locator('form.find input[type="search"]');
const count = (page) => page.locator('form.find .count').textContent();
const query = (page) => page.evaluate(() => location.search);

// What the cells of a column are sorted by, as the page gives it to machines.
const column = (page, table, at) => page.evaluate(([what, at]) =>
  [...document.querySelectorAll(what)[0].tBodies[0].rows].map((row) => {
    const cell = row.cells[at];
    const exact = cell.dataset.value ?? cell.querySelector('[data-value]')?.dataset.value;
    return exact ?? (cell.querySelector('.figure') ?? cell).textContent.trim();
  }), [table, at]);

export async function sorts(page) {
  const tables = await page.evaluate(() => {
    for (const fold of [...document.querySelectorAll('.fold')].slice(0, 3)) fold.open = true;
    return [...document.querySelectorAll('table')].filter((table) => table.checkVisibility())
      .map((table, at) => {
        table.dataset.test = at;
        return { what: `[data-test="${at}"]`, columns: table.tHead.rows[0].cells.length };
      });
  });
  let sorted = 0;
  for (const { what, columns } of tables.slice(0, 6)) {
    for (let at = 0; at < Math.min(columns, 4); at += 1) {
      const heading = page.locator(`${what} thead th`).nth(at);
      const button = heading.locator('button');
      if (await button.count() === 0) continue;
      const before = await column(page, what, at);
      // the first by mouse; of the others only what the click does
      const click = () => (sorted === 0 ? button.click() : button.dispatchEvent('click'));
      await click();
      assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
      const up = await column(page, what, at);
      await click();
      assert.equal(await heading.getAttribute('aria-sort'), 'descending');
      const down = await column(page, what, at);
      await click();
      assert.equal(await heading.getAttribute('aria-sort'), null);
      assert.deepEqual(await column(page, what, at), before, 'the third time the rows stand as they were');
      assert.deepEqual([...up].sort(), [...before].sort(), 'no row is lost');
      const numbers = (cells) => cells.map((cell) => cell.replaceAll(',', '')).filter((cell) => /^-?\d+(\.\d+)?$/.test(cell)).map(Number);
      // where all are numbers or nothing, they stand by their size and what is empty comes last
      if (numbers(up).length === up.filter(Boolean).length) {
        const ordered = numbers(before).sort((one, other) => one - other);
        assert.deepEqual(numbers(up), ordered);
        assert.deepEqual(numbers(down), ordered.reverse());
        const blanks = before.filter((cell) => cell === '').length;
        for (const cells of [up, down]) assert.ok(cells.slice(cells.length - blanks).every((cell) => cell === ''));
      }
      sorted += 1;
    }
  }
  assert.ok(sorted > 0, 'no table can be sorted');
}
sorts.title = 'sorts tables by any column';

export async function finds(page) {
  if (!await hasIndex(page)) return;
  const [all, whole] = [await shownParts(page), await shownRows(page)];
  const word = all[0].said.match(/[a-z]{5,}/)[0];
  await search(page).fill(word);
  for (const part of await shownParts(page)) {
    const parent = part.id.split('--')[0];
    assert.ok(all.some(({ id, said }) => [part.id, parent].includes(id) && said.includes(word)), part.id);
  }
  assert.match(await query(page), new RegExp(`find=${word}`));
  await search(page).fill('xyzzy no such words');
  assert.deepEqual(await shownRows(page), []);
  assert.match(await count(page), /^Showing 0 of /);
  await page.keyboard.press('Escape');
  assert.deepEqual(await shownRows(page), whole, 'Escape shows everything again');
  assert.equal(await query(page), '');
}
finds.title = 'finds by words, and Escape clears';

export async function narrows(page) {
  if (!await hasIndex(page)) return;
  const all = await shownParts(page);
  const names = await page.evaluate(() => [...document.querySelectorAll('form.find label:has(select)')]
    .map((label) => [label.querySelector('span').textContent, label.querySelector('select').name]));
  for (const [label, name] of names.filter(([, name]) => !['month', 'sort'].includes(name))) {
    const values = await select(page, name).locator('option').evaluateAll((options) => options.map(({ value }) => value));
    for (const value of values.slice(1, 4)) {
      await select(page, name).selectOption(value);
      const expected = all.filter(({ tags }) => tags[label] === value).map(({ id }) => id);
      assert.deepEqual((await shownParts(page)).map(({ id }) => id), expected, `${label} ${value}`);
      const rows = new Set(expected.map((id) => `_row-${id.split('--')[0]}`));
      assert.deepEqual(new Set(await shownRows(page)), rows, `${label} ${value}: rows`);
      assert.match(await count(page), new RegExp(`^Showing ${rows.size} of `), `${label} ${value}: count`);
    }
    // The state is in the address: a fresh page opened there shows the same.
    const [shown, address] = [await shownRows(page), page.url()];
    await page.goto('about:blank');
    await page.goto(address);
    assert.deepEqual(await shownRows(page), shown, `${label}: from the address`);
    await page.getByRole('button', { name: 'Clear all' }).click();
    assert.equal((await shownParts(page)).length, all.length);
  }
}
narrows.title = 'narrows by tag and rating, and the address keeps it';

export async function months(page, pack) {
  if (!await hasIndex(page)) return;
  const values = byPart(pack.table('values.csv'));
  const names = await select(page, 'month').locator('option').evaluateAll((options) => options.map(({ value }) => value));
  const name = names[Math.min(6, names.length - 1)];
  await select(page, 'month').selectOption(name);
  const shown = await page.evaluate(() => [...document.querySelectorAll('table.index tbody tr')].filter((row) => row.id).map((row) => {
    const cell = row.cells[row.cells.length - 1];
    const figure = cell.querySelector('.figure');
    return {
      to: row.id.slice('_row-'.length),
      cell: { text: figure?.textContent ?? '', value: figure?.dataset.value ?? null },
      of: cell.querySelector('.small')?.textContent,
    };
  }));
  let checked = 0;
  for (const { to, cell, of } of shown) {
    const period = values.get(to)?.find((row) => periodOf(row) === (of ?? name));
    assert.ok(same(cell, period?.value ?? ''), `${to}, ${name}: ${JSON.stringify(cell)} is not ${period?.value}`);
    checked += Number(cell.text !== '');
  }
  assert.ok(checked > 0, `nothing in ${name}`);
  const marked = await page.evaluate(() => [...document.querySelectorAll('tr.chosen > th')].map((heading) => heading.textContent));
  assert.ok(marked.length > 0 && marked.every((text) => text !== ''));
  await select(page, 'month').selectOption('');
  assert.equal(await page.locator('.chosen, .at-month').count(), 0);
}
months.title = 'shows a month, and its numbers are those of values.csv';

export async function keys(page) {
  if (!await hasIndex(page)) return;
  const focused = () => page.evaluate(() => document.activeElement.name ?? '');
  await page.locator('h1').click();
  await page.keyboard.press('/');
  assert.equal(await focused(), 'find');
  await page.keyboard.type('a/b');
  assert.equal(await search(page).inputValue(), 'a/b', 'a stroke typed is a stroke');
  await page.keyboard.press('Escape');
  assert.equal(await search(page).inputValue(), '');
  await page.locator('form.find input[name="slash"]').uncheck();
  await page.locator('h1').click();
  await page.keyboard.press('/');
  assert.notEqual(await focused(), 'find', 'the key can be given back');
  await page.locator('form.find input[name="slash"]').check();
}
keys.title = 'has keys that can be turned off';

export async function tries(page) {
  const figure = page.locator('.what-if').first();
  if (await figure.count() === 0) return;
  const outcome = () => figure.locator('output[data-after]').allTextContents();
  const now = await outcome();
  assert.ok(now.every((text) => /^[\d,]+\.\d$/.test(text)), 'it says what would be open');
  for (const slider of await figure.locator('input[type="range"]').all()) {
    await slider.focus();
    for (let time = 0; time < 10; time += 1) await page.keyboard.press('ArrowLeft');
  }
  const fewer = await outcome();
  for (const [at, text] of fewer.entries()) {
    assert.ok(parseFloat(text) < parseFloat(now[at]), `fewer and shorter is less: ${text} after ${now[at]}`);
  }
  await figure.locator('button').click();
  assert.deepEqual(await outcome(), now);
}
tries.title = 'tries what fewer and shorter stays would do';
