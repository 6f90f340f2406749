import { FileError } from "./files/file_error.ts";
import type { Host, Need, Run, Writer } from "./host.ts";
import { NetError } from "./net/net_error.ts";

/**
 * Ports that an input can make unnecessary; for these there is one that refuses. "skippable-run" is for an input that
 * needs some programs all the same: only those that a command can go on without are skipped.
 */
export type Refusable = "net" | "loopback" | "write" | "run" | "skippable-run";

interface NarrowHostInput {
  /** Ports that the command declares. */
  readonly needs: readonly Need[];
  /** Those of them that its input makes unnecessary. */
  readonly unneeded: readonly Refusable[];
  /** Called each time that a program is skipped: the command goes on without what it would have printed. */
  readonly onSkip: () => void;
}

/**
 * The host for one run of a command: the ports that it needs are the given ones, unneeded ones refuse with the failures
 * that the real ones have, and using one that the command does not declare is an error of the program.
 */
export function narrowHost(host: Host, { needs, unneeded, onSkip }: NarrowHostInput): Host {
  const refusing: Host = { ...host, ...NO_NETWORK, write: NO_WRITES, run: noPrograms(onSkip) };
  const real = unneeded.includes("skippable-run") ? { ...host, run: withoutSkippable(host.run, onSkip) } : host;
  const refused: readonly string[] = unneeded;
  const port = <N extends Need>(need: N): Host[N] => {
    if (!needs.includes(need)) return undeclaredPort(host[need], need);
    return refused.includes(need) ? refusing[need] : real[need];
  };
  return {
    net: port("net"),
    loopback: port("loopback"),
    read: port("read"),
    write: port("write"),
    env: port("env"),
    run: port("run"),
    sys: port("sys"),
    clock: port("clock"),
    random: port("random"),
    terminal: port("terminal"),
    runtime: port("runtime"),
    log: host.log,
    configuration: host.configuration,
    warn: host.warn,
  };
}

/** Ports for a command that never writes a file and lets no browser come back, where what it calls may. */
export function readOnlyPorts(): Pick<Host, "loopback" | "write"> {
  return { loopback: NO_NETWORK.loopback, write: NO_WRITES };
}

function undeclaredPort<T extends object>(port: T, need: Need): T {
  return new Proxy(port, {
    get(_, member) {
      throw new Error(`the command uses ${need}.${String(member)}, and does not declare that it needs "${need}"`);
    },
  });
}

const NO_NETWORK: Pick<Host, "net" | "loopback"> = {
  net: {
    fetch: ({ url }) => Promise.reject(makeNotAllowed(new URL(url).host, "it was not asked")),
  },
  loopback: {
    listen() {
      throw makeNotAllowed("127.0.0.1", "no port is opened");
    },
  },
};

function makeNotAllowed(host: string, detail: string): NetError {
  return new NetError("not-allowed", host, detail, { remedy: "A dry run does not use the network." });
}

const NO_WRITES: Writer = {
  open: refuse("open"),
  mkdir: refuse("mkdir"),
  rename: refuse("rename"),
  link: refuse("link"),
  remove: refuse("remove"),
  chmod: refuse("chmod"),
  syncDirectory: refuse("sync"),
};

function refuse(operation: string): (path: string) => never {
  return (path) => {
    throw new FileError("not-allowed", path, operation);
  };
}

/** What a shell answers for a file that it may not run. */
const NOT_EXECUTABLE = 126;

function noPrograms(onSkip: () => void): Run {
  return {
    capture({ skippable }) {
      const nothing = { stdout: "", stderr: "" };
      if (!skippable) return Promise.resolve({ status: NOT_EXECUTABLE, ...nothing, stopped: "refused" });
      onSkip();
      return Promise.resolve({ status: 0, ...nothing });
    },
    foreground: ({ command }) => Promise.reject(new FileError("not-allowed", command, "run")),
    browse: () => Promise.resolve({ kind: "failed", found: "it is not started in a dry run" }),
  };
}

/** Programs are run, but for those whose output the command can do without. */
function withoutSkippable(run: Run, onSkip: () => void): Run {
  const refusing = noPrograms(onSkip);
  return { ...run, capture: (input) => input.skippable ? refusing.capture(input) : run.capture(input) };
}
