import { saysNoIdentity } from "../../formats/text/no_identity.ts";
import type { Flags, FlagValues } from "./flag.ts";

/** Flags that every command takes: before, between and after its words. */
export const GLOBAL_FLAGS = {
  "base-path": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    summary: "Base directory for relative paths in atmos.yaml",
    env: ["ATMOS_BASE_PATH"],
  },
  "config": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    repeat: true,
    summary: "Read this atmos.yaml instead of searching for one; later files win",
    env: ["ATMOS_CONFIG"],
  },
  "config-path": {
    kind: "string",
    placeholder: "directory",
    complete: "directory",
    repeat: true,
    summary: "Read atmos.yaml from this directory instead of searching for one",
    env: ["ATMOS_CONFIG_PATH"],
  },
  "config-profile": {
    kind: "string",
    placeholder: "profile",
    complete: "config-profile",
    repeat: true,
    synonym: "profile",
    summary: "Configuration profile to apply to atmos.yaml (also --profile in commands that take no AWS profile)",
    env: ["ATMOS_PROFILE"],
  },
  "identity": {
    kind: "string",
    short: "i",
    placeholder: "name",
    complete: "identity",
    optionalValue: true,
    summary: "Identity to use; without a name, choose interactively; false to use none",
    env: ["ATMOS_IDENTITY"],
  },
  "chdir": {
    kind: "string",
    short: "C",
    placeholder: "directory",
    complete: "directory",
    summary: "Change to this directory first",
    env: ["ATMOS_CHDIR"],
  },
  "logs-level": {
    kind: "choice",
    choices: ["trace", "debug", "info", "warn", "error", "off"],
    synonyms: { warning: "warn" },
    summary: "Log level; debug and trace log each step",
    env: ["ATMOS_LOGS_LEVEL"],
  },
  "logs-file": {
    kind: "string",
    placeholder: "file",
    complete: "file",
    summary: "Append the log to this file (mode 0600) instead of stderr (default level: debug)",
    env: ["ATMOS_LOGS_FILE"],
  },
  "logs-format": {
    kind: "choice",
    choices: ["logfmt", "json"],
    default: "logfmt",
    summary: "Log format",
    env: ["ATMOS_LOGS_FORMAT"],
  },
  "no-color": { kind: "switch", summary: "Disable colors (also NO_COLOR)" },
  "verbose": { kind: "switch", summary: "Verbose output, with stack traces for internal errors" },
  "help": { kind: "switch", short: "h", summary: "Show this help" },
  "version": { kind: "switch", short: "V", summary: "Show the version" },
} as const satisfies Flags;

export type Globals = FlagValues<typeof GLOBAL_FLAGS>;

/** Whether `--identity=false` or ATMOS_IDENTITY says, as in the Go atmos, that no identity of atmos.yaml is meant. */
export function isWithoutIdentity({ identity }: Pick<Globals, "identity">): boolean {
  return identity !== undefined && saysNoIdentity(identity);
}
