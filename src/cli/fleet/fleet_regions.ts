import { listEnabledRegions } from "../../aws/account/list_regions.ts";
import { findPartition } from "../../aws/names/partition.ts";
import { PUBLIC_REGIONS } from "../../aws/names/public_regions.ts";
import { AppError } from "../../errors.ts";
import { jsonFields } from "../../formats/json/fields.ts";
import { encodeUtf8, lenientUtf8 } from "../../formats/text/utf8.ts";
import type { LoginCommandHost } from "../login/login_command_host.ts";
import { cacheHome, join } from "../../store/paths.ts";
import { writePrivate } from "../../store/keep_private.ts";
import { readPrivate } from "../../store/private_cache.ts";
import type { FleetCaller } from "./fleet_callers.ts";

/** Regions are enabled seldom, and a cluster in a new one is found a day later at most. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Returns the regions of an account where clusters may be: those that it has enabled, as AWS or a list that is at most a
 * day old says; where it may not be asked, all of its partition but those that have refused it. Permissions: net, read,
 * write.
 */
export async function findRegions(host: LoginCommandHost, caller: FleetCaller): Promise<readonly string[]> {
  const { partition, home } = partitionOfCaller(caller);
  const all = Object.keys(PUBLIC_REGIONS).filter((region) => findPartition(region).id === partition);
  const kept = readRecord(host, caller.account);
  if (kept?.enabled !== undefined) return kept.enabled;
  const refused = new Set(kept?.refused ?? []);
  try {
    const enabled = await listEnabledRegions(host, { ...caller, region: home });
    await writeRecord(host, { account: caller.account, record: { at: host.clock.now(), enabled } });
    return enabled;
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "interrupted") throw error;
    return all.filter((region) => !refused.has(region));
  }
}

/** Where a partition answers for its accounts. https://docs.aws.amazon.com/general/latest/gr/billing.html */
function partitionOfCaller({ region = "us-east-1" }: FleetCaller) {
  const partition = findPartition(region).id;
  const homes: Readonly<Record<string, string>> = {
    "aws": "us-east-1",
    "aws-cn": "cn-northwest-1",
    "aws-us-gov": "us-gov-west-1",
  };
  return { partition, home: homes[partition] ?? region };
}

/** Remembers regions that do not know the account's credentials, so that they are not asked again for a day. */
export async function rememberRefused(
  host: LoginCommandHost,
  { account, regions }: { readonly account: string; readonly regions: readonly string[] },
): Promise<void> {
  const kept = readRecord(host, account);
  if (regions.length === 0 || kept?.enabled !== undefined) return;
  const refused = [...new Set([...kept?.refused ?? [], ...regions])].sort();
  await writeRecord(host, { account, record: { at: kept?.at ?? host.clock.now(), refused } });
}

interface RegionRecord {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly enabled?: readonly string[] | undefined;
  readonly refused?: readonly string[] | undefined;
}

function recordPath(host: LoginCommandHost, account: string): string | undefined {
  const cache = cacheHome(host);
  return cache === undefined ? undefined : join(cache, "atmos", "regions", `${account}.json`);
}

/** undefined where there is none that counts. */
function readRecord(host: LoginCommandHost, account: string): RegionRecord | undefined {
  const path = recordPath(host, account);
  const found = path === undefined ? undefined : readPrivate(host, path);
  if (found === undefined || "fault" in found) return undefined;
  const { at, enabled, refused } = jsonFields(lenientUtf8(found.bytes));
  if (typeof at !== "number" || at > host.clock.now() || host.clock.now() - at > KEPT_MS) return undefined;
  return { at, enabled: textsIn(enabled), refused: textsIn(refused) };
}

function textsIn(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
}

async function writeRecord(
  host: LoginCommandHost,
  { account, record }: { readonly account: string; readonly record: RegionRecord },
): Promise<void> {
  const path = recordPath(host, account);
  if (path !== undefined) await writePrivate(host, { path, bytes: encodeUtf8(`${JSON.stringify(record)}\n`) });
}
