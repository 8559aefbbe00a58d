// A month: marked in every table that has it, with what stood there set beside each indicator.

// The rows of a part's own table whose headings are periods, latest last: read once.
function periods(part) {
  part.periods ??= all(':scope > .fold > .frame > table', part.node)
    .map((table) => [...table.tBodies[0].rows].map((row) => ({ row, name: words(row.cells[0]) })))
    .find((rows) => rows.length > 0 && rows.every(({ name }) => days(name))) ?? [];
  return part.periods;
}

// Every single month of the parts' tables, the latest first.
function months() {
  const found = new Map();
  for (const part of [...parts, ...pieces]) {
    for (const { name } of periods(part)) {
      const { from, to } = days(name);
      if (to - from > 26 && to - from < 31) found.set(name, from);
    }
  }
  return [...found].sort((one, other) => other[1] - one[1]).map(([name]) => name);
}

// Marks the rows of every table that hold the month, by a sign as well as by colour.
function markMonth(name) {
  for (const row of all('tr.chosen')) {
    row.classList.remove('chosen');
    row.removeAttribute('aria-current');
  }
  all('.at-month').forEach((element) => element.remove());
  if (!name) return;
  const month = days(name);
  for (const row of all('.fold tbody tr')) {
    const period = days(words(row.cells[0]));
    if (period && period.from <= month.from && month.to <= period.to) {
      row.classList.add('chosen');
      row.setAttribute('aria-current', 'true');
    }
  }
  for (const part of [...parts, ...pieces]) {
    const row = chosenRow(part);
    part.node.querySelector(':scope > .lead')?.before(monthOf(part, row, name));
  }
  monthColumn(name);
}

const chosenRow = (part) =>
  periods(part).find(({ row }) => row.classList.contains('chosen'))?.row;

// What the part's table says of the month, copied.
function monthOf(part, row, name) {
  if (!row) return make('p', { class: 'at-month note' }, `${name}: not in its table.`);
  const headings = [...row.closest('table').tHead.rows[0].cells].map(words);
  const facts = [...row.cells].slice(1).flatMap((cell, at) => {
    if (words(cell) === '') return [];
    const value = make('dd', {}, words(cell));
    if (cell.dataset.value) value.dataset.value = cell.dataset.value;
    return [make('div', {}, make('dt', {}, headings[at + 1]), value)];
  });
  return make('div', { class: 'at-month' },
    make('p', {}, words(row.cells[0])), make('dl', { class: 'facts' }, ...facts));
}

// The month's value as a last column of the index.
function monthColumn(name) {
  if (!index) return;
  const heading = make('th', { scope: 'col', role: 'columnheader', class: 'number at-month' }, name);
  index.tHead.rows[0].append(heading);
  for (const part of parts.filter((part) => part.row)) {
    const row = chosenRow(part);
    const cell = make('td', { role: 'cell', class: 'number at-month', 'data-label': name });
    const from = row?.cells[1];
    if (from) {
      const figure = make('span', { class: 'figure' }, words(from));
      if (from.dataset.value) figure.dataset.value = from.dataset.value;
      const of = words(row.cells[0]);
      cell.append(make('span', { class: 'stack' }, figure,
        ...(of === name ? [] : [make('span', { class: 'small' }, of)])));
    }
    part.row.append(cell);
  }
}
