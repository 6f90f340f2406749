import type { Trust } from "../../../src/config/trust/trust_gate.ts";

/** Trusts whatever a model says: for tests of what comes after the gate. */
export const TRUSTS_ALL: Trust = { require: () => Promise.resolve(), hasPassed: () => true };
