import type { CheckRule } from '../check-rule.js';
import { answersAreKnown } from './answers.js';
import { controlsCanTell } from './controls.js';
import { expectationsCompile, reasonsBelongToExpectations } from './expectations.js';
import { findingsExist } from './findings.js';
import { idStartsWithSuite } from './ids.js';
import { namesAreUnique } from './names.js';
import { recordsAreFilled, recordsAreRead } from './records.js';
import { refusalsHaveControls } from './refusals.js';
import { factsAreNeeded } from './needed.js';
import { stepsHaveEffects } from './effects.js';
import { absencesAreAnswered, absencesHaveFences } from './silence.js';
import { noncesAreThere, savesAreInOneRepeat, savesAreUsed, valuesAreSaved } from './values.js';
import { requestsAreBounded } from './requests.js';
import { harmNamesSteps, requirementIsWhole } from './requirements.js';
import { sessionsAreOpened } from './sessions.js';
import { streamsAreNamed } from './streams.js';
import { configuredIsNeeded } from './configured.js';
import { checksCanFail, gradesDiffer } from './can-fail.js';
import { exchangesAreSeen } from './unseen.js';

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
];

/** What takes all steps of the check. */
export const checkRules: readonly CheckRule[] = [
  namesAreUnique,
  sessionsAreOpened,
  streamsAreNamed,
  controlsCanTell,
  refusalsHaveControls,
  checksCanFail,
  recordsAreFilled,
  recordsAreRead,
  configuredIsNeeded,
  requestsAreBounded,
  harmNamesSteps,
  factsAreNeeded,
  absencesHaveFences,
  valuesAreSaved,
  savesAreUsed,
  savesAreInOneRepeat,
  stepsHaveEffects,
];
