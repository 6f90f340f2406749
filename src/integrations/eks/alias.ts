import { listed } from "../../config/schema/wording.ts";
import { closest } from "../../formats/text/closest.ts";
import { CONTROLS } from "../../kube/kubeconfig/entry_edit.ts";

/** What a context's name may be made of. */
export interface AliasFacts {
  readonly cluster: string;
  readonly region: string;
  readonly account: string;
  readonly identity: string;
  readonly integration: string;
}

const FACTS = ["cluster", "region", "account", "identity", "integration"] as const;
const TOKEN = /\{([^{}]*)\}/g;
const CONTROL = new RegExp(`[${CONTROLS}]`);

/** The same rules as {@link aliasFault}'s, for a JSON Schema. */
export const ALIAS_PATTERN = `^(?:[^{}${CONTROLS}]|\\{(?:${FACTS.join("|")})\\})+$`;

/** The name of a context: `{cluster}`, `{region}` and so on stand for what they name. */
export function expandAlias(template: string, facts: AliasFacts): string {
  return template.replace(TOKEN, (whole, name: string) => isFact(name) ? facts[name] : whole);
}

const NO_CONTROL = "no line break or other control character may be in it";

/** Why a template cannot be expanded; undefined when it can. */
export function aliasFault(template: string): string | undefined {
  if (CONTROL.test(template)) return NO_CONTROL;
  const unknown = [...template.matchAll(TOKEN)].map((found) => found[1]!).find((name) => !isFact(name));
  if (unknown !== undefined) return `{${unknown}} stands for nothing${meant(unknown)}`;
  return /[{}]/.test(template.replace(TOKEN, "")) ? "a brace has no pair" : undefined;
}

function meant(unknown: string): string {
  const near = closest(unknown, FACTS);
  const braced = listed((near.length === 0 ? FACTS : near).map((name) => `{${name}}`));
  return near.length === 0 ? `, there is ${braced}` : `; did you mean ${braced}?`;
}

function isFact(name: string): name is typeof FACTS[number] {
  return (FACTS as readonly string[]).includes(name);
}
