import type { Header } from '../../model/framing.js';
import type { StreamEvent } from '../../model/reply.js';
import { headerValues } from '../../model/framing.js';
import { mediaType } from '../../model/message.js';
import type { Limits } from '../../model/carrier.js';
import { Body } from './body.js';
import type { Intake } from './receiver.js';
import { Stream } from './stream.js';

export function openIntake(
  status: number,
  headers: readonly Header[],
  limits: Limits,
  onEvent: (event: StreamEvent) => void,
): Intake {
  return isEventStream(status, headers) ? new Stream(limits, onEvent) : new Body(limits);
}

// A compressed stream is kept as the bytes it is: nothing is decompressed here, so no small answer can grow large.
function isEventStream(status: number, headers: readonly Header[]): boolean {
  if (status < 200 || status > 299) return false;
  const [type] = headerValues(headers, 'content-type');
  if (type === undefined || mediaType(type) !== 'text/event-stream') return false;
  return headerValues(headers, 'content-encoding').every((coding) => coding.toLowerCase() === 'identity');
}
