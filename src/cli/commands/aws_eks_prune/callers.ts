import { callSettings } from "../../../auth/flow/call_settings.ts";
import { obtainCredentials } from "../../../auth/login/obtain.ts";
import { unattended } from "../../../auth/flow/unattended.ts";
import type { AwsAccess } from "../../../aws/client/client_config.ts";
import { openSession } from "../../../aws/credentials/session.ts";
import { getCallerIdentity } from "../../../aws/sts/sts.ts";
import type { LoginTalk } from "../../../auth/flow/login_host.ts";
import { AppError } from "../../../errors.ts";
import type { AuthOf } from "../../project/load.ts";
import type { Globals } from "../../args/global_flags.ts";
import { credentialsFor } from "../../login/credentials_for.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { terminalTalk } from "../../login/terminal_talk.ts";
import { type Asker, askerKey } from "./askers.ts";

/** Credentials, and the account that they are of. */
export interface Caller extends AwsAccess {
  readonly account: string;
}

export interface CallersInput extends Pick<AuthOf, "config" | "model"> {
  readonly globals: Globals;
  /** Whether nothing may be kept: then only a kept login helps. */
  readonly dryRun: boolean;
}

export interface Call {
  readonly asker: Asker;
  /** Where to ask who it is. */
  readonly region: string;
}

type IdentityAsker = Extract<Asker, { readonly kind: "identity" }>;

const ENOUGH_MS = 60_000;

/** Who can ask AWS, each looked for once; a person is asked for nothing but what {@link logIn} was called for. */
export class Callers {
  readonly #host: LoginCommandHost;
  readonly #input: CallersInput;
  readonly #talk: LoginTalk;
  readonly #known = new Map<string, Promise<Caller | AppError>>();
  /** Who has been logged in, or could not be. */
  readonly #asked = new Set<string>();
  /** Providers that a person did not log in with when asked to. */
  readonly #refused = new Set<string>();

  constructor(host: LoginCommandHost, input: CallersInput) {
    this.#host = host;
    this.#input = input;
    this.#talk = terminalTalk(host, { globals: input.globals, explicit: true });
  }

  /** With what is kept, or can be had without a person. */
  ready({ asker, region }: Call): Promise<Caller | AppError> {
    const key = askerKey(asker);
    const found = this.#known.get(key) ?? this.#caller({ asker, region, talk: unattended(this.#talk) });
    this.#known.set(key, found);
    return found;
  }

  /** Whether a person could help, and was not asked yet. */
  mayLogIn(asker: Asker): asker is IdentityAsker {
    if (this.#input.dryRun || !this.#talk.interactive || asker.kind !== "identity") return false;
    return !this.#asked.has(askerKey(asker)) && !this.#refused.has(asker.chain.provider?.name ?? "");
  }

  /** Lets a person log in; who failed for want of a login may be ready then, too. */
  async logIn({ asker, region }: Call & { readonly asker: IdentityAsker }): Promise<void> {
    const key = askerKey(asker);
    this.#asked.add(key);
    const caller = await this.#caller({ asker, region, talk: this.#talk });
    if (caller instanceof AppError) {
      this.#known.set(key, Promise.resolve(caller));
      const provider = asker.chain.provider?.name;
      if (provider !== undefined && caller.code.startsWith("login-")) this.#refused.add(provider);
      return;
    }
    for (const [other, known] of this.#known) {
      const found = await known;
      if (found instanceof AppError && found.code === "login-needed") this.#known.delete(other);
    }
    this.#known.set(key, Promise.resolve(caller));
  }

  async #caller(call: Call & { readonly talk: LoginTalk }): Promise<Caller | AppError> {
    try {
      const access = await this.#access(call);
      const { account } = await getCallerIdentity(this.#host, access);
      return { ...access, account };
    } catch (error) {
      if (error instanceof AppError && error.code !== "interrupted") return error;
      throw error;
    }
  }

  async #access({ asker, region, talk }: Call & { readonly talk: LoginTalk }): Promise<AwsAccess> {
    if (asker.kind === "settings") {
      const profile = asker.profile === undefined ? {} : { profile: asker.profile };
      return await openSession(this.#host, { region, ...profile });
    }
    const { name, chain } = asker;
    const { model, config, globals, dryRun } = this.#input;
    const target = { model, directory: config.files.length === 0 ? undefined : config.directory, identity: name };
    const { credentials } = dryRun
      ? await credentialsFor(this.#host, { target, globals, login: false })
      : await obtainCredentials(this.#host, { target, talk, minTtlMs: ENOUGH_MS });
    const endpointUrl = chain.identities.at(-1)!.endpointUrl ?? chain.provider?.endpointUrl;
    return { credentials, region, settings: callSettings(this.#host, { endpointUrl, inBatch: true }) };
  }
}
