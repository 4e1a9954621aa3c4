// Leaves the built-in suites beside the code, read and checked, so that no start of the program reads YAML.
import { writeFileSync } from 'node:fs';
import { compileCatalogue, compiledFile } from '../dist/catalogue.js';

writeFileSync(compiledFile, await compileCatalogue());
