import { SERVICES } from "../../aws/shared_config/endpoint_url.ts";
import { type AwsSettings, readSettings } from "../../aws/shared_config/settings.ts";
import type { Needs } from "../../host/host.ts";

const NO_FILES = {
  paths: [],
  profiles: new Map(),
  credentialProfiles: new Map(),
  services: new Map(),
  ssoSessions: new Map(),
  strays: [],
} as const;

interface CallInput {
  /** `spec.endpoint_url` of the provider or identity. */
  readonly endpointUrl: string | undefined;
  /** Whether many calls are made at once. */
  readonly inBatch?: boolean;
}

/** How AWS is called for a login: as the variables say, with nothing of ~/.aws. Permissions: read, env. */
export function callSettings(host: Needs<"read" | "env">, { endpointUrl, inBatch = false }: CallInput): AwsSettings {
  const profile = { name: "default", namedBy: "none", section: new Map() } as const;
  const settings = readSettings(host, { files: NO_FILES, profile, inBatch });
  if (endpointUrl === undefined) return settings;
  return { ...settings, endpoints: Object.fromEntries(SERVICES.map((service) => [service, endpointUrl])) };
}

/** Where AWS is called for the chain's identity: at its own endpoint, its provider's, or AWS's own (undefined). */
export function findEndpoint(chain: {
  readonly identities: readonly { readonly endpointUrl: string | undefined }[];
  readonly provider: { readonly endpointUrl: string | undefined } | undefined;
}): string | undefined {
  return chain.identities.at(-1)!.endpointUrl ?? chain.provider?.endpointUrl;
}
