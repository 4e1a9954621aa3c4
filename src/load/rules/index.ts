import type { SceneRule } from '../scene.js';
import { answersAreKnown } from './answers.js';
import { controlsCanTell } from './controls.js';
import { expectationsCompile, reasonsBelongToExpectations } from './expectations.js';
import { findingsExist } from './findings.js';
import { idStartsWithSuite } from './ids.js';
import { namesAreUnique } from './names.js';
import { recordsAreFilled, recordsAreRead } from './records.js';
import { refusalsHaveControls } from './refusals.js';
import { sessionsAreOpened } from './sessions.js';
import { streamsAreNamed } from './streams.js';
import { toldIsNeeded } from './told.js';
import { checksCanFail, gradesDiffer } from './teeth.js';
import { exchangesAreSeen } from './unseen.js';

/** What can be said of each step by itself. */
export const stepRules: readonly SceneRule[] = [
  idStartsWithSuite,
  answersAreKnown,
  exchangesAreSeen,
  gradesDiffer,
  findingsExist,
  expectationsCompile,
  reasonsBelongToExpectations,
];

/** What takes all steps of the check. */
export const checkRules: readonly SceneRule[] = [
  namesAreUnique,
  sessionsAreOpened,
  streamsAreNamed,
  controlsCanTell,
  refusalsHaveControls,
  checksCanFail,
  recordsAreFilled,
  recordsAreRead,
  toldIsNeeded,
];
