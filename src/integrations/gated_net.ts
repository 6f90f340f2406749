import type { Net, NetRequest, NetResponse } from "../host/host.ts";

/** A network on which so many requests are under way at a time; who waits before trying again keeps nobody waiting. */
export function gatedNet(net: Net, limit: number): Net {
  const waiting: (() => void)[] = [];
  let free = limit;
  return {
    async fetch(request: NetRequest): Promise<NetResponse> {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await net.fetch(request);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free++;
        else next();
      }
    },
  };
}
