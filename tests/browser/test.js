// Opens every pack of a folder made by `concordat run` and checks what a reader meets.
//   node test.js OUT PROGRAM
// Every pack: its numbers, axe-core, its text without script, no request, no error. The largest of
// each kind also everything that a reader can do.
import assert from 'node:assert/strict';
import { test, after } from 'node:test';
import { keepKinds, reflows, tabs, violations } from './access.js';
import { isFound } from './altered.js';
import { DESKTOP, PHONE, launch, open } from './browser.js';
import * as finding from './finding.js';
import * as hostile from './hostile.js';
import { check } from './numbers.js';
import { largest, packs } from './packs.js';
import * as plain from './plain.js';

const [folder, program] = process.argv.slice(2);
if (!folder || !program) {
  console.error('usage: node test.js OUT PROGRAM');
  process.exit(2);
}
const browser = await launch();
after(() => browser.close());

const found = packs(folder);
const whole = new Set(largest(found).values());

// A page opened, looked at and closed again, without a fault.
async function looking(pack, options, look) {
  const { page, faults, close } = await open(browser, pack.file, options);
  try {
    await look(page);
    assert.deepEqual(faults, []);
  } finally {
    await close();
  }
}

// Everything of its kind is looked at; the page is not whole any more afterwards.
async function usable(page) {
  const { parts, of, rows, ofRows, kinds } = await keepKinds(page);
  console.log(`axe-core: ${parts} of ${of} parts of indicators, ${rows} of ${ofRows} rows of tables, ${kinds} kinds`);
  assert.deepEqual(await violations(page), []);
  await reflows(page);
}

test('there are packs', () => assert.ok(found.length > 0, `no pack.html in ${folder}`));

for (const pack of found) {
  test(`${pack.name}: every number is that of the tables, and everybody can use it`, () =>
    looking(pack, {}, async (page) => {
      const checked = await check(page, pack);
      assert.ok(checked > 0, 'no number was checked');
      console.log(`${pack.name}: ${checked} cells with numbers`);
      await usable(page);
    }));
  test(`${pack.name}: with script off all text is there`, () =>
    looking(pack, { script: false }, (page) => plain.withoutScript(page, pack)));
  if (!whole.has(pack)) continue;

  for (const [name, size, scheme] of [['desktop', DESKTOP, 'dark'], ['phone', PHONE, 'light'], ['phone', PHONE, 'dark']]) {
    test(`${pack.name}: everybody can use it, ${name}, ${scheme}`, () => looking(pack, { size, scheme }, usable));
  }
  test(`${pack.name}: what is made wrong is found`, () => looking(pack, {}, async (page) => {
    console.log(`${pack.name}: ${await isFound(page, pack)} wrong numbers and missing rows`);
  }));
  test(`${pack.name}: Tab goes on`, () => looking(pack, {}, (page) => tabs(page, 60)));
  test(`${pack.name}: a reader`, (all) => looking(pack, {}, async (page) => {
    for (const check of Object.values(finding)) await all.test(check.title, () => check(page, pack));
  }));
  test(`${pack.name}: a link into a fold opens it`, () => plain.deepLink(browser, pack));
  test(`${pack.name}: prints`, () => looking(pack, {}, plain.prints));
}

test('hostile words stay words', () => hostile.staysWords(browser, program));
