import { type Credentials, isValidFor } from "../../aws/client/credentials.ts";
import type { AwsAccess } from "../../aws/client/client_config.ts";
import { parseArn } from "../../aws/names/arn.ts";
import { callerArn } from "../../aws/sts/sts.ts";
import { configuredRegion } from "../../aws/shared_config/settings.ts";
import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { type Chain, findChainRegion } from "../model/chain.ts";
import { chainFingerprint } from "../model/fingerprint.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { AuthModel } from "../model/model.ts";
import { capChainedDurations } from "../model/role_chaining.ts";
import { callSettings } from "../flow/call_settings.ts";
import { nameLogin } from "../flow/remedy_context.ts";
import { loadSessions } from "../kinds/providers/registry.ts";
import { withLogFacts } from "../../log/scoped_log.ts";
import { LONG_MS } from "./policies.ts";
import { tellStep } from "./log_credentials.ts";
import { locateStored } from "./locate_stored.ts";
import { assumeIdentity } from "../kinds/identities/registry.ts";
import type { Origin } from "../kinds/identities/assume.ts";

/** Only chains without a provider can be without one; what they ask STS for is the same everywhere. */
const ANY_REGION = "us-east-1";

interface ResolveChainInput {
  readonly chain: Chain;
  readonly realm: string;
  readonly ui: LoginUi;
  readonly configuredKeyring: AuthModel["keyring"];
  /** Opens it. */
  readonly keyring: () => Promise<Keyring>;
  /** Milliseconds that the credentials are wanted for at least. */
  readonly minTtlMs: number;
  /** What the provider's login gives; undefined for a login of this machine. */
  readonly providerSession?: Origin | undefined;
}

/**
 * Returns credentials of the chain's last identity: logs in with the provider and assumes one identity after the other.
 * It goes on from where an earlier login has got to, which spares the user another code of the MFA device, and begins
 * anew when AWS takes that no longer. Errors are those of the steps.
 */
export async function resolveChain(host: LoginHost, input: ResolveChainInput): Promise<Credentials> {
  const { chain, message } = capChainedDurations(input.chain);
  if (message !== undefined) input.ui.say(message);
  const whole = { ...input, chain };
  const start = await resumeChain(host, input);
  if (start === undefined) return await assumeEach(host, whole);
  return await assumeEach(host, { ...whole, start }).catch((error) => {
    if (error instanceof AppError && /^login-/.test(error.code)) return assumeEach(host, whole);
    throw error;
  });
}

interface Start {
  /** How many identities of the chain need not be assumed any more. */
  readonly length: number;
  readonly credentials: Credentials;
}

/** The identity nearest to the chain's end whose credentials an earlier login has stored, as it is configured now. */
async function resumeChain(
  host: Needs<"env" | "read" | "sys" | "clock">,
  { chain: { provider, identities }, configuredKeyring: keyring, realm, minTtlMs }: ResolveChainInput,
): Promise<Start | undefined> {
  const ms = Math.max(minTtlMs, LONG_MS);
  for (let length = identities.length - 1; length > 0; length--) {
    const chain = { provider, identities: identities.slice(0, length) };
    const { place, stored } = await locateStored(host, { chain, keyring, realm });
    const credentials = stored?.credentials;
    if (credentials !== undefined && isValidFor(credentials, { now: host.clock.now(), ms })) {
      tellStep(
        host,
        { identity: identities[length - 1]!.name, source: "files", file: place?.credentials },
        credentials,
      );
      return { length, credentials };
    }
  }
  return undefined;
}

async function assumeEach(
  host: LoginHost,
  { chain, ui, keyring, realm, configuredKeyring, start, providerSession }: ResolveChainInput & {
    readonly start?: Start;
  },
): Promise<Credentials> {
  const { provider, identities } = chain;
  // A call that nothing signs, as those of a provider, says so for whom it is.
  const told = (identity: string | undefined) =>
    withLogFacts(host, { provider: provider?.name, region: provider?.region, identity });
  let from: Origin = start === undefined
    ? providerSession ?? await startSession(told(identities[0]?.name), { chain, ui })
    : { kind: "credentials" as const, ...start };
  for (const [at, identity] of [...identities.entries()].slice(start?.length ?? 0)) {
    const settings = callSettings(host, { endpointUrl: identity.endpointUrl ?? provider?.endpointUrl });
    const part = { provider, identities: identities.slice(0, at + 1) };
    const region = findChainRegion(part) ?? configuredRegion(host, { profile: undefined }) ?? ANY_REGION;
    const fingerprint = () => chainFingerprint({ chain: part, keyring: configuredKeyring });
    const place = { settings, region, realm, fingerprint };
    const assumed = await assumeIdentity(told(identity.name), { identity, from, ui, keyring, ...place }).catch(
      (error) => {
        // What is wrong with the environment's own credentials is no login's business.
        throw identity.isAmbient ? error : nameLogin(error, identities.at(-1)!.name);
      },
    );
    tellStep(host, { identity: identity.name, kind: identity.kind, region, renewed: true }, assumed);
    const isWanted = at === identities.length - 1 && !identity.isAmbient;
    const access = { region, settings, credentials: assumed };
    from = { kind: "credentials", credentials: isWanted ? await withAccount(host, access) : assumed };
  }
  if (from.kind !== "credentials") throw new Error("a chain has an identity at least");
  return from.credentials;
}

/** Of an IAM user nothing but AWS says it. Credentials are good without. */
async function withAccount(host: Needs<"net">, access: AwsAccess): Promise<Credentials> {
  const { credentials } = access;
  if (credentials.account !== undefined) return credentials;
  const account = parseArn(await callerArn(host, access) ?? "")?.account;
  return account === undefined ? credentials : { ...credentials, account };
}

async function startSession(
  host: LoginHost,
  { chain: { provider }, ui }: Pick<ResolveChainInput, "chain" | "ui">,
): Promise<Origin> {
  if (provider === undefined) return { kind: "none" };
  return (await loadSessions(provider.kind)).openSession(host, { provider, ui });
}
