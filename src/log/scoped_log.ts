import type { Needs } from "../host/host.ts";
import type { Log, LogFacts } from "../host/log_port.ts";

/** Returns the host whose events also have these facts, unless they have others of those names. */
export function withLogFacts<H extends Needs<never>>(host: H, scope: LogFacts): H {
  const { log } = host;
  return log === undefined ? host : { ...host, log: scopedLog(log, scope) };
}

function scopedLog(log: Log, scope: LogFacts): Log {
  return {
    get isOn() {
      return log.isOn;
    },
    get isSettled() {
      return log.isSettled;
    },
    tell: (level, event, facts) => log.tell(level, event, { ...scope, ...keepKnown(facts) }),
    elapsed: () => log.elapsed(),
    begin: (settings) => log.begin(settings),
  };
}

function keepKnown(facts: LogFacts): LogFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
