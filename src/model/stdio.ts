/** One line on the standard input of a process; none where a client only listens. */
export interface StdioRequest {
  readonly carrier: 'stdio';
  readonly line?: string;
}

/** What stdio puts around the messages of a reply: nothing, but that the process may have ended behind them. */
export interface StdioFrame {
  readonly carrier: 'stdio';
  readonly exit?: Exit;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
}
