import { X509Certificate } from 'node:crypto';

/** What is wrong with the text of a PEM file, as the end of a sentence that begins with its path; undefined where nothing is. */
export function faultOfCertificates(text: string): string | undefined {
  const blocks = text.split(begin).slice(1);
  if (blocks.length === 0) return 'holds no PEM certificate';
  const unread = blocks.findIndex((block) => !isCertificate(`${begin}${block}`));
  if (unread === -1) return undefined;
  const which = blocks.length === 1 ? 'the certificate' : `certificate ${unread + 1} of ${blocks.length}`;
  return `cannot be used: ${which} cannot be parsed; export it again as PEM`;
}

const begin = '-----BEGIN CERTIFICATE-----';

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
