import type { Host } from "../host/host.ts";
import type { Log, LogSettings } from "../host/log_port.ts";
import type { Logbook, LogTarget } from "./logbook.ts";
import type { LoggedPorts } from "./logged_ports.ts";

/** What is told before a configuration says whether it is logged: its files, and little else. */
const MOST_EARLY = 500;

interface State {
  ports: LoggedPorts;
  book?: Logbook;
  isSettled: boolean;
  readonly early: LogTarget[];
}

/**
 * Returns the host with a log that is off until it is begun, by flags or by a configuration that is read later; what it
 * takes is loaded only then. From then on its network, files and programs tell what is done with them.
 */
export function loggable(host: Host): Host {
  const start = host.clock.now();
  const elapsed = () => host.clock.now() - start;
  const state: State = { ports: host, isSettled: false, early: [] };
  const log: Log = {
    get isOn() {
      return state.book !== undefined;
    },
    get isSettled() {
      return state.isSettled;
    },
    tell(level, event, facts) {
      const told = { time: host.clock.now(), level, event, facts };
      if (state.book !== undefined) state.book(told);
      else if (!state.isSettled && state.early.length < MOST_EARLY) state.early.push(told);
    },
    elapsed,
    async begin(settings: LogSettings | "off") {
      state.isSettled = true;
      const early = state.early.splice(0);
      if (settings === "off" || state.book !== undefined) return;
      const { openLogbook } = await import("./logbook.ts");
      state.book = openLogbook(host, settings);
      const { addLogToPorts } = await import("./logged_ports.ts");
      state.ports = addLogToPorts(host, log);
      early.forEach(state.book);
    },
  };
  return { ...host, ...switchPorts(host, () => state.ports), log };
}

/** The ports that tell, each of which goes by what there is at the time. */
function switchPorts(host: Host, ports: () => LoggedPorts): LoggedPorts {
  return {
    net: { fetch: (request) => ports().net.fetch(request) },
    read: { ...host.read, bytes: (path) => ports().read.bytes(path), hold: (path) => ports().read.hold(path) },
    write: {
      ...host.write,
      open: (path, options) => ports().write.open(path, options),
      rename: (from, to) => ports().write.rename(from, to),
      remove: (path) => ports().write.remove(path),
    },
    run: {
      browse: (input) => ports().run.browse(input),
      capture: (input) => ports().run.capture(input),
      foreground: (input) => ports().run.foreground(input),
    },
  };
}
