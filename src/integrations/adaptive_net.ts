import type { Net, NetRequest, NetResponse } from "../host/host.ts";

const FIRST = 8;
const LEAST = 2;
/** Of the answers to one round of requests; AWS throttles a few at any rate, and those are asked for again. */
const TOO_MANY_THROTTLED = 0.25;

/**
 * A network on which some requests are under way at a time, and the rest wait: more with every round of them that AWS
 * answers, half as many after one that it has throttled, and never more than `most`. A call that waits before its next
 * attempt holds no place.
 */
export function adaptiveNet(net: Net, most: number): Net {
  const gate = new Gate(most);
  return {
    async fetch(request: NetRequest): Promise<NetResponse> {
      const halvings = await gate.enter();
      try {
        const answer = await net.fetch(request);
        gate.count({ isThrottled: isThrottled(answer), halvings });
        return answer;
      } finally {
        gate.leave();
      }
    },
  };
}

/** As AWS's services say it, each in its own way. https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
function isThrottled({ status, headers }: NetResponse): boolean {
  if (status === 429 || status === 503) return true;
  return status >= 400 && /throttl|TooManyRequests|LimitExceeded|SlowDown/i.test(headers["x-amzn-errortype"] ?? "");
}

class Gate {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #allowed: number;
  #underWay = 0;
  #answers = 0;
  #throttled = 0;
  #halvings = 0;

  constructor(most: number) {
    this.#most = most;
    this.#allowed = Math.min(FIRST, most);
  }

  /** Returns how often there were too many until now. */
  async enter(): Promise<number> {
    if (this.#underWay < this.#allowed) this.#underWay++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.#halvings;
  }

  leave(): void {
    this.#underWay--;
    while (this.#underWay < this.#allowed && this.#waiting.length > 0) {
      this.#underWay++;
      this.#waiting.shift()!();
    }
  }

  /** Halves at once when too many of a round are throttled; of those sent before that, no answer counts any more. */
  count({ isThrottled, halvings }: { readonly isThrottled: boolean; readonly halvings: number }): void {
    if (halvings !== this.#halvings) return;
    this.#answers++;
    if (isThrottled) this.#throttled++;
    if (this.#throttled > TOO_MANY_THROTTLED * this.#allowed) {
      this.#halvings++;
      this.#allow(this.#allowed / 2);
    } else if (this.#answers >= this.#allowed) this.#allow(this.#allowed * 2);
  }

  #allow(next: number): void {
    const least = Math.min(LEAST, this.#most);
    this.#allowed = Math.min(this.#most, Math.max(least, Math.floor(next)));
    [this.#answers, this.#throttled] = [0, 0];
  }
}
