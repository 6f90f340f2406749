import { checkEndpoint, unusableEndpoint } from "./check_endpoint.ts";
import type { Needs } from "../../host/host.ts";
import { batchRetries } from "./batch_retries.ts";
import { type Credentials, reveal } from "./credentials.ts";
import type { AwsService } from "../shared_config/endpoint_url.ts";
import { checkRegion } from "../names/names.ts";
import { requestHandler } from "./request_handler.ts";
import type { AwsSettings } from "../shared_config/settings.ts";

/** Where a call goes and how. */
export interface AwsEndpoint {
  readonly region: string;
  readonly settings: AwsSettings;
}

/** Who calls which region, and how: what every signed call to AWS starts from. */
export interface AwsAccess extends AwsEndpoint {
  readonly credentials: Credentials;
}

/**
 * The whole configuration of an SDK client. Everything is given, so that the client reads neither the environment
 * nor ~/.aws on its own: what this program was told is what is used.
 */
export function clientConfig(host: Needs<"net">, input: { readonly service: AwsService; readonly access: AwsAccess }) {
  const { access, service } = input;
  return { ...placeConfig(host, { service, place: access }), credentials: reveal(access.credentials) };
}

/** The same for calls that AWS takes without a signature. */
export function unsignedConfig(
  host: Needs<"net">,
  input: { readonly service: AwsService; readonly place: AwsEndpoint },
) {
  return { ...placeConfig(host, input), credentials: refuseCredentials };
}

/** Without it, the SDK would look for credentials by itself should it ever want some. */
function refuseCredentials(): Promise<never> {
  return Promise.reject(new Error("this call is not signed"));
}

function placeConfig(host: Needs<"net">, input: { readonly service: AwsService; readonly place: AwsEndpoint }) {
  const { place, service } = input;
  return {
    ...callConfig(host, place.settings),
    region: checkRegion(place.region),
    useFipsEndpoint: place.settings.fips,
    useDualstackEndpoint: place.settings.dualstack,
    ignoreConfiguredEndpointUrls: true,
    ...selectEndpoint(place.settings, service),
  };
}

/** The part that has nothing to do with one service or one region. */
function callConfig(host: Needs<"net">, settings: AwsSettings) {
  return {
    requestHandler: requestHandler(host, settings.readCaCerts ? { caCerts: settings.readCaCerts() } : {}),
    retryMode: settings.retryMode,
    maxAttempts: settings.maxAttempts,
    ...(settings.inBatch && settings.retryMode === "standard" ? { retryStrategy: batchRetries(settings) } : {}),
    defaultsMode: "standard" as const,
    authSchemePreference: [],
    disableClockSkewCorrection: false,
    userAgentAppId: "atmos",
    defaultUserAgentProvider: () => Promise.resolve([["aws-sdk-js", "3"]] as [string, string][]),
    logger: SILENT,
  };
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

function selectEndpoint(settings: AwsSettings, service: AwsService): { endpoint?: string } {
  const endpoint = settings.endpoints[service];
  if (endpoint === undefined) return {};
  checkEndpoint(endpoint);
  if (!settings.fips && !settings.dualstack) return { endpoint };
  const other = settings.fips ? "AWS_USE_FIPS_ENDPOINT" : "AWS_USE_DUALSTACK_ENDPOINT";
  throw unusableEndpoint(endpoint, {
    found: `${other} asks for another one`,
    hint: `Unset ${other} or the endpoint URL`,
  });
}

export type NestedClients = ReturnType<typeof nestedClients>;

/**
 * How the clients inside the SDK's credential providers call AWS. Some take their settings from `clientConfig`, some
 * only from `parentClientConfig`. The region is in the second alone: in the first it would override the sso_region of
 * the profile.
 */
export function nestedClients(
  host: Needs<"net">,
  input: { readonly settings: AwsSettings; readonly region: string },
) {
  const { requestHandler, logger, ...rest } = callConfig(host, input.settings);
  const shared = { requestHandler, logger };
  return {
    logger,
    clientConfig: {
      ...shared,
      ...rest,
      useFipsEndpoint: input.settings.fips,
      useDualstackEndpoint: input.settings.dualstack,
    },
    parentClientConfig: { ...shared, region: input.region },
  };
}
