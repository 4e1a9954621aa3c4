import { zooGate } from './testing/gate.js';

zooGate(0);
