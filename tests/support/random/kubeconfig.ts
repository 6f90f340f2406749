import type { RandomSource } from "./source.ts";

const NAMES = [
  "dev",
  "prod-1",
  "user-dev",
  "arn:aws:eks:us-east-2:123456789012:cluster/dev",
  "höhe",
  "a b",
  "x'y",
  "#h",
  "08",
];
const VALUES = [
  "plain",
  "https://1.2.3.4:6443",
  "two  words",
  "it's",
  'say "hi"',
  "tab\tin",
  "ünï",
  "# no",
  "a: b",
  "- x",
  "08",
  "yes",
  "",
];
const COMMENTS = ["# note", "#", "# - name: trap", "# clusters:", "#  { [ \" '", "# ümlaut"];

/** Writes kubeconfigs the way people, kubectl, aws and JSON tools do, and worse. */
export class RandomKubeconfig {
  readonly #random: RandomSource;
  readonly #names: string[];
  readonly #cluster: string;
  #unit = 2;
  #dash = 2;
  #listIndent = 0;
  #comments = 0;

  /**
   * `names` are put in now and then, so that edits meet entries of those names; the first is the
   * cluster that most contexts are for.
   */
  constructor(random: RandomSource, names: readonly string[]) {
    this.#random = random;
    this.#cluster = names[0]!;
    this.#names = [...NAMES, ...names, ...names];
  }

  text(): string {
    const r = this.#random;
    this.#unit = r.pick([2, 2, 3, 4]);
    this.#dash = r.pick([2, 2, 2, 4]);
    this.#listIndent = r.pick([0, 0, this.#unit]);
    this.#comments = r.pick([0, 0, 0.2, 0.5]);
    if (r.chance(0.03)) {
      return r.pick(["", "\n", "# only a comment\n", "---\n", "null\n", "{}\n", "---\n# c\n...\n", "~"]);
    }
    const text = r.chance(0.12) ? this.#json() : this.#block();
    return this.#dressed(text);
  }

  #dressed(text: string): string {
    const r = this.#random;
    const cut = r.chance(0.2) ? text.replace(/\n+$/, "") : text;
    const safe = /[|>][+-]?\n/.test(cut) ? text : cut;
    const crlf = r.chance(0.15) ? safe.replaceAll("\n", "\r\n") : safe;
    return (r.chance(0.06) ? "\uFEFF" : "") + crlf;
  }

  #block(): string {
    const r = this.#random;
    const parts = [
      () => this.#section("clusters"),
      () => this.#section("contexts"),
      () => this.#section("users"),
      () => `current-context: ${r.pick([`"dev"`, "dev", "''", "", "'prod-1'  # now"])}\n`,
      () => `preferences: ${r.pick(["{}", "{colors: true}", "\n" + " ".repeat(this.#unit) + "colors: true"])}\n`,
      () => `apiVersion: v1\n`,
      () => `kind: Config\n`,
      () => `x-notes: |${r.pick(["", "+", "-"])}\n  free\n\n  text # not a comment\n${r.pick(["", "\n", "\n\n"])}`,
      () => `extensions:\n- name: &who me\n  extension: {by: *who, at: "12:30"}\n`,
    ];
    const chosen = parts.filter((_, i) => i < 3 ? r.chance(0.9) : r.chance(0.5)).sort(() => r.next() - 0.5);
    const head = r.chance(0.1) ? "---\n" : "";
    const body = chosen.map((part) => this.#comment(0) + part() + (r.chance(0.15) ? "\n" : "")).join("");
    return head + body + this.#comment(0) + (r.chance(0.05) ? "...\n" : "");
  }

  #section(key: "clusters" | "contexts" | "users"): string {
    const r = this.#random;
    if (r.chance(0.15)) {
      return `${key}:${r.pick(["", " null", " []", " [ ]", "  # none", " ~ # none", " []  # none"])}\n`;
    }
    if (r.chance(0.1)) {
      return `${key}: [${this.#entries(key).map((entry) => this.#flow(entry)).join(r.pick([", ", ",\n  "]))}]\n`;
    }
    const lines = this.#entries(key).map((entry) => this.#item(entry));
    return `${key}:${r.chance(this.#comments) ? " # list" : ""}\n${lines.join("")}`;
  }

  #entries(key: string): Record<string, unknown>[] {
    const r = this.#random;
    const names = new Set(Array.from({ length: 1 + r.below(4) }, () => r.pick(this.#names)));
    return [...names].map((name) => {
      const payload = this.#payload(key);
      const inner = { clusters: "cluster", contexts: "context", users: "user" }[key]!;
      return r.chance(0.3) ? { [inner]: payload, name } : { name, [inner]: payload };
    });
  }

  #payload(key: string): Record<string, unknown> {
    const r = this.#random;
    const extra = r.chance(0.3)
      ? { extensions: [{ name: r.pick(VALUES) || "e", extension: { k: r.pick(VALUES) } }] }
      : {};
    if (key === "clusters") {
      return { "certificate-authority-data": "LS0tLS1CRUdJTg==", "server": r.pick(VALUES), ...extra };
    }
    if (key === "contexts") {
      return {
        cluster: r.chance(0.7) ? this.#cluster : r.pick(this.#names),
        user: r.pick(this.#names),
        ...(r.chance(0.4) ? { namespace: r.pick(VALUES) } : {}),
        ...extra,
      };
    }
    if (r.chance(0.4)) return { token: r.pick(VALUES), ...extra };
    const args = Array.from({ length: r.below(5) }, () => r.pick(VALUES));
    const env = r.chance(0.5)
      ? { env: [{ name: "AWS_PROFILE", value: r.pick(VALUES) }, { name: "X", value: "1" }].slice(r.below(2)) }
      : {};
    return { exec: { apiVersion: "client.authentication.k8s.io/v1beta1", args, command: "aws", ...env }, ...extra };
  }

  #item(entry: Record<string, unknown>): string {
    const r = this.#random;
    const column = this.#listIndent + this.#dash;
    const lead = this.#comment(r.below(4));
    const start = `${" ".repeat(this.#listIndent)}-${" ".repeat(this.#dash - 1)}`;
    if (r.chance(0.08)) return `${lead}${start}${this.#flow(entry)}\n`;
    return lead + start + this.#map(entry, column).slice(column) + (r.chance(0.1) ? "\n" : "") +
      this.#comment(r.below(6));
  }

  #map(map: Record<string, unknown>, column: number): string {
    const entries = Object.entries(map);
    return entries.map(([key, value], i) =>
      `${i === 0 ? "" : this.#comment(column)}${" ".repeat(column)}${key}:${this.#value(value, column)}`
    ).join("");
  }

  #value(value: unknown, column: number): string {
    const r = this.#random;
    if (typeof value === "string") return this.#text(value, column);
    if (r.chance(0.08)) return ` ${this.#flow(value)}\n`;
    if (Array.isArray(value)) {
      if (value.length === 0) return ` []\n`;
      const dash = column + this.#listIndent;
      return "\n" +
        value.map((item) =>
          `${this.#comment(dash)}${" ".repeat(dash)}-${" ".repeat(this.#dash - 1)}${
            typeof item === "string"
              ? this.#text(item, dash).slice(1)
              : this.#map(item, dash + this.#dash).slice(dash + this.#dash)
          }`
        ).join("");
    }
    return `${r.chance(this.#comments) ? "  # deep" : ""}\n${
      this.#map(value as Record<string, unknown>, column + this.#unit)
    }`;
  }

  #text(value: string, column: number): string {
    const r = this.#random;
    const tail = r.chance(this.#comments) ? `  ${r.pick(COMMENTS)}` : "";
    if (isPlain(value) && /^[a-z]+$/.test(value) && r.chance(0.1)) {
      return ` ${r.pick([">-", "|", "|-", ">"])}\n${" ".repeat(column + 2)}${value}\n`;
    }
    if (isPlain(value) && r.chance(0.6)) return ` ${value}${tail}\n`;
    if (!/[\t']/.test(value) && r.chance(0.4)) return ` '${value}'${tail}\n`;
    return ` ${JSON.stringify(value)}${tail}\n`;
  }

  #flow(value: unknown): string {
    const r = this.#random;
    if (typeof value === "string") return JSON.stringify(value);
    if (Array.isArray(value)) return `[${value.map((item) => this.#flow(item)).join(", ")}]`;
    const pairs = Object.entries(value as Record<string, unknown>).map(([key, item]) =>
      `${r.chance(0.5) ? key : JSON.stringify(key)}: ${this.#flow(item)}`
    );
    return `{${r.chance(0.3) ? " " : ""}${pairs.join(", ")}${r.chance(0.2) ? " " : ""}}`;
  }

  #json(): string {
    const r = this.#random;
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: r.chance(0.8) ? this.#entries("clusters") : null,
      contexts: r.chance(0.8) ? this.#entries("contexts") : [],
      users: this.#entries("users"),
      ...(r.chance(0.5) ? { "current-context": "dev" } : {}),
    };
    return JSON.stringify(config, null, r.pick([0, 2, 4])) + "\n";
  }

  #comment(column: number): string {
    return this.#random.chance(this.#comments) ? `${" ".repeat(column)}${this.#random.pick(COMMENTS)}\n` : "";
  }
}

/** Text that every reader takes for text without quotes. */
function isPlain(value: string): boolean {
  return /^[a-z][a-z0-9/.:-]*[a-z0-9]$/i.test(value) && !/^(yes|no|on|off|true|false|null)$/i.test(value);
}
