import type { HttpRequest } from './http.js';
import type { StdioRequest } from './stdio.js';

/** What goes over a carrier. */
export type Sent = HttpRequest | StdioRequest;
