import type { Mutant } from './mutant.js';
import type { Profile, ProfileName } from './profile.js';
import type { RequirementKey } from './requirement.js';
import type { Suite } from './suite.js';

/** What comes with the package. */
export interface Catalogue {
  readonly suites: readonly Suite[];
  readonly profiles: Readonly<Record<ProfileName, Profile>>;
  readonly mutants: readonly Mutant[];
  readonly requirements: readonly RequirementKey[];
}
