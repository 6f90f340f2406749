import type { StandinEntry } from "./access_entries.ts";
import { SignIns } from "./sign_ins.ts";
import { defaultCluster, type StandinCluster } from "./clusters.ts";
import { Faults, type FaultSpec } from "./faults.ts";
import type { Flakiness } from "./flaky.ts";
import { knownKeys, type StandinKey } from "./keys.ts";
import { Logins, type SsoOptions } from "./login.ts";
import type { StandinRole } from "./sts_refusals.ts";

/** One request that came in. */
export interface StandinCall {
  readonly service: string;
  readonly action: string;
  /** ARN of the caller; "anonymous" for unsigned calls and for those that were refused. */
  readonly principal: string;
  readonly region: string;
  readonly status: number;
  readonly parameters: Readonly<Record<string, string>>;
  readonly userAgent: string;
}

export interface StandinOptions {
  /** The clusters of all accounts, each seen from its own; one ACTIVE "dev-cluster" in us-east-2 when absent. */
  readonly clusters?: readonly StandinCluster[];
  /** The callers, by their ARNs, that may not describe clusters. */
  readonly mayNotDescribe?: RegExp;
  /** The callers that may not ask about access entries. */
  readonly mayNotReadAccess?: RegExp;
  /** The access entries of all clusters. */
  readonly accessEntries?: readonly StandinEntry[];
  /** The callers, by their ARNs, that may not list clusters. */
  readonly mayNotList?: RegExp;
  /** The regions that accounts have enabled, for those that may ask. */
  readonly enabledRegions?: Readonly<Record<string, readonly string[]>>;
  /** Regions that no account has enabled: they know no one's credentials. */
  readonly regionsThatRefuse?: readonly string[];
  /** IAM Identity Center; without it every access token but "expired" is good for every permission set. */
  readonly sso?: SsoOptions;
  /** Roles that are not everybody's, by their ARNs. */
  readonly roles?: Readonly<Record<string, StandinRole>>;
  /** Items per page of a list; AWS's own number when absent. */
  readonly pageSize?: number;
  /** More access keys than the usual ones. */
  readonly keys?: readonly StandinKey[];
  /** What goes wrong, in order, per action. */
  readonly faults?: Readonly<Record<string, readonly FaultSpec[]>>;
  /** Any call may go wrong. */
  readonly flaky?: Flakiness;
  /** The actions this test expects, in order; any other is refused and fails assertDone(). Anything goes when absent. */
  readonly expects?: readonly string[];
  /** How far this server's clock is ahead of the machine's, in milliseconds. */
  readonly skewMs?: number;
  /** Leaves the Date header out, so that no client can correct its clock. */
  readonly noDate?: true;
  /** Speak TLS, with these PEM texts; plain HTTP when absent. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Port to listen on; a free one when absent. */
  readonly port?: number;
}

/** What the stand-in knows and remembers. */
export class World {
  readonly calls: StandinCall[] = [];
  readonly signatures: string[] = [];
  readonly clusters: StandinCluster[];
  readonly accessEntries: StandinEntry[];
  readonly keys: Map<string, StandinKey>;
  readonly faults: Faults;
  readonly logins: Logins;
  readonly signIns: SignIns = new SignIns();
  readonly options: StandinOptions;
  readonly complaints: string[] = [];
  skewMs: number;
  readonly #expected: string[] | undefined;

  constructor(options: StandinOptions) {
    this.options = options;
    this.skewMs = options.skewMs ?? 0;
    this.clusters = [...options.clusters ?? [defaultCluster()]];
    this.accessEntries = [...options.accessEntries ?? []];
    this.keys = knownKeys(options.keys ?? []);
    this.faults = new Faults(options.faults ?? {}, options.flaky);
    this.logins = new Logins(options.sso);
    this.#expected = options.expects === undefined ? undefined : [...options.expects];
  }

  now(): number {
    return Date.now() + this.skewMs;
  }

  /** false when the test did not expect this action now. */
  expects(action: string): boolean {
    if (this.#expected === undefined || this.#expected[0] === action) {
      this.#expected?.shift();
      return true;
    }
    this.complaints.push(`unexpected call ${action}, expected ${this.#expected[0] ?? "no more calls"}`);
    return false;
  }

  assertDone(): void {
    const missing = this.#expected?.map((action) => `expected call ${action} did not come`) ?? [];
    const all = [...this.complaints, ...missing, ...this.faults.unused(), ...this.logins.unused()];
    if (all.length > 0) throw new Error(`AWS stand-in: ${all.join("; ")}`);
  }
}
