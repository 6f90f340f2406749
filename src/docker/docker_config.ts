import { JsonError } from "../formats/text/source_error.ts";
import { jsonObject } from "../formats/json/edit.ts";
import { findMember, type JsonMember, type JsonNode, type JsonObject } from "../formats/json/tree.ts";
import { placeAt } from "../formats/text/position.ts";
import { Secret } from "../secret.ts";

/** The sections of config.json that a login is about. */
type Section = "auths" | "credHelpers";

/** One registry's entry in `auths`. */
interface AuthEntry {
  /** The user that a password is kept for in this very file; undefined when none is. */
  readonly user: string | undefined;
  /** That user and password, in base64, where `auth` has them. */
  readonly auth: Secret | undefined;
  /** Until when that is good, milliseconds since the epoch, where a password of ECR says it. */
  readonly expires: number | undefined;
  /** The keys of the entry. */
  readonly keys: readonly string[];
}

/** What docker's config.json says about registries. */
export interface DockerConfig {
  /** How the file itself spells a section's key: docker does not mind capitals. */
  keyOf(section: Section): string;
  /** undefined when the registry has no entry. */
  authOf(registry: string): AuthEntry | undefined;
  /**
   * The entry that docker takes where the registry has none of its own: one by an address, such as `https://HOST/v2/`.
   * https://github.com/docker/cli/blob/master/cli/config/credentials/file_store.go
   */
  authByAddress(registry: string): AuthEntry | undefined;
  /** `credHelpers` of the registry. */
  helperOf(registry: string): string | undefined;
  /** The registries of a helper. */
  registriesOf(isHelper: (name: string) => boolean): readonly string[];
  /** The program behind `docker-credential-`, as docker chooses it; undefined when passwords are kept in the file. */
  storeOf(registry: string): { readonly helper: string; readonly from: "credHelpers" | "credsStore" } | undefined;
}

/** Keys that hold a password, or say whose it is. */
export const SECRET_KEYS: readonly string[] = ["auth", "identitytoken", "registrytoken", "username", "password"];

/** Reads the text of a config.json. JsonError, with line and column, for what docker would not read or reads in two ways. */
export function readDockerConfig(source: string): DockerConfig {
  const root = jsonObject(source);
  const [auths, helpers] = [section(source, { root, key: "auths" }), section(source, { root, key: "credHelpers" })];
  const store = readText(source, findLooselyNamed(source, { root, key: "credsStore" }));
  const helperOf = (registry: string) => readText(source, findMember(helpers?.value, registry));
  return {
    keyOf: (name) => (name === "auths" ? auths : helpers)?.key ?? name,
    authOf: (registry) => authEntry(source, findMember(auths?.value, registry)),
    authByAddress: (registry) => {
      const members = auths?.value.kind === "object" ? auths.value.members : [];
      return authEntry(source, members.find(({ key }) => key !== registry && readHostname(key) === registry));
    },
    helperOf,
    registriesOf: (isHelper) => {
      const members = helpers?.value.kind === "object" ? helpers.value.members : [];
      return members.filter((member) => isHelper(readText(source, member) ?? "")).map(({ key }) => key);
    },
    storeOf(registry) {
      const own = helperOf(registry);
      const helper = own ?? store ?? "";
      return helper === "" ? undefined : { helper, from: own === undefined ? "credsStore" : "credHelpers" };
    },
  };
}

function readHostname(key: string): string {
  const url = key.includes("://") ? URL.parse(key) : null;
  return url === null || url.hostname === "" ? key.split("/")[0]! : url.host;
}

interface Named {
  readonly root: JsonObject;
  readonly key: string;
}

/** The member that docker takes for this key, whatever its capitals. */
function findLooselyNamed(source: string, { root, key }: Named): JsonMember | undefined {
  const [first, second] = root.members.filter((member) => member.key.toLowerCase() === key.toLowerCase());
  if (second === undefined) return first;
  const message = `found ${JSON.stringify(second.key)} besides ${
    JSON.stringify(first!.key)
  }; docker treats them as the same key`;
  throw new JsonError(message, placeAt(source, second.name.start));
}

function section(source: string, named: Named): JsonMember | undefined {
  const member = findLooselyNamed(source, named);
  if (member === undefined || member.value.kind === "object" || isNull(member.value)) return member;
  throw wrong(source, { member, should: "an object" });
}

function authEntry(source: string, member: JsonMember | undefined): AuthEntry | undefined {
  if (member === undefined || isNull(member.value)) return undefined;
  if (member.value.kind !== "object") throw wrong(source, { member, should: "an object" });
  const auth = readText(source, findMember(member.value, "auth"));
  const username = readText(source, findMember(member.value, "username"));
  const keys = member.value.members.map(({ key }) => key);
  if (auth === undefined) return { user: username, auth: undefined, expires: undefined, keys };
  const [, user, password = ""] = /^([^:]*):(.*)$/s.exec(decode(auth)) ?? [];
  return { user, auth: new Secret(auth), expires: expirationIn(password), keys };
}

/** ECR's passwords are base64 of JSON, which says in seconds when they end; no one promises that. */
function expirationIn(password: string): number | undefined {
  const seconds = /"expiration":\s*(\d{1,12})\b/.exec(decode(password))?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}

function decode(base64: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(base64));
  } catch {
    return "";
  }
}

function readText(source: string, member: JsonMember | undefined): string | undefined {
  if (member === undefined || isNull(member.value)) return undefined;
  const { value } = member;
  if (value.kind === "scalar" && typeof value.value === "string") return value.value;
  throw wrong(source, { member, should: "a text" });
}

function isNull(node: JsonNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

function wrong(
  source: string,
  { member, should }: { readonly member: JsonMember; readonly should: string },
): JsonError {
  const message = `found ${JSON.stringify(member.key)} to be something that is not ${should}`;
  return new JsonError(message, placeAt(source, member.value.start));
}
