import { AppError } from "../../errors.ts";
import { findNamedHere, type Power } from "../schema/powers.ts";
import { briefPath, briefValue } from "./brief_value.ts";
import { type HashedPower, PowerHashes } from "./power_hash.ts";
import { type TrustedPower, trustedPowers } from "./trust_list.ts";
import { isTrustedPlace, isVariable, type LocationHost } from "./trusted_places.ts";
import { isTrustingAll } from "../../store/trusting_all.ts";
import { isAbsolute } from "../../store/paths.ts";
import { type CommandPart, joinLines, type Remedy, remedy } from "../../remedy.ts";

/** Asks before something is used that a file of the working tree says. */
export interface Trust {
  /** AppError "untrusted" unless all of them are the user's own, ordinary on this machine, or trusted. */
  require(powers: readonly Power[]): Promise<void>;
  /** Whether all of them, and what has decided which settings there are, were found to need no more trust in this run. */
  hasPassed(powers: readonly Power[]): boolean;
}

/** A power that needs trust and has none yet, ready to be trusted. */
export interface UntrustedPower extends Power, HashedPower {
  /** Whether the same setting of the same file was trusted with something else. */
  readonly isChanged: boolean;
  /** What it said then, as it may be shown. */
  readonly former?: string | undefined;
}

interface TrustGateInput {
  /** What to type to look at these powers and trust them. */
  readonly command: () => CommandPart;
  /** Asks the user, and remembers a yes; without it, no one can be asked. */
  readonly ask?: ((powers: readonly UntrustedPower[]) => Promise<boolean>) | undefined;
}

/** Knows what is trusted: files of the user's own, what the list says, everything in CI. */
export class TrustGate implements Trust {
  readonly #host: LocationHost;
  readonly #input: TrustGateInput;
  #hashes: PowerHashes;
  readonly #own = new Map<string, boolean>();
  readonly #choices = new Set<Power>();
  /** What was said yes to in this run. */
  readonly #accepted = new Set<string>();
  readonly #passed = new WeakSet<Power>();

  constructor(host: LocationHost, input: TrustGateInput) {
    this.#host = host;
    this.#hashes = new PowerHashes(host);
    this.#input = input;
  }

  /** Adds what has decided which settings there are: whatever is used then, is used because of it. */
  addChoices(powers: readonly Power[]): void {
    for (const power of powers) this.#choices.add(power);
  }

  hasPassed(powers: readonly Power[]): boolean {
    return [...this.#choices, ...powers].every((power) => this.#passed.has(power));
  }

  async require(powers: readonly Power[]): Promise<void> {
    const untrusted = await this.untrusted(powers);
    if (untrusted.length === 0) return;
    if (await this.#input.ask?.(untrusted) !== true) throw refusal(untrusted, this.#input.command());
    // Files may have changed while the user was reading.
    this.#hashes = new PowerHashes(this.#host);
    for (const { record } of untrusted) this.#accepted.add(record.hash);
    this.#pass(powers);
  }

  #pass(powers: readonly Power[]): void {
    for (const power of [...this.#choices, ...powers]) this.#passed.add(power);
  }

  /** Returns those that need trust and have none, and of what has decided which settings there are, file by file. */
  async untrusted(powers: readonly Power[]): Promise<readonly UntrustedPower[]> {
    const found = await this.#findUntrusted([...this.#choices, ...powers]);
    if (found.length === 0) this.#pass(powers);
    return found;
  }

  async #findUntrusted(powers: readonly Power[]): Promise<readonly UntrustedPower[]> {
    const wanting = powers
      .filter((power) => !this.#isOwn(power) && power.isOrdinary?.(this.#host) !== true)
      .map((power) => this.#withDecider(power));
    if (wanting.length === 0 || isTrustingAll(this.#host)) return [];
    const inside = await Promise.all(wanting.map(({ contents }) => contents?.(this.#host) ?? []));
    const ofTree: readonly Power[] = [...wanting, ...inside.flat()];
    const trusted = trustedPowers(this.#host);
    const hashes = new Set(trusted.map(({ hash }) => hash));
    const found = new Map<string, UntrustedPower>();
    for (const power of ofTree) {
      const hashed = await this.#hashes.of(power);
      const { record } = hashed;
      if (hashes.has(record.hash) || this.#accepted.has(record.hash)) continue;
      const former = trusted.findLast(({ file, path, directory }) =>
        file === record.file && path === record.path && directory === record.directory
      );
      const isChanged = former !== undefined;
      found.set(record.hash, { ...power, ...hashed, shown: record.value, isChanged, former: former?.value });
    }
    return sortPowers([...found.values()]);
  }

  /**
   * Flags and variables are the user's own, and files that no one else can have written, but for a path there that the
   * current directory completes, and for what serves something that another file decides.
   */
  #isOwn(power: Power): boolean {
    if (isVariable(power.place.file)) return true;
    return this.#isOwnFile(power.place.file) && findNamedHere(this.#host, power) === undefined &&
      this.#decider(power) === undefined;
  }

  #isOwnFile(file: string): boolean {
    const known = this.#own.get(file) ?? isTrustedPlace(this.#host, file);
    this.#own.set(file, known);
    return known;
  }

  /** The first file that is not the user's own and says what a power serves. */
  #decider({ source }: Power): string | undefined {
    return source?.().files.find((file) => isAbsolute(file) && !this.#isOwnFile(file));
  }

  #withDecider(power: Power): Power {
    const decider = this.#isOwnFile(power.place.file) ? this.#decider(power) : undefined;
    return decider === undefined ? power : { ...power, reason: `${power.reason}, for what ${decider} says` };
  }
}

/** Returns powers file by file, from top to bottom. */
export function sortPowers<P extends Power>(powers: readonly P[]): readonly P[] {
  const byFile = (a: string, b: string) => a < b ? -1 : a > b ? 1 : 0;
  return [...powers].sort(({ place: a }, { place: b }) =>
    byFile(a.file, b.file) || a.line - b.line || a.column - b.column
  );
}

/** Returns what the list of trust keeps of powers: nothing of those that can be trusted for one run only. */
export function makeTrustRecords(powers: readonly UntrustedPower[]): readonly TrustedPower[] {
  return powers.filter(({ unkept }) => unkept === undefined).map(({ record }) => record);
}

/** Of one kind, more would hide those of another. */
const MOST_ALIKE = 20;

function refusal(powers: readonly UntrustedPower[], command: CommandPart): AppError {
  const [{ path, shown, reason, place, isChanged, former }, ...more] = powers as readonly [
    UntrustedPower,
    ...UntrustedPower[],
  ];
  const since = isChanged ? ", which has changed since you trusted it" : "";
  const others = [...Map.groupBy(more, (one) => one.reason)].flatMap(([why, alike]) => [
    ...alike.slice(0, MOST_ALIKE).map((one) =>
      `Also not trusted: ${one.place.file}:${one.place.line}:${one.place.column}: ${briefly(one)} (it ${why})`
    ),
    ...(alike.length > MOST_ALIKE ? [`Also not trusted: ${alike.length - MOST_ALIKE} more (each ${why})`] : []),
  ]);
  const message = `Cannot use ${briefPath(path)} ${briefValue(shown, place, former)}${since}: it ${reason}, ` +
    "and you have not trusted it";
  const hint = [...others, ...whatToDo(powers, command)];
  return new AppError("untrusted", message, { place, hint: joinLines(hint) });
}

function briefly({ path, shown, place, former }: UntrustedPower): string {
  return `${briefPath(path)}: ${briefValue(shown, place, former)}`;
}

function whatToDo(powers: readonly UntrustedPower[], command: CommandPart): readonly Remedy[] {
  const unkept = powers.find((one) => one.unkept !== undefined)?.unkept;
  return [
    ...(unkept === undefined ? [] : [`Trust in it is for one run, at a terminal: ${unkept}`]),
    ...(powers.every((one) => one.unkept !== undefined)
      ? []
      : [remedy`Read ${powers.length === 1 ? "it" : "them"}, then: ${command}`]),
    `${unkept === undefined ? "In CI" : "Without a question"}: set ATMOS_TRUST=1`,
  ];
}
