/**
 * sessionspec as a library. Importing it does nothing, and loads little: `run`, `startServer` and the like load what they need when they
 * are called.
 */
export { Mistake } from './cli/mistake.js';
export { readCatalogue } from './catalogue.js';
export { judge } from './library/judge.js';
export { loadSuites, readBaseline, readDescription } from './library/load.js';
export { render, renderFinding, type RenderRequest } from './library/render.js';
export type { JudgeRequest, RunRequest, Select } from './library/request.js';
export { run } from './library/run.js';
export { startServer, type ServerRequest, type StartedServer } from './library/server.js';
export { renderDiagnostic } from './load/yaml/render.js';
export type { Baseline, BaselineEntry, JudgedEntry } from './model/baseline.js';
export type { Catalogue } from './model/catalogue.js';
export type { Description } from './model/description.js';
export type { Diagnostic } from './model/diagnostic.js';
export type { Facts } from './model/facts.js';
export type { Finding } from './model/finding.js';
export { defaultPolicy, type Gate, type Policy } from './model/gate.js';
export type { Profile, ProfileName } from './model/profile.js';
export type { Report, Result, Run } from './model/report.js';
export { defaultOptions, type Operator, type RunEvent, type RunOptions } from './model/run.js';
export type { Check, Monitor, Suite } from './model/suite.js';
export type { Transcript } from './model/transcript.js';
export type { Evidence } from './model/verdict.js';
export type { ReporterName } from './report/index.js';
