import { sha256Hex } from "../formats/text/sha256_hex.ts";
import type { Secret } from "../secret.ts";
import type { DockerConfig } from "./docker_config.ts";
import { isOurs, makesPasswords } from "./docker_credential.ts";
import { isElsewhere, type LoginAsker, type OwnedLogin, type RecordedLogin } from "./login_record.ts";

/**
 * Who has put there what docker has for a registry: the configuration itself, another one, or the user, with `docker
 * login`, another program or an editor.
 */
export type Holder =
  | { readonly kind: "none" | "own" | "user" }
  | { readonly kind: "other"; readonly identity: string | null; readonly configLocation: string };

interface HolderInput {
  readonly config: DockerConfig;
  readonly registry: string;
  /** What was recorded for the registry. */
  readonly record: OwnedLogin | undefined;
  /** Its location is undefined without a configuration. */
  readonly asker: LoginAsker;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const NONE: Holder = { kind: "none" };
const USER: Holder = { kind: "user" };

/** Returns whose login docker has at a registry. One that says that it has ended is none: it is of use to no one. */
export async function findLoginHolder(input: HolderInput): Promise<Holder> {
  const { config, registry, record, now } = input;
  const store = config.storeOf(registry);
  if (store !== undefined && makesPasswords(store.helper)) return helperHolder(input);
  const entry = config.authOf(registry);
  const byAddress = entry === undefined && store === undefined ? config.authByAddress(registry) : undefined;
  if (byAddress?.user !== undefined && (byAddress.expires ?? Infinity) > now) return USER;
  if (entry === undefined || (entry.expires ?? Infinity) <= now) return NONE;
  if (store === undefined && entry.keys.length === 0) return NONE;
  const isRecorded = record !== undefined && record.helper === undefined;
  if (!isRecorded || (store === undefined && !await isMarked(record, entry.auth))) return USER;
  return describeOwner(record, input);
}

/** Returns who has named the program that docker asks for a registry. */
function helperHolder(input: HolderInput): Holder {
  const { config, registry, record } = input;
  const helper = config.helperOf(registry) ?? "";
  // Such as Amazon's own, for every registry.
  if (helper === "") return isOurs(config.storeOf(registry)?.helper ?? "atmos") ? NONE : USER;
  return isOurs(helper) && record?.helper === helper ? describeOwner(record, input) : USER;
}

/** Returns who has put there, a program or a login, what another program to ask would replace. */
export async function findHolder(input: HolderInput): Promise<Holder> {
  const { config, registry } = input;
  const hasHelper = (config.helperOf(registry) ?? "") !== "" || makesPasswords(config.storeOf(registry)?.helper ?? "");
  return hasHelper ? helperHolder(input) : await findLoginHolder(input);
}

/** What no configuration has put there is the user's, where a configuration asks. */
function describeOwner(record: OwnedLogin, { asker }: HolderInput): Holder {
  const { identity, configLocation } = record;
  if (configLocation !== undefined && isElsewhere(record, asker)) return { kind: "other", identity, configLocation };
  return identity === null && configLocation === undefined && asker.configLocation !== undefined
    ? USER
    : { kind: "own" };
}

/** Returns whether a login is the recorded one. Records of version 0.1.0 say of none that it is another. */
export async function isMarked(
  { mark }: Pick<RecordedLogin, "mark">,
  auth: Secret | undefined,
): Promise<boolean> {
  return mark === undefined || (auth !== undefined && mark === await markLogin(auth));
}

/** Returns by what a login is recognized, in base64 as docker's file has it: 64 digits that tell nothing of it. */
export async function markLogin(auth: Secret): Promise<string> {
  return await sha256Hex(auth.reveal());
}
