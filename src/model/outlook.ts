/** How long a run takes at the pace of its target. */
export interface Outlook {
  /** How many requests a second it bears. */
  readonly perSecond: number;
  readonly leftMs: number;
  /** In all, with what has passed. */
  readonly takesMs: number;
}

/** `6`, `0.4`. */
export function shownPace(perSecond: number): string {
  return perSecond >= 10 ? String(Math.round(perSecond)) : String(Number(perSecond.toPrecision(2)));
}

/** `40 s`, `11 min`. */
export function shownTime(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
