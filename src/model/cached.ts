/** The same object is worked on once. */
export function cached<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const entry = known.get(key);
    if (entry !== undefined) return entry.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}

/**
 * The same, but what is kept is bounded: each key costs something, and the oldest are forgotten once all together cost more than
 * `costMax`.
 */
export function cachedWithin<K extends object, V>(
  costMax: number,
  costOf: (key: K, value: V) => number,
  make: (key: K) => V,
): (key: K) => V {
  const known = new Map<K, { readonly value: V; readonly cost: number }>();
  let spent = 0;
  return (key) => {
    const entry = known.get(key);
    if (entry !== undefined) return entry.value;
    const value = make(key);
    const made = { value, cost: costOf(key, value) };
    known.set(key, made);
    spent += made.cost;
    for (const [oldest, { cost }] of known) {
      if (spent <= costMax) break;
      known.delete(oldest);
      spent -= cost;
    }
    return made.value;
  };
}
