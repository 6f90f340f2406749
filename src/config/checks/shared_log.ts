import { textAt, valueAt } from "../values/look_up.ts";
import type { LocatedMap, Problem } from "../values/located.ts";

/** Paths of the standard streams, as the Go atmos has them for its own log; stdout is for data here. */
const STREAM = /^\/dev\/(?:null|stderr|stdout|fd\/[12])$/;

/**
 * Returns the level of `logs` at the top level, the log of every other command of the Go atmos: it is that of this
 * program, too, where `auth.logs` says nothing; undefined where that log goes into a file, which is not written here.
 * https://atmos.tools/cli/configuration/logs
 */
export function sharedLogLevel(root: LocatedMap): string | undefined {
  return sharedLogFile(root) === undefined ? textAt(root, ["logs", "level"]) : undefined;
}

/** Returns a warning for a file of `logs` at the top level. */
export function ignoredLogFile(root: LocatedMap): readonly Problem[] {
  const file = sharedLogFile(root);
  if (file === undefined) return [];
  const message = "it is for other commands of atmos: the file for the log of a login is auth.logs.file";
  return [{ severity: "warning", place: file.place, path: "logs.file", message, aside: true }];
}

function sharedLogFile(root: LocatedMap) {
  const file = valueAt(root, ["logs", "file"]);
  return file?.kind === "scalar" && file.text !== "" && file.value !== null && !STREAM.test(file.text)
    ? file
    : undefined;
}
