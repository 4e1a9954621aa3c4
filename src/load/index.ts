export { loadCatalogue } from './catalogue.js';
export { nodeFiles, type Files } from './files.js';
export { builtinProfilesDir, builtinSuitesDir, profileSchemaFile, suiteSchemaFile } from './places.js';
export { loadProfiles, type LoadedProfiles } from './profiles.js';
export { renderDiagnostic } from './render.js';
export { loadSuites, type LoadedSuites } from './suites.js';
export { loadTarget, type LoadedTarget } from './target.js';
