import type { Host, Need, Needs } from "../host/host.ts";

interface FlagBase {
  /** One line for help. */
  readonly summary: string;
  /** One letter, without the dash. */
  readonly short?: string;
  /** Environment variables that give the value when the flag is absent; the first that is set wins. */
  readonly env?: readonly string[];
}

/** A flag with a value. */
export interface StringFlag extends FlagBase {
  readonly kind: "string";
  /** What help calls the value, e.g. "cluster". */
  readonly placeholder: string;
  /** May be given several times; the value is then a list. */
  readonly repeat?: true;
  /** May be given without a value; the value is then "". */
  readonly optionalValue?: true;
}

/** A flag whose value is one of a few words. */
export interface ChoiceFlag extends FlagBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
}

/** A flag without a value; true when given. Its name may itself start with "no-". */
export interface SwitchFlag extends FlagBase {
  readonly kind: "switch";
}

export type Flag = StringFlag | ChoiceFlag | SwitchFlag;
export type Flags = Readonly<Record<string, Flag>>;

type FlagValue<F extends Flag> = F extends SwitchFlag ? boolean
  : F extends { readonly repeat: true } ? readonly string[]
  : F extends ChoiceFlag ? F["choices"][number] | undefined
  : string | undefined;

/** Parsed values, keyed by the flag's name as typed (kebab case). */
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: FlagValue<F[K]> };

export interface Args {
  readonly placeholder: string;
  readonly summary: string;
  readonly max: number;
  /** Everything after `--` is handed through as it is. */
  readonly passthrough?: true;
}

export interface Input<F extends Flags> {
  readonly flags: FlagValues<F>;
  readonly args: readonly string[];
}

/** A command as data: any parser can read it, and README's tables are generated from it. */
export interface Command<F extends Flags = Flags, N extends Need = Need> {
  /** The words after `atmos`, e.g. "aws eks update-kubeconfig". */
  readonly name: string;
  readonly summary: string;
  readonly flags: F;
  readonly args?: Args;
  /** Pairs of flags that exclude each other. */
  readonly excludes?: readonly (readonly [keyof F & string, keyof F & string])[];
  readonly examples: readonly { readonly says: string; readonly line: string }[];
  /** The members of Host that `run` is handed; every other permission of the process is given up before it runs. */
  readonly needs: readonly N[];
  /** Members of `needs` that this input does not use after all, e.g. "write" for --dry-run. */
  readonly spares?: (host: Needs<"read" | "env">, input: Input<F>) => readonly N[];
  readonly run: (host: Pick<Host, N>, input: Input<F>) => Promise<number> | number;
}

/** Keeps the literal types of a command's definition. */
export function command<const F extends Flags, const N extends Need>(definition: Command<F, N>): Command<F, N> {
  return definition;
}
