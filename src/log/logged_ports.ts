import { isFileError } from "../host/files/file_error.ts";
import type { Host, Net, NetRequest, OpenFile, Reader, Run, Writer } from "../host/host.ts";
import type { Log, LogFacts } from "../host/log_port.ts";
import { NetError } from "../host/net/net_error.ts";

/** The ports whose use is told. */
export type LoggedPorts = Pick<Host, "net" | "read" | "write" | "run">;

/** Returns the ports of a host so that what is done with them is told. */
export function addLogToPorts(host: LoggedPorts, log: Log): LoggedPorts {
  return {
    net: addLogToNet(host.net, log),
    read: addLogToReader(host.read, log),
    write: addLogToWriter(host.write, log),
    run: addLogToRun(host.run, log),
  };
}

/** Calls of the SDK tell more by themselves; these are the bare requests. Paths and queries may hold what is secret. */
function addLogToNet(net: Net, log: Log): Net {
  return {
    async fetch(request) {
      const since = log.elapsed();
      const level = "amz-sdk-request" in request.headers ? "trace" : "debug";
      const tell = (facts: LogFacts) =>
        log.tell(level, "HTTP request", { ...describeTarget(request), ...facts, ms: log.elapsed() - since });
      try {
        const answer = await net.fetch(request);
        tell({ status: answer.status, bytes: answer.body.length });
        return answer;
      } catch (error) {
        tell({ error: error instanceof NetError ? error.kind : "failed" });
        throw error;
      }
    },
  };
}

function describeTarget({ method, url }: NetRequest): LogFacts {
  return { method, host: URL.parse(url)?.host ?? "" };
}

function addLogToReader(read: Reader, log: Log): Reader {
  const told = <T>(path: string, act: () => T) => tellFile(log, { event: "file read", path, level: "trace", act });
  return {
    ...read,
    bytes: (path) => told(path, () => read.bytes(path)),
    hold: (path) => told(path, () => read.hold(path)),
  };
}

function addLogToWriter(write: Writer, log: Log): Writer {
  const told = (event: string, changed: Pick<FileEvent<void>, "path" | "facts" | "act">) =>
    tellFile(log, { event, level: "debug", ...changed });
  return {
    ...write,
    open: (path, options) => addLogToFile(write.open(path, options), { path, log }),
    rename: (from, path) => told("file written", { path, facts: { from }, act: () => write.rename(from, path) }),
    remove: (path) => told("file removed", { path, act: () => write.remove(path) }),
  };
}

/** A file that was written where it is; what only locks it tells nothing. */
function addLogToFile(file: OpenFile, { path, log }: { readonly path: string; readonly log: Log }): OpenFile {
  let bytes = 0;
  return {
    ...file,
    write: (piece) => {
      file.write(piece);
      bytes += piece.length;
    },
    close: () => {
      file.close();
      if (bytes > 0) log.tell("debug", "file written", { path, bytes });
    },
  };
}

interface FileEvent<T> {
  readonly event: string;
  readonly path: string;
  readonly level: "debug" | "trace";
  readonly facts?: LogFacts;
  readonly act: () => T;
}

function tellFile<T>(log: Log, { event, path, level, facts, act }: FileEvent<T>): T {
  try {
    const result = act();
    log.tell(level, event, { path, ...facts });
    return result;
  } catch (error) {
    log.tell(level, event, { path, ...facts, error: isFileError(error) ? error.kind : "failed" });
    throw error;
  }
}

/** Arguments and variables may hold secrets, and are never told. */
function addLogToRun(run: Run, log: Log): Run {
  const told = async <T>(command: string, { start, status }: {
    readonly start: () => Promise<T>;
    readonly status: (result: T) => string | number;
  }) => {
    const since = log.elapsed();
    log.tell("trace", "program starts", { command });
    try {
      const result = await start();
      log.tell("debug", "program ended", { command, status: status(result), ms: log.elapsed() - since });
      return result;
    } catch (error) {
      log.tell("debug", "program ended", { command, error: isFileError(error) ? error.kind : "failed" });
      throw error;
    }
  };
  return {
    browse: (input) => told(input.executable, { start: () => run.browse(input), status: ({ kind }) => kind }),
    capture: (input) => told(input.command, { start: () => run.capture(input), status: (one) => one.status }),
    foreground: (input) => told(input.command, { start: () => run.foreground(input), status: (status) => status }),
  };
}
