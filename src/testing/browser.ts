import { existsSync } from 'node:fs';
import { env } from 'node:process';
import { chromium, type Browser } from 'playwright-core';

/** Where Chromium stands on this machine, if it does. */
export const chromiumPath = [
  env['SESSIONSPEC_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => path !== undefined && existsSync(path));

/** True where its tests must not be left out, as in CI. */
export const needsChromium = env['SESSIONSPEC_BROWSER'] === 'required';

export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined)
    throw new Error('no Chromium is found: install one, or name it in SESSIONSPEC_CHROMIUM');
  // As root, which containers are, Chromium has no sandbox.
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}
