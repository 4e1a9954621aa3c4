export { loadCatalogue } from './catalogue/catalogue.js';
export { loadCases, readCases } from './catalogue/cases.js';
export { nodeFiles, type Files } from './yaml/files.js';
export {
  builtinProfilesDir,
  builtinSuitesDir,
  profileSchemaFile,
  suiteSchemaFile,
} from './catalogue/places.js';

export { loadProfiles, type LoadedProfiles } from './catalogue/profiles.js';
export { renderDiagnostic } from './yaml/render.js';
export { loadSuites, type LoadedSuites } from './suite/suites.js';
export { loadBaseline, type LoadedBaseline } from './target/baseline.js';
export { withoutEntries } from './target/baseline-edit.js';
export { loadFleet, type LoadedFleet } from './fleet/fleet.js';
export { loadTarget, type LoadedTarget } from './target/target.js';
