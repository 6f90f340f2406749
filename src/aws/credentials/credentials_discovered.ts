import type { AmbientHost, AmbientInput } from "./ambient_input.ts";
import { containerCredentials } from "./credentials_container.ts";
import { instanceCredentials } from "./credentials_instance.ts";
import { credentialFailure } from "../errors/credential_failure.ts";
import { planCredentials } from "./credential_plan.ts";
import { noCredentials } from "./no_credentials.ts";
import { plannedCredentials } from "./credentials_planned.ts";
import type { Credentials } from "../client/credentials.ts";
import { webIdentityCredentials, webIdentityOfEnvironment } from "./credentials_web_identity.ts";
import { nestedClients } from "../client/nested_clients.ts";

/** The credentials of profile, web identity, container or instance; the first that is set up is the one. */
export async function discoveredCredentials(host: AmbientHost, input: AmbientInput): Promise<Credentials> {
  const { profile, files } = input;
  const plan = planCredentials({ files, profile: profile.name });
  if (plan !== undefined) return await plannedCredentials(host, { ...input, plan });
  const found = await webIdentity(host, input) ??
    await containerCredentials(host) ??
    await instanceCredentials(host, profile);
  if (found !== undefined) return found;
  throw noCredentials(profile);
}

async function webIdentity(host: AmbientHost, input: AmbientInput): Promise<Credentials | undefined> {
  const identity = webIdentityOfEnvironment(host);
  if (identity === undefined) return undefined;
  try {
    return await webIdentityCredentials(host, { ...identity, clients: nestedClients(host, input) });
  } catch (error) {
    throw await credentialFailure(host, { error, from: identity.source, profile: input.profile.name });
  }
}
