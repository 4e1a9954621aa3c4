import { createContext, runInContext, type Context } from 'node:vm';

/** Longer than any honest pattern takes. */
const patternMs = 100;

let apart: Context | undefined;

/**
 * Whether a pattern of a suite matches. Suites come from strangers and texts from targets, and together they can make a regular
 * expression try for years; what is not decided in time does not match.
 */
export function matches(pattern: string, text: string): boolean {
  apart ??= createContext({});
  Object.assign(apart, { pattern, text });
  try {
    return runInContext('new RegExp(pattern, "u").test(text)', apart, { timeout: patternMs }) === true;
  } catch {
    return false;
  }
}
