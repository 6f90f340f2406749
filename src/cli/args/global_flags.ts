import type { Flags, FlagValues } from "./flag.ts";

/** Flags that every command takes: before, between and after its words. */
export const GLOBAL_FLAGS = {
  "base-path": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    summary: "Directory that the paths in atmos.yaml start from",
    env: ["ATMOS_BASE_PATH"],
  },
  "config": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    repeat: true,
    summary: "Read this atmos.yaml instead of looking for one; a later one wins over an earlier one",
    env: ["ATMOS_CONFIG"],
  },
  "config-path": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    repeat: true,
    summary: "Read atmos.yaml from this directory instead of looking for one",
    env: ["ATMOS_CONFIG_PATH"],
  },
  "config-profile": {
    kind: "string",
    placeholder: "profile",
    complete: "config-profile",
    repeat: true,
    synonym: "profile",
    summary: "Lay this configuration profile over atmos.yaml; --profile too, where that is no AWS profile",
    env: ["ATMOS_PROFILE"],
  },
  "identity": {
    kind: "string",
    short: "i",
    placeholder: "name",
    complete: "identity",
    optionalValue: true,
    summary: "Act as this identity of atmos.yaml; without a name, choose one; false for none",
    env: ["ATMOS_IDENTITY"],
  },
  "chdir": {
    kind: "string",
    short: "C",
    placeholder: "directory",
    complete: "directory",
    summary: "Change to this directory before anything else",
    env: ["ATMOS_CHDIR"],
  },
  "logs-level": {
    kind: "choice",
    choices: ["trace", "debug", "info", "warn", "error", "off"],
    synonyms: { warning: "warn" },
    summary: "How much to say about what is being done; debug and trace log each step",
    env: ["ATMOS_LOGS_LEVEL"],
  },
  "logs-file": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    summary: "Append the log to this file (mode 0600) instead of stderr; at level debug unless --logs-level is given",
    env: ["ATMOS_LOGS_FILE"],
  },
  "logs-format": {
    kind: "choice",
    choices: ["logfmt", "json"],
    default: "logfmt",
    summary: "Form of the log's lines",
    env: ["ATMOS_LOGS_FORMAT"],
  },
  "no-color": { kind: "switch", summary: "No colours (also: NO_COLOR set to anything)" },
  "verbose": { kind: "switch", summary: "Say more; for an internal error, where it happened" },
  "help": { kind: "switch", short: "h", summary: "Show this help" },
  "version": { kind: "switch", short: "V", summary: "Show the version" },
} as const satisfies Flags;

export type Globals = FlagValues<typeof GLOBAL_FLAGS>;

/** Whether `--identity=false` or ATMOS_IDENTITY says, as in the Go atmos, that no identity of atmos.yaml is meant. */
export function isWithoutIdentity({ identity }: Pick<Globals, "identity">): boolean {
  return identity !== undefined && /^(?:false|0|no|off)$/i.test(identity);
}
