// Deep links, paper, and the page without its script.
import assert from 'node:assert/strict';
import { open } from './browser.js';

export async function deepLink(browser, pack) {
  const first = await open(browser, pack.file);
  const ids = await first.page.evaluate(() =>
    [...document.querySelectorAll('.piece > h4, .part > h3')].map(({ id }) => id));
  await first.close();
  const inside = ids.find((id) => id.includes('--')) ?? ids[0];
  for (const ask of [`#${inside}`, `?find=xyzzy#${inside}`]) {
    const { page, faults, close } = await open(browser, pack.file, { ask });
    await page.waitForFunction((id) => document.activeElement.id === id, inside, { timeout: 5000 });
    const heading = page.locator(`[id="${inside}"]`);
    assert.ok(await heading.isVisible() && await heading.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }), `${ask} is not in sight`);
    const back = page.locator('.part').filter({ has: page.locator(`[id="${inside}"]`) }).locator('.back a');
    if (await back.count() > 0) {
      await back.click();
      assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.id), `_row-${inside.split('--')[0]}`);
    }
    assert.deepEqual(faults, []);
    await close();
  }
}

export async function prints(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await page.emulateMedia({ media: 'print' });
  // 190 mm: of what is wider, a browser shrinks every page of the print
  await page.setViewportSize({ width: 718, height: 1000 });
  const seen = await page.evaluate(() => {
    const there = (what) => [...document.querySelectorAll(what)].filter((element) => element.checkVisibility()).length;
    return {
      hidden: there('nav, form, .skip, .back'),
      closed: [...document.querySelectorAll('main details table')].filter((table) => !table.checkVisibility()).length,
      pages: [...document.querySelectorAll('.indicator + .indicator')].filter((part) => getComputedStyle(part).breakBefore !== 'page').length,
      wide: [...document.querySelectorAll('main *')].filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > 719)
        .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`).slice(0, 3),
    };
  });
  assert.deepEqual(seen, { hidden: 0, closed: 0, pages: 0, wide: [] });
}

export async function withoutScript(page, pack) {
  const findings = pack.table('findings.csv').filter((row) => row.split === '');
  const text = (await page.locator('main').textContent()).replace(/\s+/g, ' ');
  const shown = findings.filter((row) => text.includes(row.title));
  assert.ok(shown.length > 0, 'no indicator is named');
  for (const row of shown) assert.ok(text.includes(row.reason.replace(/\s+/g, ' ')), `${row.indicator}: its reason`);
  const idle = await page.locator('form, button, input, select').filter({ visible: true }).count();
  assert.equal(idle, 0, 'nothing is in sight that would do nothing');
  // A fold opens by itself, and what is in it can be read.
  const fold = page.locator('.fold').first();
  await fold.locator('summary').click();
  assert.ok(await fold.locator('table').isVisible());
}
