/** What completion offers as a value: names that the configuration and the AWS settings know, or paths. */
export type Completes =
  | "identity"
  | "user-identity"
  | "provider"
  | "integration"
  | "eks-integration"
  | "ecr-integration"
  | "config-profile"
  | "aws-profile"
  | "context"
  | "region"
  | "console-service"
  | "stack"
  | "component"
  | "shell"
  | "file"
  | "directory";

interface FlagBase {
  /** One line for help. */
  readonly summary: string;
  /** One letter, without the dash. */
  readonly short?: string;
  /** Environment variables that give the value when the flag is not typed; the first that is set wins. */
  readonly env?: readonly string[];
}

/** A flag with a value. */
interface StringFlag extends FlagBase {
  readonly kind: "string";
  /** What help calls the value, e.g. "cluster". */
  readonly placeholder: string;
  /** May be given several times, or as a list with commas; the value is then a list. */
  readonly repeat?: true;
  /** May be given without a value; the value is then "". */
  readonly optionalValue?: true;
  /** Another name, for commands that have no flag of that name themselves. */
  readonly synonym?: string;
  /** The value when neither the command line nor the environment gives one. */
  readonly default?: string;
  readonly complete?: Completes;
}

/** A flag whose value is one of a few words; upper and lower case are the same. */
export interface ChoiceFlag extends FlagBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
  /** Other words for a choice: from the word typed to the choice that is meant. Help does not list them. */
  readonly synonyms?: Readonly<Record<string, string>>;
  /** The choice when neither the command line nor the environment makes one. */
  readonly default?: string;
}

/** A flag whose value is a whole number from `min` to `max`. */
export interface NumberFlag extends FlagBase {
  readonly kind: "number";
  readonly placeholder: string;
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

/** A flag whose value is a duration as formats/text/duration.ts reads it: `1h30m`, or plain seconds. */
interface DurationFlag extends FlagBase {
  readonly kind: "duration";
  readonly placeholder: string;
  readonly default?: string;
}

/** The value of a {@link DurationFlag}, with the text that it was read from. */
export interface Duration {
  readonly ms: number;
  readonly text: string;
}

/** A flag without a value; true when given. Its name may itself start with "no-". */
export interface SwitchFlag extends FlagBase {
  readonly kind: "switch";
}

export type Flag = StringFlag | ChoiceFlag | NumberFlag | DurationFlag | SwitchFlag;
export type Flags = Readonly<Record<string, Flag>>;

type FlagValue<F extends Flag> = F extends SwitchFlag ? boolean
  : F extends { readonly repeat: true } ? readonly string[]
  : SingleValue<F> | (F extends { readonly default: string | number } ? never : undefined);

type SingleValue<F extends Flag> = F extends ChoiceFlag ? F["choices"][number]
  : F extends NumberFlag ? number
  : F extends DurationFlag ? Duration
  : string;

/** Parsed values, keyed by the flag's name as typed (kebab case). */
export type FlagValues<F extends Flags> = { readonly [K in keyof F]: FlagValue<F[K]> };
