import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fleet, FleetTarget, Job } from '../../model/fleet.js';
import { digestOf } from '../../report/digest.js';
import { version } from '../../version.js';
import type { Engine } from '../ports.js';
import { digestsOf } from '../record/provenance.js';

/** The work on each target. Its digest is over all that decides the result: what examines, what is examined, and how it is built. */
export function jobsOf({ targets, profile, minutesMax }: Fleet, engine: Engine): readonly Job[] {
  // Of many targets this is the same, and by far the most.
  const examines = digestOf({
    version,
    suites: digestsOf(engine.builtIn()),
    profiles: engine.profiles(),
    profile,
    minutesMax,
  });
  return targets.map((target) => ({
    target: target.name,
    digest: digestOf({ examines, examined: examinedOf(target) }),
  }));
}

function examinedOf({ name, description, needs, build = '', folder }: FleetTarget) {
  const isOwn = build !== '' || description.server !== undefined || description.stdio !== undefined;
  return { name, description, needs, build, files: isOwn ? filesDigest(folder) : '' };
}

/** Of all files but those that a build makes: they lie in `node_modules` or in folders whose names begin with a dot. */
function filesDigest(folder: string): string {
  const hash = createHash('sha256');
  const add = (path: string, name: string): void => {
    for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const within = `${name}/${entry.name}`;
      if (entry.isDirectory()) add(join(path, entry.name), within);
      else if (entry.isFile()) hash.update(`${within}\n`).update(readFileSync(join(path, entry.name)));
    }
  };
  add(folder, '');
  return hash.digest('hex');
}
