// Completes package-lock.json with the packages of other platforms. A registry mirror that serves only its own platform's leaves them
// out, and then `npm ci` refuses the lockfile everywhere. Run it after `npm install` has changed the lockfile.
import { readFileSync, writeFileSync } from 'node:fs';

const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
let added = 0;
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const platform = platformOf(name);
    if (
      platform === undefined ||
      lock.packages[`${path}/node_modules/${name}`] ||
      lock.packages[`node_modules/${name}`]
    )
      continue;
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...(dev && { dev }), optional: true };
    added += 1;
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
);
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms added`);

/** What the name says, such as `binding-linux-arm-musleabihf`. */
function platformOf(name) {
  const systems = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32';
  const [, os, cpu, rest = ''] = new RegExp(`[/-](${systems})-(\\w+?)(?:-(\\w+))?$`).exec(name) ?? [];
  if (os === undefined) return undefined;
  const libc = rest.startsWith('musl') ? ['musl'] : rest.startsWith('gnu') ? ['glibc'] : undefined;
  return { cpu: [cpu], ...(libc && { libc }), os: [os] };
}
