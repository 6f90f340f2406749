import type { LoginHost } from "../auth/flow/login_host.ts";
import { AppError } from "../errors.ts";
import { adaptiveNet } from "./adaptive_net.ts";
import { cutWaits, groupByFile, limitConcurrency, Refused, unlessAborted } from "./concurrency.ts";
import type { Integration } from "./contract/model.ts";
import { loadRunner } from "./registry.ts";
import type { Ready, RunInput, Runner } from "./contract/runner.ts";
import { LOGIN, remedy } from "../remedy.ts";

/** No more at a time, where `--parallel` does not say otherwise; AWS's answers say how many it really are. */
export const PARALLEL = 64;

/** While some wait to try again, or are worked on, others can use the network. */
const AHEAD = 2;

/** What became of an integration, and how long that took, in milliseconds, without the wait for others of its file. */
export interface IntegrationOutcome {
  readonly integration: Integration;
  readonly identity: string;
  readonly result: Ready | AppError;
  readonly ms: number;
}

interface RunAllInput {
  readonly inputs: readonly RunInput[];
  /** How many AWS is asked about at a time, at most. */
  readonly parallel: number;
  /** Aborted: nothing more is asked nor waited for, and what is known is written. */
  readonly signal?: AbortSignal;
  /** Why nothing is to be written for an identity any more: asked before each write, and under its lock. */
  readonly refusal?: (identity: string) => AppError | undefined;
  /** Told of each when AWS has answered: it is written once the others of its file are known, too. */
  readonly known?: (integration: Integration) => void;
  /** Told of each as it is known what became of it. */
  readonly done: (outcome: IntegrationOutcome) => void;
}

/**
 * Makes integrations ready: AWS is asked about several at once, and what goes into one file is written at once, as soon
 * as all of it is known. Nothing is thrown for what fails: each has its outcome, in the order of the inputs.
 */
export async function runIntegrations(host: LoginHost, input: RunAllInput): Promise<readonly IntegrationOutcome[]> {
  const run = new Run({ ...host, net: adaptiveNet(host.net, input.parallel) }, input);
  const jobs = await Promise.all(input.inputs.map((one) => run.jobOf(one)));
  await Promise.all([
    limitConcurrency(jobs, { limit: input.parallel * AHEAD, work: (job) => run.look(job) }),
    ...groupByFile(jobs).map((group) => run.write(group)),
  ]);
  return jobs.map(({ outcome }) => outcome!);
}

interface Job {
  readonly input: RunInput;
  readonly runner: Runner;
  readonly file: string;
  readonly looked: PromiseWithResolvers<void>;
  found?: { readonly value: unknown };
  outcome?: IntegrationOutcome;
  /** Moved on by the time that it only waited for others. */
  started: number;
  waitsSince: number;
}

class Run {
  readonly #host: LoginHost;
  readonly #input: RunAllInput;

  constructor(host: LoginHost, input: RunAllInput) {
    this.#host = host;
    this.#input = input;
  }

  async jobOf(input: RunInput): Promise<Job> {
    const runner = await loadRunner(input.integration.kind);
    const looked = Promise.withResolvers<void>();
    const started = this.#host.clock.now();
    const job: Job = { input, runner, looked, file: "", started, waitsSince: started };
    try {
      return { ...job, file: runner.fileOf(this.#host, input) };
    } catch (error) {
      this.#settle(job, toFailure(input, error));
      return job;
    }
  }

  async look(job: Job): Promise<void> {
    const { signal } = this.#input;
    if (job.outcome === undefined) {
      job.started = this.#host.clock.now();
      try {
        job.found = { value: await unlessAborted(() => job.runner.look(this.#host, job.input), signal) };
        this.#input.known?.(job.input.integration);
      } catch (error) {
        this.#settle(job, signal?.aborted ? makeInterruption(job.input) : toFailure(job.input, error));
      }
    }
    job.waitsSince = this.#host.clock.now();
    job.looked.resolve();
  }

  async write(group: readonly Job[]): Promise<void> {
    await Promise.all(group.map(({ looked }) => looked.promise));
    let ready = this.#withoutRefused(group.filter(({ found }) => found !== undefined));
    const now = this.#host.clock.now();
    for (const job of ready) job.started += now - job.waitsSince;
    while (ready.length > 0) {
      const results = await this.#written(ready);
      if (results !== "refused") return ready.forEach((job, at) => this.#settle(job, results[at]!));
      ready = this.#withoutRefused(ready);
    }
  }

  #withoutRefused(jobs: readonly Job[]): readonly Job[] {
    const identities = new Set(jobs.map(({ input }) => input.identity));
    const refusals = new Map([...identities].map((one) => [one, this.#input.refusal?.(one)]));
    return jobs.filter((job) => {
      const refusal = refusals.get(job.input.identity);
      if (refusal !== undefined) this.#settle(job, refusal);
      return refusal === undefined;
    });
  }

  async #written(jobs: readonly Job[]): Promise<readonly (Ready | AppError)[] | "refused"> {
    const host = cutWaits(this.#host, { signal: this.#input.signal, refuse: (one) => this.#refuseAny(jobs, one) });
    try {
      const results = await jobs[0]!.runner.write(host, jobs.map(({ found }) => found!.value));
      if (results.some((one) => one instanceof Refused)) return "refused";
      return results.map((one, at) => one instanceof Error ? this.#toFailure(jobs[at]!.input, one) : one);
    } catch (error) {
      if (error instanceof Refused) return "refused";
      return jobs.map(({ input }) => this.#toFailure(input, error));
    }
  }

  #refuseAny(jobs: readonly Job[], one: string | undefined): void {
    const identities = new Set(one === undefined ? jobs.map(({ input }) => input.identity) : [one]);
    if (identities.values().some((one) => this.#input.refusal?.(one) !== undefined)) throw new Refused();
  }

  #toFailure(input: RunInput, error: unknown): AppError {
    const { signal } = this.#input;
    return signal?.aborted && error === signal.reason ? makeInterruption(input) : toFailure(input, error);
  }

  #settle(job: Job, result: Ready | AppError): void {
    const { integration, identity } = job.input;
    job.outcome = { integration, identity, result, ms: this.#host.clock.now() - job.started };
    this.#input.done(job.outcome);
  }
}

function toFailure({ integration: { name } }: RunInput, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const found = error instanceof Error ? error.message : String(error);
  return new AppError("integration-failed", `Cannot provision integration "${name}": ${found}`, {
    hint: "See where it happened with --verbose, and report it",
    cause: error,
  });
}

function makeInterruption({ integration: { name } }: RunInput): AppError {
  return new AppError("interrupted", `Cannot provision integration "${name}": it was interrupted`, {
    hint: remedy`Log in again to provision it: ${LOGIN}`,
  });
}
