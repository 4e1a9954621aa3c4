import type { Catalogue } from '../../model/catalogue.js';
import type { ProfileName } from '../../model/profile.js';
import { profileNames } from '../../model/profile.js';
import { tabulate } from '../../model/tables.js';
import { loadMutants } from './mutants.js';
import { builtinSuitesDir } from './places.js';
import { loadRequirements } from './requirements.js';
import { loadProfiles } from './profiles.js';
import { renderDiagnostic } from '../yaml/render.js';
import { loadSuites } from '../suite/suites.js';
import { loadWitnesses } from './witnesses.js';

/** All that comes with the package, read from its files. A mistake in them is ours, so it throws. */
export function loadCatalogue(): Catalogue {
  const loaded = loadProfiles();
  const { suites, diagnostics } = loadSuites([builtinSuitesDir()], loaded.profiles);
  const [mistake] = [...loaded.diagnostics, ...diagnostics];
  if (mistake !== undefined) throw new Error(`a built-in file has a mistake: ${renderDiagnostic(mistake)}`);
  const named = (name: ProfileName) => {
    const found = loaded.profiles.find(({ profile }) => profile === name);
    if (found === undefined) throw new Error(`the profile ${name} is missing`);
    return found;
  };
  return {
    suites,
    profiles: tabulate(profileNames, named),
    mutants: loadMutants(),
    requirements: loadRequirements(),
    witnesses: loadWitnesses(),
  };
}
