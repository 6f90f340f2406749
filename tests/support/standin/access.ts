import type { AwsAccess } from "../../../src/aws/client/client_config.ts";
import { keepSecret } from "../../../src/aws/client/credentials.ts";
import { SERVICES } from "../../../src/aws/shared_config/endpoint_url.ts";
import type { AwsSettings } from "../../../src/aws/shared_config/settings.ts";
import { clock } from "../../../src/host/deno.ts";
import type { Needs } from "../../../src/host/host.ts";
import { net } from "../../../src/host/net/net.ts";
import { type StandinKey, USER_KEY } from "./keys.ts";

export interface AccessOptions {
  readonly key?: StandinKey;
  readonly settings?: Partial<AwsSettings>;
  readonly region?: string;
}

/** What a call needs to reach the stand-in. */
export function access(standin: { readonly url: string }, options: AccessOptions = {}): AwsAccess {
  const settings: AwsSettings = {
    profile: "default",
    endpoints: Object.fromEntries(SERVICES.map((service) => [service, standin.url])),
    fips: false,
    dualstack: false,
    maxAttempts: 3,
    retryMode: "standard",
    ...options.settings,
  };
  return { region: options.region ?? "us-east-2", settings, credentials: keepSecret(options.key ?? USER_KEY) };
}

/** The real network and the real clock. */
export function realHost(): Needs<"net" | "clock"> {
  return { net, clock };
}
