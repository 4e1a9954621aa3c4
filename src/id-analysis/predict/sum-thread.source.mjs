// Runs sum-thread.ts uncompiled, as tests do: a worker of Node 20 reads TypeScript only once tsx is registered inside it.
import { register } from 'tsx/esm/api';

register();
await import('./sum-thread.ts');
