import type { Header } from '../model/http.js';
import { Mistake } from './mistake.js';

/** `K: V` as a header field that can be sent as it is. */
export function parseHeader(text: string): Header {
  const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/s.exec(text) ?? [];
  // Only the name is shown: the value may be a secret.
  if (name === '') throw new Mistake(`--header must be 'Name: value', with a colon after the name`);
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    throw new Mistake(`--header ${JSON.stringify(name)} is no name of a header field`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new Mistake(`--header ${name} has a value with a character that no header field can carry`);
  }
  return [name, value.trim()];
}
