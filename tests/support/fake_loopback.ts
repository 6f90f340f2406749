import type { Loopback, LoopbackListener, Visit, VisitAnswer, Visited } from "../../src/host/host.ts";

/** Asked when the wait begins, so that it can know what was shown by then. */
export type Visits = () => readonly Visit[] | Promise<readonly Visit[]>;

/** A listener that nobody outside the test can reach; remembers what it answered. */
export interface FakeLoopback extends Loopback {
  readonly answers: readonly VisitAnswer[];
  /** Milliseconds that were waited for. */
  readonly waits: readonly number[];
  /** Listeners that are not closed. */
  open(): number;
}

export const FAKE_PORT = 43210;

export function fakeLoopback(visits?: Visits | Error): FakeLoopback {
  const answers: VisitAnswer[] = [];
  const waits: number[] = [];
  let open = 0;
  const listen = <T>(visited: (visit: Visit) => Visited<T>): LoopbackListener<T> => {
    if (visits === undefined) throw new Error("the fake host expected nobody to listen");
    if (visits instanceof Error) throw visits;
    open++;
    const visit = (one: Visit) => {
      const { answer, found } = visited(one);
      answers.push(answer);
      return found;
    };
    return {
      port: FAKE_PORT,
      async arrival(timeoutMs) {
        waits.push(timeoutMs);
        return (await visits()).map(visit).find((found) => found !== undefined);
      },
      close: () => Promise.resolve(void open--),
    };
  };
  return { answers, waits, open: () => open, listen };
}
