import type { Result } from '../../model/report.js';
import { visible } from '../visible.js';

/** What a script is of. */
export interface Origin {
  readonly result: Result;
  readonly url: string;
  readonly madeBy: string;
  readonly startedAt: string;
}

/** What stands at the top of a script. */
export function headWords(
  { result, madeBy, startedAt }: Origin,
  usage: string,
  remarks: readonly string[],
): readonly string[] {
  const { id, revision, title, requirement, verdict, message } = result;
  return [
    `${id} @ ${revision}: ${title}`,
    `Demanded: ${requirement.says}`,
    `The run of ${startedAt} found: ${verdict}. ${message}`,
    `Made by ${madeBy} from its recording. Usage: ${usage}`,
    ...remarks.map((remark) => `Note: ${remark}.`),
  ].map(visible);
}
