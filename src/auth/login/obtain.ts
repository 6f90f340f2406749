import type { Credentials } from "../../aws/client/credentials.ts";
import { watchClock } from "../../aws/errors/clock_gap.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { type Chain, chainOf } from "../model/chain.ts";
import { readStoredCredentials, writeStoredCredentials } from "../files/credential_file.ts";
import { type CredentialPlace, credentialPlace } from "../files/credential_file_place.ts";
import type { CredentialSource } from "../environment/environment.ts";
import type { FileProblem } from "../files/file_problem.ts";
import type { AuthModel } from "../model/model.ts";
import { openKeyring } from "../keyring/open_keyring.ts";
import { type Realm, realmOf } from "../model/realm.ts";
import { keptStart } from "./kept_start.ts";
import { lasts } from "../flow/lasts.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { samlTurn } from "./saml_turn.ts";
import { warnOfClock } from "../flow/warn_of_clock.ts";
import { regionOf, walkChain, type WalkInput } from "./walk_chain.ts";
import { withinTheHour } from "./within_the_hour.ts";

/** What the Go atmos wants of the credentials that it starts from. */
const ENOUGH_MS = 15 * 60_000;

export interface Target {
  readonly model: AuthModel;
  /** Where the strongest atmos.yaml lies; undefined when there is none. */
  readonly directory: string | undefined;
  readonly identity: string;
}

/** An identity with its place in the world, logged in or not. */
export interface Located {
  readonly chain: Chain;
  /** As written in atmos.yaml. */
  readonly name: string;
  readonly realm: Realm;
  readonly region: string | undefined;
  readonly place: CredentialPlace | undefined;
  /** What an earlier login left, expired or not. */
  readonly stored: Credentials | undefined;
  readonly problem: FileProblem | undefined;
}

export interface Obtained extends Located {
  readonly credentials: Credentials;
  readonly source: CredentialSource;
  /** Whether AWS was asked. */
  readonly renewed: boolean;
}

export interface ObtainInput {
  readonly target: Target;
  readonly ui: LoginUi;
  /** Milliseconds that kept credentials must last for; Infinity asks AWS in any case. */
  readonly minTtlMs: number;
}

/** What is known of an identity without asking anybody. Permissions: env, read, sys. */
export async function locateIdentity(host: Needs<"env" | "read" | "sys">, target: Target): Promise<Located> {
  const chain = chainOf(target.model, target.identity);
  const realm = await realmOf(host, { configured: target.model.realm, directory: target.directory });
  const place = credentialPlace(host, { realm: realm.value, chain });
  const { stored, problem } = place === undefined
    ? { stored: undefined, problem: undefined }
    : readStoredCredentials(host, place);
  const name = chain.identities.at(-1)!.name;
  return { chain, name, realm, region: regionOf(chain), place, stored: stored?.credentials, problem };
}

/**
 * The credentials of an identity: those of an earlier login while they last, else new ones, which are kept. Errors are
 * those of chainOf and of the login; a disk that cannot be written is a warning.
 */
export async function obtainCredentials(host: LoginHost, { target, ui, minTtlMs }: ObtainInput): Promise<Obtained> {
  const located = await locateIdentity(host, target);
  const { chain, place, stored } = located;
  if (located.problem !== undefined) ui.warn(located.problem);
  const kept = (credentials: Credentials, place: CredentialPlace): Obtained => {
    return { ...located, credentials, source: { kind: "files", place }, renewed: false };
  };
  if (stored !== undefined && place !== undefined && lasts(stored, { now: host.clock.now(), ms: minTtlMs })) {
    return kept(stored, place);
  }
  return await samlTurn(host, {
    chain,
    place,
    ui,
    minTtlMs,
    kept,
    body: () => renewed(host, { target, located, ui, minTtlMs }),
  });
}

interface Renewal {
  readonly target: Target;
  readonly located: Located;
  readonly ui: LoginUi;
  readonly minTtlMs: number;
}

/** New credentials, kept where that can be. */
async function renewed(host: LoginHost, { target, located, ui, minTtlMs }: Renewal): Promise<Obtained> {
  const { chain, place, region } = located;
  const watched = watchClock(host);
  const realm = located.realm.value;
  const keyring = () => openKeyring(host, { configured: target.model.keyring, realm, ui });
  const credentials = await walked(watched.host, { chain, ui, keyring, realm, minTtlMs });
  warnOfClock(ui, watched.gap());
  if (isAmbient(chain)) return { ...located, credentials, source: { kind: "ambient" }, renewed: false };
  const problem = place === undefined
    ? noHome(located)
    : await writeStoredCredentials(host, { place, credentials, region });
  if (place !== undefined && problem === undefined) {
    return { ...located, credentials, source: { kind: "files", place }, renewed: true };
  }
  if (problem !== undefined) ui.warn(problem);
  return { ...located, credentials, source: { kind: "memory", credentials }, renewed: true };
}

interface Walk extends WalkInput {
  readonly realm: string;
  readonly minTtlMs: number;
}

/** From where an earlier login has got to; from the beginning when AWS takes that no longer. */
async function walked(host: LoginHost, { realm, minTtlMs, ...wanted }: Walk): Promise<Credentials> {
  const { chain, said } = withinTheHour(wanted.chain);
  if (said !== undefined) wanted.ui.say(said);
  const walk = { ...wanted, chain };
  const start = keptStart(host, { chain, realm, ms: Math.max(minTtlMs, ENOUGH_MS) });
  if (start === undefined) return await walkChain(host, walk);
  return await walkChain(host, { ...walk, start }).catch((error) => {
    if (error instanceof AppError && /^login-/.test(error.code)) return walkChain(host, walk);
    throw error;
  });
}

function noHome({ name }: Located): FileProblem {
  const message = `Cannot keep the credentials of identity "${name}": HOME is not set`;
  return { message, hint: "Set HOME or ATMOS_XDG_CONFIG_HOME." };
}

/** The environment's own credentials are nobody's to keep. */
export function isAmbient({ identities }: Chain): boolean {
  return identities.length === 1 && identities[0]!.kind === "aws/ambient";
}
