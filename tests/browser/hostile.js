// Hostile words wherever a workspace takes words: they come out as words, with the script on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PHONE, open } from './browser.js';
import { packs } from './packs.js';

const MARKUP = '"\'><script>document.title=1</script><img src=x onerror=alert(1)></table></main>&lt;b&gt;';
const TURNED = '\u202eturned \u2067and turned again';
const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(8);

// A starter workspace whose every text is hostile, and the pack that is made of it.
function made(program) {
  const folder = mkdtempSync(join(tmpdir(), 'concordat-hostile-'));
  execFileSync(program, ['init', join(folder, 'w')], { stdio: 'pipe' });
  const change = (path, by) => {
    const file = join(folder, 'w', path);
    writeFileSync(file, by(readFileSync(file, 'utf8')));
  };
  const text = JSON.stringify;
  change('indicators/plans/northshire.toml', (plan) => plan
    .replace('title = "Northshire"', `title = ${text(MARKUP)}`)
    .replace('"Under 18 in a police cell"', text(`${MARKUP} ${TURNED}`))
    .replace('"Staff trained"', text(LONG))
    .replace('ref      = "1"', `ref = ${text(`${TURNED} 1`)}\nowner = ${text(MARKUP)}\ntitle = ${text(TURNED)}`)
    .replace('ref      = "3"', `ref = ${text(MARKUP)}`)
    .replace('"The clock starts on arrival at the place of safety"', `${text(MARKUP)}, ${text(LONG)}`)
    .replace('"A count each month', `"${LONG} ${MARKUP.replaceAll('"', '\\"')}`));
  change('indicators/areas/areas.csv', (areas) =>
    areas.replace('northshire,Northshire,', `northshire,"${MARKUP.replaceAll('"', '""')}",`));
  execFileSync(program, ['run', '-w', join(folder, 'w'), '--out', join(folder, 'out')], { stdio: 'pipe' });
  return { packs: packs(join(folder, 'out')), drop: () => rmSync(folder, { recursive: true }) };
}

export async function staysWords(browser, program) {
  const { packs, drop } = made(program);
  try {
    assert.ok(packs.length > 0);
    for (const pack of packs) await look(browser, pack);
  } finally {
    drop();
  }
}

async function look(browser, pack) {
  const { page, faults, close } = await open(browser, pack.file, { size: PHONE });
  const wanted = pack.table('findings.csv');
  const count = () => page.evaluate(() => document.querySelectorAll('script, img, b, iframe').length);
  const inert = async (when) => {
    assert.equal(await count(), 1, `${when}: the page's own script and nothing else`);
    assert.notEqual(await page.title(), '1', when);
    const [wide, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= there, `${when}: ${wide} wide in ${there}`);
  };
  await inert('opened');
  const headings = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.part:has(> .tags) > h3')]
    .map((heading) => [heading.id, heading.lastChild.textContent])));
  for (const { indicator, title } of wanted) assert.equal(headings[indicator].trim(), title, 'the words are kept');
  for (const words of [MARKUP, TURNED, LONG]) {
    await page.locator('form.find input[type="search"]').fill(words);
    await inert('found');
    assert.match(await page.locator('.find .count').textContent(), /^Showing [1-4] of 4 /, words);
  }
  await page.keyboard.press('Escape');
  for (const name of await page.locator('form.find select').evaluateAll((all) => all.map(({ name }) => name))) {
    await page.locator(`form.find select[name="${name}"]`).selectOption({ index: 1 });
    await inert(name);
  }
  // What turns its letters turns its own alone: each heading stands apart from its neighbours.
  const apart = await page.evaluate(() => [...document.querySelectorAll('h3, .kicker, td, th, .tags dd, nav a')]
    .every((element) => ['isolate', 'plaintext'].includes(getComputedStyle(element).unicodeBidi)));
  assert.ok(apart, 'every text is isolated');
  assert.deepEqual(faults, []);
  await close();
}
