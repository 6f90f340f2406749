import type { RandomSource } from "./source.ts";

const KEYS = [
  "credsStore",
  "proxies",
  "HttpHeaders",
  "currentContext",
  "psFormat",
  "plugins",
  "é",
  "a\\u0062",
  "a b",
  "__proto__",
];
const SCALARS = [
  ...['"x"', '""', '"\\u00e9\\/\\n"', '"é😀"', '"{\\"a\\": 1}"', "0", "-0", "1.0", "1e400", "12345678901234567890"],
  ...["0.1e-7", "true", "false", "null"],
];

/** Writes docker's config.json as docker, people and other tools do, and worse; valid JSON without doubled keys. */
export class RandomDockerConfig {
  readonly #random: RandomSource;
  readonly #newline: string;
  readonly #unit: string;
  readonly #registries: readonly string[];

  constructor(random: RandomSource, registries: readonly string[]) {
    this.#random = random;
    this.#newline = random.pick(["\n", "\r\n", " ", ""]);
    this.#unit = this.#newline.includes("\n") ? random.pick(["\t", "  ", "    ", " ", ""]) : "";
    this.#registries = [...registries, "ghcr.io", "https://index.docker.io/v1/"];
  }

  text(): string {
    if (this.#random.chance(0.03)) return this.#random.pick(["", " \n", "{}", "{ }", "{\n}\n"]);
    const members = this.#some(KEYS).filter((key) => key !== "credsStore").map((key) =>
      this.#member(`"${key}"`, this.#value(1))
    );
    if (this.#random.chance(0.8)) members.push(this.#member('"auths"', this.#section(() => this.#entry())));
    if (this.#random.chance(0.4)) members.push(this.#member('"credHelpers"', this.#section(() => '"gcloud"')));
    members.sort(() => this.#random.next() - 0.5);
    return `${this.#random.pick(["", "\n"])}${this.#object(members, 0)}${this.#random.pick(["", "\n", "\r\n", " "])}`;
  }

  #section(value: () => string): string {
    if (this.#random.chance(0.1)) return "null";
    return this.#object(this.#some(this.#registries).map((one) => this.#member(JSON.stringify(one), value())), 1);
  }

  #entry(): string {
    const members = this.#some([`"auth": "${btoa("AWS:old")}"`, '"email": "a@b"', '"identitytoken": "t"', '"n": 1.50']);
    return this.#random.chance(0.3) ? `{${members.join(", ")}}` : this.#object(members, 2);
  }

  #value(depth: number): string {
    if (depth > 3 || this.#random.chance(0.5)) return this.#random.pick(SCALARS);
    if (this.#random.chance(0.3)) return `[${this.#some(SCALARS).join(this.#random.pick([",", ", ", " ,\t"]))}]`;
    return this.#object(this.#some(KEYS).map((key) => this.#member(`"${key}"`, this.#value(depth + 1))), depth);
  }

  #member(name: string, value: string): string {
    return `${name}${this.#random.pick([":", ": ", ": ", " : "])}${value}`;
  }

  #object(members: readonly string[], depth: number): string {
    if (members.length === 0) return this.#random.pick(["{}", "{ }", `{${this.#newline}}`]);
    const indent = this.#newline + this.#unit.repeat(depth + 1);
    return `{${indent}${members.join(`,${indent}`)}${this.#newline}${this.#unit.repeat(depth)}}`;
  }

  #some<T>(from: readonly T[]): readonly T[] {
    return from.filter(() => this.#random.chance(0.4));
  }
}
