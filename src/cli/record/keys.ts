import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Signature } from '../../model/provenance.js';
import type { Report } from '../../model/report.js';
import { signedText } from '../../report/digest.js';
import { Mistake, reasonOf } from '../mistake.js';

/** The private key of `--sign`, or what is wrong with the file. */
export function readSigningKey(path: string): KeyObject {
  return readKey('--sign', path, createPrivateKey, 'openssl genpkey -algorithm ed25519 -out key.pem');
}

/** The public key of `--key`. */
export function readPublicKey(path: string): KeyObject {
  return readKey('--key', path, createPublicKey, 'openssl pkey -in key.pem -pubout -out key.pub');
}

function readKey(flag: string, path: string, parse: (text: string) => KeyObject, makes: string): KeyObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Mistake(`${flag} ${path} cannot be read: ${reasonOf(error)}`);
  }
  const key = parsed(text, parse);
  const is =
    key === undefined
      ? 'holds no PEM key that can be read'
      : `holds a key of ${key.asymmetricKeyType ?? 'no known kind'}`;
  if (key?.asymmetricKeyType !== 'ed25519')
    throw new Mistake(`${flag} ${path} ${is}; an Ed25519 key without a passphrase is needed: ${makes}`);
  return key;
}

function parsed(text: string, parse: (text: string) => KeyObject): KeyObject | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The same report, with a signature over it and its recording. */
export function signed(report: Report, key: KeyObject): Report {
  const { provenance } = report;
  if (provenance === undefined) return report;
  const text = signedText(report, provenance.recording);
  const signature: Signature = {
    algorithm: 'Ed25519',
    publicKey: derOf(createPublicKey(key)).toString('base64'),
    value: sign(null, Buffer.from(text), key).toString('base64'),
  };
  return { ...report, provenance: { ...provenance, signature } };
}

/** Whether a signature is that of its key over this report and the recording at hand; false too where the key is none. */
export function isSignatureOf(report: Report, recording: string, { publicKey, value }: Signature): boolean {
  const key = embeddedKey(publicKey);
  if (key === undefined) return false;
  return verify(null, Buffer.from(signedText(report, recording)), key, Buffer.from(value, 'base64'));
}

/** The key that stands in a report. */
export function embeddedKey(publicKey: string): KeyObject | undefined {
  const key = parsed(publicKey, (text) =>
    createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
  );
  return key?.asymmetricKeyType === 'ed25519' ? key : undefined;
}

/** How people compare keys: `SHA256:` with the digest of the DER in base64. */
export function fingerprintOf(key: KeyObject): string {
  return `SHA256:${createHash('sha256').update(derOf(key)).digest('base64').replaceAll('=', '')}`;
}

function derOf(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}
