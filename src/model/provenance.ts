/** A suite, and the SHA-256 of what it says, in hex; comments and layout of its file do not count. */
export interface SuiteDigest {
  readonly suite: string;
  readonly digest: string;
}

export interface ProfileDigest {
  readonly profile: string;
  readonly digest: string;
}

/** What a report was made of, so that others can verify it. */
export interface Provenance {
  /** The digest with which the last line of the recording ends. */
  readonly recording: string;
  /** By which suites it was judged. */
  readonly suites: readonly SuiteDigest[];
  readonly profiles: readonly ProfileDigest[];
  /** By which key it is signed, where it is. */
  readonly signature?: Signature;
}

export interface Signature {
  readonly algorithm: 'Ed25519';
  /** SubjectPublicKeyInfo, DER in base64. */
  readonly publicKey: string;
  /** Over the digests of recording and report, in base64. */
  readonly value: string;
}
