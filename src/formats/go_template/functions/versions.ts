import { found, type FunctionTable, str, takes } from "./arguments.ts";

/** Sprig's functions about versions. https://masterminds.github.io/sprig/semver.html */
export const VERSIONS: FunctionTable = {
  semver: takes(1, (text) => asMap(parseVersion(str(text)))),
  semverCompare: takes(2, (constraint, version) => matches(parseVersion(str(version)), str(constraint))),
};

interface Version {
  readonly numbers: readonly number[];
  readonly prerelease: string;
  readonly metadata: string;
  readonly text: string;
}

const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([\dA-Za-z.-]+))?(?:\+([\dA-Za-z.-]+))?$/;

function parseVersion(text: string): Version {
  const match = VERSION.exec(text.trim());
  if (match === null) throw new Error(`expected a version, found ${found(text)}`);
  const [, major, minor = "0", patch = "0", prerelease = "", metadata = ""] = match;
  return { numbers: [major, minor, patch].map(Number), prerelease, metadata, text };
}

function asMap({ numbers: [major, minor, patch], prerelease, metadata, text }: Version): Record<string, unknown> {
  return { Major: major, Minor: minor, Patch: patch, Prerelease: prerelease, Metadata: metadata, Original: text };
}

/** Alternatives with `||`, each of conditions that all hold. */
function matches(version: Version, constraint: string): boolean {
  return constraint.split("||").some((one) => parseConditions(one).every((condition) => holds(version, condition)));
}

interface Condition {
  readonly sign: string;
  /** As far as they are said: `1.2.x` says two. */
  readonly said: readonly number[];
  readonly prerelease: string;
}

/** No one is as long, and the expressions below go back. */
const LONGEST = 256;

const CONDITION =
  /(=|!=|<>|>=|=>|<=|=<|>|<|~>|~|\^|)\s*v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([\dA-Za-z.-]+))?(?:\+[\dA-Za-z.-]+)?/g;

function parseConditions(text: string): readonly Condition[] {
  if (text.length > LONGEST) throw new Error(`expected a constraint for versions, found ${found(text)}`);
  const ranged = text.replace(/(\S+)\s+-\s+(\S+)/g, ">=$1, <=$2");
  const all = [...ranged.matchAll(CONDITION)];
  if (all.length === 0 || ranged.replace(CONDITION, "").replace(/[\s,]/g, "") !== "") {
    throw new Error(`expected a constraint for versions, found ${found(text)}`);
  }
  return all.map(([, sign = "", major, minor, patch, prerelease = ""]) => {
    const words = [major, minor, patch];
    const end = words.findIndex((word) => word === undefined || /^[xX*]$/.test(word));
    return { sign, said: words.slice(0, end < 0 ? 3 : end).map(Number), prerelease };
  });
}

function holds(version: Version, { sign, said, prerelease }: Condition): boolean {
  if (version.prerelease !== "" && prerelease === "") return false;
  const least = { ...version, numbers: [0, 1, 2].map((at) => said[at] ?? 0), prerelease };
  const order = compare(version, least);
  const isWithin = (parts: number) => said.slice(0, parts).every((one, at) => version.numbers[at] === one);
  switch (sign) {
    case ">":
      return order > 0 && (said.length === 3 || !isWithin(3));
    case "<":
      return order < 0;
    case ">=":
    case "=>":
      return order >= 0;
    case "<=":
    case "=<":
      return order <= 0 || (said.length < 3 && isWithin(3));
    case "!=":
    case "<>":
      return said.length < 3 ? !isWithin(3) : order !== 0;
    case "~":
    case "~>":
      return order >= 0 && isWithin(2);
    case "^":
      return order >= 0 && isWithin(firstOther(said));
    default:
      return said.length < 3 ? isWithin(3) : order === 0;
  }
}

/** `^` lets everything after the first number that is not 0 grow. */
function firstOther(said: readonly number[]): number {
  const at = said.findIndex((one) => one !== 0);
  return at < 0 ? said.length : at + 1;
}

function compare(one: Version, other: Version): number {
  for (const [at, number] of one.numbers.entries()) {
    if (number !== other.numbers[at]) return number - other.numbers[at]!;
  }
  if (one.prerelease === "" || other.prerelease === "") {
    return Number(one.prerelease === "") - Number(other.prerelease === "");
  }
  return comparedParts(one.prerelease.split("."), other.prerelease.split("."));
}

/** Numbers come before words. https://semver.org/#spec-item-11 */
function comparedParts(one: readonly string[], other: readonly string[]): number {
  for (const [at, part] of one.entries()) {
    const against = other[at];
    if (against === undefined) return 1;
    if (part === against) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(part), /^\d+$/.test(against)];
    if (isNumber && isOtherNumber) return Number(part) - Number(against);
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return part < against ? -1 : 1;
  }
  return one.length - other.length;
}
