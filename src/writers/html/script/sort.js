// Sorting: every heading of a table of some length is a button. Numbers by every digit they have,
// ratings by their weight, periods by their days, else by the words; what is empty comes last.

const LEAST = 4; // rows below which a table needs no sorting
const WEIGHTS = ['is-red', 'is-amber', 'is-green', 'is-blue', 'is-not-rated'];
const alphabet = new Intl.Collator('en-GB', { numeric: true });

// What a cell is sorted by: numbers before words, and nothing last whichever way.
function key(cell) {
  const rating = cell.querySelector('.rating');
  if (rating) return { kind: 0, by: WEIGHTS.findIndex((name) => rating.classList.contains(name)) };
  const exact = cell.dataset.value ?? cell.querySelector('[data-value]')?.dataset.value;
  if (exact !== undefined) return { kind: 0, by: Number(exact) };
  const shown = words(cell.querySelector('.figure') ?? cell);
  if (shown === '') return { kind: 2 };
  const plain = shown.replaceAll(',', '').replace('\u2212', '-');
  if (/^[-+]?\d+(\.\d+)?$/.test(plain)) return { kind: 0, by: Number(plain) };
  const period = days(shown);
  return period ? { kind: 0, by: period.from } : { kind: 1, by: shown };
}

function compare(one, other, down) {
  if (one.kind !== other.kind) return one.kind - other.kind;
  if (one.kind === 2) return 0;
  const order = one.kind === 1 ? alphabet.compare(one.by, other.by) : one.by - other.by;
  return down ? -order : order;
}

// Sorts by a column up or down; without a way the rows stand as they were made.
function sort(table, at, way) {
  const body = table.tBodies[0];
  for (const [place, row] of [...body.rows].entries()) row.dataset.at ??= place;
  const rows = [...body.rows].map((row) => ({
    row,
    place: Number(row.dataset.at),
    key: way && key(row.cells[at]),
  }));
  rows.sort((one, other) =>
    (way ? compare(one.key, other.key, way === 'descending') : 0) || one.place - other.place);
  body.append(...rows.map(({ row }) => row));
  const headings = [...table.tHead.rows[0].cells];
  for (const [place, heading] of headings.entries()) {
    if (place === at && way) heading.setAttribute('aria-sort', way);
    else heading.removeAttribute('aria-sort');
  }
  const name = words(headings[at]);
  say(way ? `Sorted by ${name}, ${way}` : 'In the order of the page');
  table.dispatchEvent(new CustomEvent('sorted', { detail: { at, way } }));
}

const NEXT = { ascending: 'descending', descending: '' };

function makeSortable(table) {
  if (!table.tHead || table.tBodies[0].rows.length < LEAST || table.dataset.sortable) return;
  table.dataset.sortable = 'yes';
  for (const heading of table.tHead.rows[0].cells) {
    if (words(heading) === '') continue;
    const button = make('button', { type: 'button' }, ...heading.childNodes);
    button.addEventListener('click', () => {
      const way = NEXT[heading.getAttribute('aria-sort')] ?? 'ascending';
      sort(table, heading.cellIndex, way);
    });
    heading.append(button);
  }
}

// Where a table has become cards its headings are out of sight, and so out of the way of Tab.
const cards = matchMedia('(max-width: 47.99rem)');
function placeButtons() {
  for (const button of all('table.cards thead button')) button.tabIndex = cards.matches ? -1 : 0;
}
cards.addEventListener('change', placeButtons);

// Tables behind a fold get their buttons when it opens: a page has hundreds of them.
all('table').filter((table) => !table.closest('.fold')).forEach(makeSortable);
placeButtons();
document.addEventListener('toggle', ({ target }) => {
  if (!target.open) return;
  all(':scope > .frame > table', target).forEach(makeSortable);
  placeButtons();
}, true);
