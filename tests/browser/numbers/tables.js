// The tables of a pack by what a page calls their rows.

// The id that a part has: the indicator, and of a split the code in letters, digits and hyphens.
function idOf(row) {
  if (row.split === '') return row.indicator;
  const code = row.split.slice(row.split.indexOf('=') + 1);
  return `${row.indicator}--${code.replace(/[^A-Za-z0-9]/g, '-')}`;
}

export function grouped(rows, name) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(name(row))) groups.set(name(row), []);
    groups.get(name(row)).push(row);
  }
  return groups;
}

export const byPart = (rows) => grouped(rows, idOf);

// A view's rows, and its number by row, column and figure: '' where it is empty, undefined where there is none.
function view(rows) {
  const key = (...names) => names.join('\n');
  const numbers = new Map(rows.map((row) => [key(row.row, row.column, row.figure), row.value]));
  const distinct = (name, all) => [...new Set(all.map((row) => row[name]))];
  return {
    of: (row, column, figure) => numbers.get(key(row, column, figure)),
    rows: (figure) => distinct('row', rows.filter((row) => row.figure === figure)),
    columns: (figure) => distinct('column', rows.filter((row) => row.figure === figure && row.column !== '')),
    numbers: rows.map((row) => row.value),
    measure: rows[0]?.measure ?? '',
  };
}

export function tablesOf(pack) {
  const views = grouped(pack.table('views.csv'), (row) => row.view);
  return {
    values: byPart(pack.table('values.csv')),
    findings: new Map([...byPart(pack.table('findings.csv'))].map(([id, [row]]) => [id, row])),
    views: new Map([...views].map(([id, rows]) => [id, view(rows)])),
    none: view([]),
    quality: pack.table('quality.csv'),
    actions: pack.table('actions.csv'),
    reconciliation: grouped(pack.table('reconciliation.csv'), (row) => row.reconciliation),
    steps: pack.json('manifest.json').rows,
  };
}
