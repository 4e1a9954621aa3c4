// Makes the checkout ready to run: installs what the lockfile names when it is missing or older, then builds.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';

const modifiedMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const npm = (...args) =>
  execFileSync('npm', args, { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });

if (modifiedMs('node_modules/.package-lock.json') < modifiedMs('package-lock.json')) {
  npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
}
npm('run', '--silent', 'build');
