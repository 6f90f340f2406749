import { AppError } from "../../errors.ts";
import type { Needs } from "../../host/host.ts";
import { readCaBundle } from "./configured_file.ts";
import { configuredEndpoints, type Endpoints } from "./endpoint_url.ts";
import { isRegion } from "../names/names.ts";
import type { Profile } from "./profile.ts";
import { readKey } from "./read_key.ts";
import type { SharedFiles } from "./shared_files.ts";
import { type Remedy } from "../../remedy.ts";

/** How AWS is to be called; nothing secret. */
export interface AwsSettings {
  readonly profile: string;
  readonly endpoints: Endpoints;
  /**
   * The PEM texts to trust besides the built-in authorities, from a file that is read at the first call: what connects to
   * nothing, as a token does, needs none. Throws as {@link readCaBundle}.
   */
  readonly readCaCerts?: () => readonly string[];
  readonly fips: boolean;
  readonly dualstack: boolean;
  /** Calls in all, the first included. */
  readonly maxAttempts: number;
  readonly retryMode: "standard" | "adaptive";
  /** Whether many calls are made at once: who is throttled among them waits less, and more often. */
  readonly inBatch?: boolean;
  /** What to do where AWS takes the credentials no longer; by default a login with the profile. */
  readonly renewal?: Remedy;
  /** Form of what the AWS CLI prints, where one is set. */
  readonly cliOutput?: string;
}

interface SettingsInput {
  readonly files: SharedFiles;
  readonly profile: Profile;
  readonly inBatch?: boolean;
}

interface Key {
  /** Environment variables, the first that is set wins, then the profile's key. */
  readonly env: readonly string[];
  readonly key: string;
}

interface FoundSetting {
  readonly value: string;
  /** The variable or the profile's key, for messages. */
  readonly source: string;
}

type Lookup = (key: Key) => FoundSetting | undefined;

// As the AWS CLI: five calls in all.
const DEFAULT_MAX_ATTEMPTS = 5;
// With their shorter waits, as long in all.
const DEFAULT_MAX_ATTEMPTS_IN_BATCH = 8;

/**
 * Reads what https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html documents for calling a
 * service: environment, then profile. AppError "config-invalid" for values that mean nothing.
 */
export function readSettings(host: Needs<"read" | "env">, input: SettingsInput): AwsSettings {
  const lookup: Lookup = (key) => find(host, { key, profile: input.profile });
  const output = lookup({ env: ["AWS_DEFAULT_OUTPUT"], key: "output" })?.value;
  const bundle = lookup({ env: ["AWS_CA_BUNDLE"], key: "ca_bundle" });
  return {
    profile: input.profile.name,
    endpoints: endpoints(host, { ...input, lookup }),
    ...(bundle ? { readCaCerts: caBundleReader(host, bundle) } : {}),
    ...(output === undefined || output === "" ? {} : { cliOutput: output }),
    fips: flag(lookup, "use_fips_endpoint"),
    dualstack: flag(lookup, "use_dualstack_endpoint"),
    maxAttempts: maxAttempts(lookup({ env: ["AWS_MAX_ATTEMPTS"], key: "max_attempts" })) ??
      (input.inBatch ? DEFAULT_MAX_ATTEMPTS_IN_BATCH : DEFAULT_MAX_ATTEMPTS),
    ...(input.inBatch ? { inBatch: true } : {}),
    retryMode: retryMode(lookup({ env: ["AWS_RETRY_MODE"], key: "retry_mode" })),
  };
}

/**
 * Returns the region that AWS_REGION, AWS_DEFAULT_REGION or the profile names, the first that does; undefined when none
 * does. AppError "usage" for one that is none, with what says it.
 */
export function configuredRegion(
  host: Needs<"env">,
  { profile }: { readonly profile: Pick<Profile, "name" | "section"> | undefined },
): string | undefined {
  const key = { env: ["AWS_REGION", "AWS_DEFAULT_REGION"], key: "region" };
  const found = find(host, { key, profile: profile ?? { name: "default", section: new Map() } });
  if (found === undefined || isRegion(found.value)) return found?.value;
  const { source, value } = found;
  throw new AppError("usage", `Cannot use ${source} ${JSON.stringify(value)}: it is not the name of an AWS region`, {
    hint: `Correct or remove ${source}. A region looks like us-east-2`,
  });
}

function find(
  host: Needs<"env">,
  input: { readonly key: Key; readonly profile: Pick<Profile, "name" | "section"> },
): FoundSetting | undefined {
  for (const name of input.key.env) {
    const value = host.env.get(name);
    if (value !== undefined) return { value, source: name };
  }
  const value = readKey(input.profile.section, input.key.key);
  return value === undefined ? undefined : { value, source: `${input.key.key} of profile ${input.profile.name}` };
}

function caBundleReader(host: Needs<"read">, bundle: FoundSetting): () => readonly string[] {
  let known: readonly string[] | undefined;
  return () => known ??= readCaBundle(host, bundle);
}

function endpoints(host: Needs<"env">, input: SettingsInput & { readonly lookup: Lookup }): Endpoints {
  if (flag(input.lookup, "ignore_configured_endpoint_urls")) return {};
  return configuredEndpoints(host, input);
}

function flag(lookup: Lookup, key: string): boolean {
  const found = lookup({ env: [`AWS_${key.toUpperCase()}`], key });
  if (found === undefined || /^false$/i.test(found.value)) return false;
  if (/^true$/i.test(found.value)) return true;
  throw meaningless(found, "it is neither true nor false");
}

function maxAttempts(found: FoundSetting | undefined): number | undefined {
  if (found === undefined) return undefined;
  if (/^[1-9]\d{0,2}$/.test(found.value)) return Number(found.value);
  throw meaningless(found, "it is not a number from 1 to 999");
}

function retryMode(found: FoundSetting | undefined): "standard" | "adaptive" {
  if (found === undefined || /^(legacy|standard)$/i.test(found.value)) return "standard";
  if (/^adaptive$/i.test(found.value)) return "adaptive";
  throw meaningless(found, "it must be legacy, standard or adaptive");
}

function meaningless(found: FoundSetting, fault: string): AppError {
  return new AppError("config-invalid", `Cannot use ${found.source} ${JSON.stringify(found.value)}: ${fault}`, {
    hint: `Correct or remove ${found.source}`,
  });
}
