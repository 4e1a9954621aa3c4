/** True with the first that is true, false once all are false. */
export async function firstTrue(waits: readonly Promise<boolean>[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    for (const wait of waits) wait.then((came) => came && resolve(true), reject);
    void Promise.allSettled(waits).then(() => resolve(false));
  });
}
