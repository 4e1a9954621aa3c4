import type { KeyObject } from 'node:crypto';
import type { Report } from '../../model/report.js';
import type { Mismatch } from '../../report/verify/mismatch.js';
import { embeddedKey, fingerprintOf, isSignatureOf } from './keys.js';

/** What speaks against the signature of a report over a recording, which has this digest; and where a key is wanted, against its lack. */
export function wrongWithSignature(
  report: Report,
  recording: string | undefined,
  wanted: KeyObject | undefined,
): readonly Mismatch[] {
  const signature = report.provenance?.signature;
  if (signature === undefined)
    return wanted === undefined
      ? []
      : [{ file: 'report', says: 'it is not signed, and --key asks for a signature' }];
  const key = embeddedKey(signature.publicKey);
  if (key === undefined)
    return [{ file: 'report', says: 'what it names as the key of its signature is no Ed25519 key' }];
  return [
    ...(wanted !== undefined && !wanted.equals(key)
      ? [
          {
            file: 'report',
            says: `it is signed by ${fingerprintOf(key)}, and not by ${fingerprintOf(wanted)} of --key`,
          } as const,
        ]
      : []),
    ...(recording === undefined || isSignatureOf(report, recording, signature)
      ? []
      : [
          {
            file: 'report',
            says: `its signature is not that of ${fingerprintOf(key)} over this report and this recording`,
          } as const,
        ]),
  ];
}
