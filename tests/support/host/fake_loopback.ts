import type { Loopback, LoopbackListener, Visit, VisitAnswer, Visited } from "../../../src/host/host.ts";

/** Asked when the wait begins, so that it can know what was shown by then. */
export type Visits = () => readonly Visit[] | Promise<readonly Visit[]>;

/** What became of listeners. */
export interface LoopbackSeen {
  readonly answers: VisitAnswer[];
  /** Milliseconds that were waited for. */
  readonly waits: number[];
  /** Listeners that are not closed. */
  open: number;
}

export interface FakeLoopback {
  readonly loopback: Loopback;
  readonly seen: LoopbackSeen;
}

export const FAKE_PORT = 43210;

/** A listener that nobody outside the test can reach. */
export function fakeLoopback(visits?: Visits | Error): FakeLoopback {
  const seen: LoopbackSeen = { answers: [], waits: [], open: 0 };
  const listen = <T>(visited: (visit: Visit) => Visited<T>): LoopbackListener<T> => {
    if (visits === undefined) throw new Error("the fake host expected nobody to listen");
    if (visits instanceof Error) throw visits;
    seen.open++;
    const visit = (one: Visit) => {
      const { answer, found } = visited(one);
      seen.answers.push(answer);
      return found;
    };
    return {
      port: FAKE_PORT,
      async arrival(timeoutMs) {
        seen.waits.push(timeoutMs);
        return (await visits()).map(visit).find((found) => found !== undefined);
      },
      close: () => Promise.resolve(void seen.open--),
    };
  };
  return { loopback: { listen }, seen };
}
