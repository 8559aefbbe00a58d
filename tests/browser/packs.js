// The packs in a folder made by `concordat run`, each with its tables as another parser reads them.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { parse } from 'csv-parse/sync';

export function packs(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith('pack.html'))
    .sort()
    .map((path) => {
      const file = join(folder, path);
      const data = (name) => readFileSync(join(dirname(file), 'data', name));
      return {
        name: relative(folder, dirname(file)),
        file,
        table: (name) => parse(data(name), { columns: true, bom: true }), // rows as objects of text; an empty cell is ''
        json: (name) => JSON.parse(data(name)),
      };
    });
}

// The largest page of each kind of pack: what the folder of a pack is called.
export function largest(all) {
  const found = new Map();
  for (const pack of all) {
    const kind = basename(pack.name);
    const size = statSync(pack.file).size;
    if (!found.has(kind) || found.get(kind).size < size) found.set(kind, { pack, size });
  }
  return new Map([...found].map(([kind, { pack }]) => [kind, pack]));
}
