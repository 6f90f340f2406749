import type { Host, Need, Needs } from "../../host/host.ts";
import type { Refusable } from "../../host/refusing_ports.ts";
import type { Completes, Flags, FlagValues } from "./flag.ts";
import type { Globals } from "./global_flags.ts";

export interface Args {
  readonly placeholder: string;
  readonly summary: string;
  readonly max: number;
  /** Everything after `--` is handed through as it is, after the arguments before it; `max` counts only those before. "optional": it may be left out. */
  readonly passthrough?: true | "optional";
  readonly complete?: readonly Completes[];
}

export interface Input<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly globals: Globals;
  readonly args: readonly string[];
}

interface Example {
  readonly says: string;
  readonly line: string;
}

interface Described<F extends Flags, N extends Need> {
  /** The words after `atmos`, e.g. "aws eks update-kubeconfig". */
  readonly name: string;
  readonly summary: string;
  readonly flags: F;
  readonly args?: Args;
  /** For programs, not for users: help, docs and completion leave it out. */
  readonly hidden?: true;
  /** `args` is all that follows the words, as it is; no flag is read, no global one, nothing of the environment. */
  readonly raw?: true;
  /** Started by another program, with flags that were written for it. */
  readonly isPlugin?: true;
  /** Pairs of flags that exclude each other. */
  readonly excludes?: readonly (readonly [keyof F & string, keyof F & string])[];
  readonly examples: readonly Example[];
  /** The members of Host that `run` may use; every other permission of the process is given up before it runs. */
  readonly needs: readonly N[];
  /**
   * It shows a configuration that no one may have trusted: what it prints has the call in place of what comes from beyond
   * the configuration. Any other command asks for trust before it uses, and so prints, such a value.
   */
  readonly showsUntrusted?: true;
  /** No warning says that `!exec` was not run, where that is what users expect of the command. */
  readonly skipsSilently?: true;
}

/** A command as data: any parser can read it, and the tables of docs/ are generated from it. */
export interface Command<F extends Flags = Flags, N extends Need = Need> extends Described<F, N> {
  /** Members of `needs` that this input makes unnecessary, e.g. "write" for --dry-run: `run` gets ports that refuse. */
  readonly unneeded?: (
    host: Needs<"read" | "env">,
    input: Input<F>,
  ) => readonly Extract<NoInfer<N> | "skippable-run", Refusable>[];
  readonly run: (host: Needs<N>, input: Input<F>) => Promise<number> | number;
}

/**
 * Some command, its flags and needs unknown to the compiler. `unneeded` and `run` are methods so that every Command
 * is one of these; only the dispatcher may call them, with what the parser made for that very command.
 */
export interface AnyCommand extends Described<Flags, Need> {
  unneeded?(host: Needs<"read" | "env">, input: Input<Flags>): readonly Refusable[];
  run(host: Host, input: Input<Flags>): Promise<number> | number;
}

/** Keeps the literal types of a command's definition. */
export function command<const F extends Flags, const N extends Need>(definition: Command<F, N>): Command<F, N> {
  return definition;
}
