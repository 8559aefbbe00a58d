// Makes the README's pictures of the packs: the first screen of the largest page of each kind.
//   node pictures.js OUT FOLDER
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { launch, open } from './browser.js';
import { largest, packs } from './packs.js';

const SIZE = { width: 1280, height: 1120 };
const MOST = 150_000; // bytes: pictures stay in the repository for good

const [out, folder] = process.argv.slice(2);
if (!out || !folder) {
  console.error('usage: node pictures.js OUT FOLDER');
  process.exit(2);
}
const browser = await launch();
for (const [kind, pack] of largest(packs(out))) {
  const { page, close } = await open(browser, pack.file, { size: SIZE, scale: 0.75 });
  const path = join(folder, `${kind}.png`);
  await page.screenshot({ path });
  await close();
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  if (size > MOST) process.exitCode = 1;
}
await browser.close();
