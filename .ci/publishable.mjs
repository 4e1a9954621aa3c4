// Refuses to publish while the package does not say where it comes from. Nobody owns a repository of it yet, and a made-up
// address could be somebody else's: whoever publishes it writes these fields.
import { readFileSync } from 'node:fs';

const fields = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const missing = ['repository', 'bugs', 'homepage'].filter((name) => fields[name] === undefined);
if (missing.length > 0) {
  console.error(`package.json does not say: ${missing.join(', ')}; write them before you publish`);
  process.exit(1);
}
