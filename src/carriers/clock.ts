/** Milliseconds since the process began, to a hundredth: enough to order events, short in a transcript. */
export function nowMs(): number {
  return Math.round(performance.now() * 100) / 100;
}
