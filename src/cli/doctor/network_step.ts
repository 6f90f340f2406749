import { callSettings, findEndpoint } from "../../auth/flow/call_settings.ts";
import { isSso } from "../../auth/kinds/providers/registry.ts";
import { type Chain, findChainRegion } from "../../auth/model/chain.ts";
import { findPartition } from "../../aws/names/partition.ts";
import type { AwsService } from "../../aws/shared_config/endpoint_url.ts";
import type { AwsSettings } from "../../aws/shared_config/settings.ts";
import type { Needs } from "../../host/host.ts";
import { NetError } from "../../host/net/net_error.ts";
import { toAppError } from "../output/app_error.ts";
import { failure, failureFrom, ok, skipped, type Verdict } from "./step.ts";
import { AppError } from "../../errors.ts";

interface NetworkInput {
  readonly chain: Chain | undefined;
  /** Whether the settings that say where AWS is called may be used. */
  readonly isTrusted: boolean;
}

const HOSTS: Readonly<Partial<Record<AwsService, string>>> = { sts: "sts", sso_oidc: "oidc", sso: "portal.sso" };
const TIMEOUT_MS = 10_000;
/** STS answers in any. */
const ANY_REGION = "us-east-1";

/** Returns whether the services that a login asks can be reached; any answer of theirs will do. Permission: net. */
export async function checkNetwork(
  host: Needs<"net" | "read" | "env">,
  { chain, isTrusted }: NetworkInput,
): Promise<Verdict> {
  if (!isTrusted) return skipped("a setting that sets the AWS endpoint is not trusted");
  try {
    const settings = callSettings(host, { endpointUrl: chain === undefined ? undefined : findEndpoint(chain) });
    const urls = [...new Set(loginUrls(chain, settings))];
    const caCerts = settings.readCaCerts?.();
    const verdicts = await Promise.all(urls.map((url) => reach(host, { url, caCerts })));
    return verdicts.find((one) => one !== undefined) ??
      ok(`${urls.join(", ")} ${urls.length === 1 ? "answers" : "answer"}`);
  } catch (error) {
    if (error instanceof AppError) return failureFrom(error);
    throw error;
  }
}

function loginUrls(chain: Chain | undefined, { endpoints }: AwsSettings): readonly string[] {
  const provider = chain?.provider;
  const region = (chain && findChainRegion(chain)) ?? ANY_REGION;
  const urlOf = (service: AwsService, region: string) =>
    endpoints[service] ?? `https://${HOSTS[service]}.${region}.${findPartition(region).dnsSuffix}`;
  if (provider === undefined || !isSso(provider)) return [urlOf("sts", region)];
  return [urlOf("sso_oidc", provider.region), urlOf("sso", provider.region), urlOf("sts", region)];
}

/** Returns why there is no answer; undefined where there is one. */
async function reach(
  host: Needs<"net">,
  { url, caCerts }: { readonly url: string; readonly caCerts: readonly string[] | undefined },
): Promise<Verdict | undefined> {
  try {
    await host.net.fetch({ url, method: "GET", headers: {}, timeoutMs: TIMEOUT_MS, ...(caCerts ? { caCerts } : {}) });
    return undefined;
  } catch (error) {
    if (!(error instanceof NetError)) throw error;
    const found = toAppError(error);
    return failure(found.code, found.message, { hint: found.hint ?? adviceFor(error) });
  }
}

function adviceFor({ kind, proxy }: NetError): string {
  if (proxy !== undefined) return `The proxy of ${proxy.variable} (${proxy.address}) is in between: check it`;
  if (kind === "tls") {
    return "A TLS-inspecting proxy may be in between: set AWS_CA_BUNDLE to a file with its CA certificate";
  }
  return "Check the network, HTTPS_PROXY and NO_PROXY";
}
