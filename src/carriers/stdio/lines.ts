import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of bytes into lines. False once one is longer than `maxBytes`; nothing after that is wanted. */
export function lineReader(maxBytes: number, onLine: (line: string) => void): (chunk: Buffer) => boolean {
  const decoder = new StringDecoder('utf8');
  const parts: string[] = [];
  let bytes = 0;
  return (chunk) => {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      parts.push(decoder.write(chunk.subarray(from, at)));
      from = at + 1;
      bytes = 0;
      const line = parts.splice(0).join('').replace(/\r$/, '');
      if (line !== '') onLine(line);
    }
    bytes += chunk.length - from;
    if (bytes > maxBytes) return false;
    if (from < chunk.length) parts.push(decoder.write(chunk.subarray(from)));
    return true;
  };
}

const newline = 10;
