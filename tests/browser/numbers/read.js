// What a page shows, block by block, read in the page.
export function read() {
  const words = (element) => (element ? element.textContent.replace(/\s+/g, ' ').trim() : '');
  const own = (node, what) => [...node.querySelectorAll(`:scope > ${what}`)];
  const cell = (element) => {
    if (element.childElementCount === 0) {
      const text = words(element);
      return { text, value: element.dataset.value ?? null, figure: false, left: text, all: text, signs: [], to: [] };
    }
    const lines = [...element.querySelectorAll('.lines > li')];
    const left = lines.length > 0 ? lines.map(words).join(' ') : words(element);
    const figure = element.querySelector('.figure');
    return {
      text: figure ? words(figure) : left,
      value: (figure ?? element).dataset.value ?? null,
      figure: figure !== null,
      left,
      all: left,
      signs: [...element.querySelectorAll('.sign')].map(words),
      to: [...element.querySelectorAll('a')].map((link) => link.hash.slice(1)),
    };
  };
  const table = (element) => ({
    caption: words(element.caption),
    index: element.classList.contains('index'),
    headings: [...element.tHead.rows[0].cells].map(words),
    rows: [...element.tBodies[0].rows].map((row) => [...row.cells].map(cell)),
  });
  const pair = (item) => ({ name: words(item.querySelector('dt')), cell: cell(item.querySelector('dd')) });
  const heading = (node) => node.querySelector(':scope > :is(h2, h3, h4)');
  const block = (node) => ({
    id: heading(node)?.id ?? '',
    title: words(heading(node)),
    rating: words(node.querySelector(':scope > .sign-row .rating')),
    leads: own(node, '.lead').map(cell),
    paragraphs: own(node, 'p:not(.lead, .note, .back, .count)').map(cell),
    facts: own(node, '.facts > div').map(pair),
    terms: own(node, '.terms > div').map(pair),
    lists: own(node, 'ul.list').map((list) => ({
      before: words(list.previousElementSibling),
      after: words(list.nextElementSibling),
      items: [...list.children].map(cell),
    })),
    counts: own(node, '.counts > li').map((item) => ({
      name: words(item.querySelector('.sign')),
      cell: cell(item.querySelector('strong')),
    })),
    tables: own(node, ':is(.frame, .fold)').map((frame) => table(frame.querySelector('table'))),
    pictures: own(node, 'figure.chart').map((figure) => [...figure.querySelectorAll('.wide text')].map(words)),
    tries: own(node, 'figure.what-if').map((figure) => ({ ...figure.dataset })),
  });
  return [...document.querySelectorAll('.section, .part, .piece')].map(block);
}
