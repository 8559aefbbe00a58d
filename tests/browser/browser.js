// Chromium as Debian packages it, and a page that reports all it should not do.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

export async function launch() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(`no Chromium at ${executablePath}: install the package chromium, or name it in CHROMIUM`);
  }
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  return chromium.launch({ executablePath, args });
}

// Opens a file. `faults` gathers requests that leave it, errors and dialogs: it must stay empty.
export async function open(browser, file, options = {}) {
  const { size = DESKTOP, scale = 1, scheme = 'light', script = true, ask = '' } = options;
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: scale,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    javaScriptEnabled: script,
    offline: true,
  });
  const page = await context.newPage();
  const faults = [];
  const address = pathToFileURL(file).href;
  page.on('request', (request) => {
    const url = request.url();
    const own = url.split(/[?#]/)[0] === address || url.startsWith('data:');
    if (!own) faults.push(`request to ${url}`);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(address + ask);
  return { page, faults, close: () => context.close() };
}
