/** What a state probe writes before its nonce, and what the judge counts in the answer of a read. */
export const mark = 'sessionspec-mark-';
