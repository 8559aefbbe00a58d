// What everybody needs: no violation of WCAG 2.2 AA that axe-core can see, reflow, and focus that goes on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Opens one fold of each kind, so that what is inside is looked at too: a page has hundreds alike.
export async function openSome(page) {
  await page.evaluate(() => {
    const folds = ['.pieces', '.part > .fold', '.pieces[open] .piece > .fold', 'nav.folded > details', 'nav li details'];
    for (const what of folds) {
      for (const fold of [...document.querySelectorAll(what)].slice(0, 2)) fold.open = true;
    }
  });
}

// Of parts that are made alike the first few are looked at: a page has hundreds of tables.
export async function keepSome(page) {
  await page.evaluate(() => {
    for (const what of ['.indicator', '.piece', '.entry', 'details.fold']) {
      for (const part of [...document.querySelectorAll(what)].slice(6)) part.remove();
    }
  });
}

export async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, {
    resultTypes: ['violations'],
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map(({ target, failureSummary }) => `${id} (${help}) at ${target}: ${failureSummary}`));
}

// 400 % zoom of a 1280 pixel window is 320 pixels: nothing but tables in their frames may scroll sideways.
export async function reflows(page) {
  await page.setViewportSize({ width: 320, height: 256 });
  const [wide, there] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= there, `the page is ${wide} wide in ${there}`);
}

// Tab goes on from place to place, each in sight, and never stays.
export async function tabs(page, times) {
  const seen = new Set();
  for (let time = 0; time < times; time += 1) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const focused = document.activeElement;
      const { width, height } = focused.getBoundingClientRect();
      focused.dataset.seen ??= `${performance.now()}`;
      return { id: focused.dataset.seen, name: focused.outerHTML.slice(0, 80), size: width * height };
    });
    assert.ok(!seen.has(place.id), `focus comes back to ${place.name}`);
    assert.ok(place.size > 0, `focus on what is not there: ${place.name}`);
    seen.add(place.id);
  }
}
