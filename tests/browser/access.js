// What everybody needs: no violation of WCAG 2.2 AA that axe-core can see, reflow, and focus that goes on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Keeps a part and a row of a table for everything of its kind, and opens every fold. A kind is an element with
// its classes and, in pictures, its colours; a table's headings; a chart by its name; a rating by its word.
// Says how many are kept of how many.
export async function keepKinds(page) {
  return page.evaluate(() => {
    const all = (node, what) => [...node.querySelectorAll(what)];
    const words = (element) => element?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    function kinds(nodes) {
      const found = new Set();
      for (const node of nodes) {
        found.add([node.localName, node.getAttribute('class'), ...['fill', 'stroke', 'role'].map((name) => node.getAttribute(name))].join());
        if (node.localName === 'tr' && node.parentElement.localName === 'thead') found.add(words(node).replace(/[\d,]+/g, ''));
        if (node.localName === 'desc') found.add(words(node).match(/^\S+ \S+/)[0]);
        if (node.localName === 'text') found.add(words(node).match(/^\S+ chart(?=:)/)?.[0]);
        if (node.classList.contains('sign')) found.add(words(node));
      }
      return found;
    }
    // of each list of nodes whether it brings a kind that none before it has
    function chooser() {
      const seen = new Set();
      return (nodes) => {
        const fresh = [...kinds(nodes)].filter((kind) => !seen.has(kind));
        for (const kind of fresh) seen.add(kind);
        return { fresh: fresh.length > 0, seen: seen.size };
      };
    }
    const drop = (nodes) => nodes.forEach((node) => node.remove());
    const part = chooser();
    const kept = { parts: 0, of: 0, rows: 0, ofRows: 0, kinds: 0 };
    // what is not made once for each indicator stays and is looked at first
    const alike = all(document, '.part:has(> .tags)');
    kept.kinds = part(all(document, 'main *').filter((node) => !node.closest('.part:has(> .tags)'))).seen;
    for (const node of alike) {
      const pieces = all(node, '.piece');
      const own = part(all(node, '*').filter((inner) => !inner.closest('.piece'))).fresh;
      const chosen = pieces.filter((piece) => part(all(piece, '*')).fresh);
      kept.of += 1 + pieces.length;
      if (own || chosen.length > 0) {
        kept.parts += 1 + chosen.length;
        drop(pieces.filter((piece) => !chosen.includes(piece)));
        if (pieces.length > 0 && chosen.length === 0) drop(all(node, '.pieces'));
      } else node.remove();
      kept.kinds = part([]).seen;
    }
    const row = chooser();
    for (const body of all(document, 'tbody')) {
      const chosen = [...body.rows].filter((one, at) => row(all(one, '*')).fresh || at < 2);
      kept.rows += chosen.length;
      kept.ofRows += body.rows.length;
      drop([...body.rows].filter((one) => !chosen.includes(one)));
    }
    for (const fold of all(document, 'details')) fold.open = true;
    return kept;
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
