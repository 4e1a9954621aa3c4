import type { CheckRule } from '../check-rule.js';
import { answersAreKnown, expectationsCompile, reasonsBelongToExpectations } from './expectations.js';
import { controlsCanTell, refusalsHaveControls } from './controls.js';
import { findingsExist, groupsAreFilled, groupsAreRead } from './groups.js';
import { handlesBelongToProbes } from './handles.js';
import { idStartsWithSuite, namesAreUnique } from './names.js';
import { factsAreNeeded, configuredIsNeeded } from './needed.js';
import { stepsHaveEffects, exchangesAreSeen } from './effects.js';
import { absencesAreAnswered, absencesHaveFences } from './silence.js';
import {
  noncesAreThere,
  placesAreReadable,
  savesAreInOneRepeat,
  savesAreUsed,
  valuesAreSaved,
} from './values.js';
import { requestsAreBounded, checksCanFail, gradesDiffer } from './can-fail.js';
import { gradesNameSteps, harmNamesSteps, requirementIsWhole } from './requirements.js';
import { sessionsAreOpened, streamsAreNamed } from './sessions.js';

/** What can be said of each step by itself. */
export const stepRules: readonly CheckRule[] = [
  idStartsWithSuite,
  requirementIsWhole,
  answersAreKnown,
  exchangesAreSeen,
  gradesDiffer,
  findingsExist,
  expectationsCompile,
  reasonsBelongToExpectations,
  absencesAreAnswered,
  noncesAreThere,
  handlesBelongToProbes,
  placesAreReadable,
];

/** What takes all steps of the check. */
export const checkRules: readonly CheckRule[] = [
  namesAreUnique,
  sessionsAreOpened,
  streamsAreNamed,
  controlsCanTell,
  refusalsHaveControls,
  checksCanFail,
  groupsAreFilled,
  groupsAreRead,
  configuredIsNeeded,
  requestsAreBounded,
  harmNamesSteps,
  gradesNameSteps,
  factsAreNeeded,
  absencesHaveFences,
  valuesAreSaved,
  savesAreUsed,
  savesAreInOneRepeat,
  stepsHaveEffects,
];
