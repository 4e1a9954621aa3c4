import { faultOfField } from '../../load/target/values.js';
import type { Header } from '../../model/framing.js';
import { Mistake } from '../mistake.js';

/** `K: V` as a header field that can be sent as it is. */
export function parseHeader(text: string, flag = '--header'): Header {
  const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/s.exec(text) ?? [];
  // Only the name is shown: the value may be a secret.
  if (name === '') throw new Mistake(`${flag} must be 'Name: value', with a colon after the name`);
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    throw new Mistake(`${flag} ${JSON.stringify(name)} is no name of a header field`);
  const fault = faultOfField(name);
  if (fault !== undefined) throw new Mistake(`${flag} ${name} ${fault}`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new Mistake(`${flag} ${name} has a value with a character that no header field can carry`);
  }
  return [name, value.trim()];
}

/** `alice=K: V`, several for one actor if need be. */
export function parsePrincipals(texts: readonly string[]): Readonly<Record<string, readonly Header[]>> {
  const fields = texts.map((text) => {
    const [, actor = '', field = ''] = /^([A-Za-z0-9_-]+)=(.*)$/s.exec(text) ?? [];
    if (actor === '')
      throw new Mistake(`--as must be 'actor=Name: value', such as 'alice=Authorization: Bearer …'`);
    return { actor, header: parseHeader(field, `--as ${actor}=`) };
  });
  const actors = [...new Set(fields.map(({ actor }) => actor))];
  return Object.fromEntries(
    actors.map((actor) => [
      actor,
      fields.filter((field) => field.actor === actor).map(({ header }) => header),
    ]),
  );
}
