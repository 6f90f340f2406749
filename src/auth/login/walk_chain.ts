import type { Credentials } from "../../aws/client/credentials.ts";
import type { Chain } from "../model/chain.ts";
import type { Keyring } from "../keyring/keyring.ts";
import type { Identity } from "../model/model.ts";
import { callSettings } from "../flow/call_settings.ts";
import { hintedFor } from "../flow/hinted_for.ts";
import type { KeptStart } from "./kept_start.ts";
import type { LoginHost, LoginUi } from "../flow/login_host.ts";
import { originOf } from "./origin_of.ts";
import { STEPS } from "./steps/registry.ts";
import type { Become, Origin } from "./steps/step.ts";

/** Only chains without a provider can be without one; what they ask STS for is the same everywhere. */
const ANY_REGION = "us-east-1";

export interface WalkInput {
  readonly chain: Chain;
  readonly ui: LoginUi;
  readonly keyring: () => Promise<Keyring>;
  /** Where an earlier login has got to. */
  readonly start?: KeptStart;
  /** What the provider's login gives; a login of this machine when absent. */
  readonly origin?: Origin;
}

/** Logs in with the chain's provider and becomes one identity after the other. Errors are those of the steps. */
export async function walkChain(
  host: LoginHost,
  { chain, ui, keyring, start, origin }: WalkInput,
): Promise<Credentials> {
  const { provider, identities } = chain;
  let from: Origin = start === undefined
    ? origin ?? beginning(host, { chain, ui })
    : { kind: "credentials" as const, ...start };
  for (const [at, identity] of [...identities.entries()].slice(start?.length ?? 0)) {
    const settings = callSettings(host, { endpointUrl: identity.endpointUrl ?? provider?.endpointUrl });
    const region = regionOf({ provider, identities: identities.slice(0, at + 1) }) ?? settings.region ?? ANY_REGION;
    // The registry has the function of that very kind, which the compiler cannot see.
    const become = (await STEPS[identity.kind]()).become as Become<Identity["kind"]>;
    const credentials = await become(host, { identity, from, ui, keyring, settings, region }).catch((error) => {
      // What is wrong with the environment's own credentials is no login's business.
      throw identity.kind === "aws/ambient" ? error : hintedFor(error, identities.at(-1)!.name);
    });
    from = { kind: "credentials", credentials };
  }
  if (from.kind !== "credentials") throw new Error("a chain has an identity at least");
  return from.credentials;
}

function beginning(host: LoginHost, { chain: { provider }, ui }: Pick<WalkInput, "chain" | "ui">): Origin {
  return provider === undefined ? { kind: "none" } : originOf(host, { provider, ui });
}

/** The region of the last identity that says one, else the provider's. */
export function regionOf({ provider, identities }: Chain): string | undefined {
  const said = identities.toReversed().find(({ region }) => region !== undefined)?.region;
  return said ?? provider?.region;
}
