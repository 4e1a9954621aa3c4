/** sessionspec as a library. Importing it does nothing; `run` opens sockets, `readCatalogue` and `loadSuites` read files. */
export { readCatalogue } from './catalogue.js';
export { loadSuites, renderDiagnostic } from './load/index.js';
export type { Catalogue } from './model/catalogue.js';
export type { Diagnostic } from './model/diagnostic.js';
export type { Facts } from './model/facts.js';
export { defaultPolicy, type Gate, type Policy } from './model/gate.js';
export type { Profile, ProfileName } from './model/profile.js';
export type { Report, Result, Run } from './model/report.js';
export { defaultOptions, type RunEvent, type RunOptions } from './model/run.js';
export type { Check, Suite } from './model/suite.js';
export type { Transcript } from './model/transcript.js';
export { run } from './run/run.js';
export type { Suites } from './run/suites.js';
