import { nameCommand, remedy } from "../../../remedy.ts";
import { isOurs, NOT_FOUND } from "../../../docker/docker_credential.ts";
import { dockerConfigFile } from "../../../docker/locate.ts";
import { loadDockerConfig } from "../../../docker/save.ts";
import { registryAt, registryHost } from "../../../aws/ecr/ecr_registry.ts";
import { ECR_USER } from "../../../docker/registry_edits.ts";
import type { Needs } from "../../../host/host.ts";
import { VERSION } from "../../../version.ts";
import { toAppError } from "../../output/app_error.ts";
import type { Input } from "../../args/command.ts";
import type { Flags } from "../../args/flag.ts";
import type { LoginCommandHost } from "../../login/login_command_host.ts";
import { oneLine, placedMessage, withoutSecrets } from "../../output/report.ts";
import { printable } from "../../output/text.ts";
import { usageError } from "../../args/usage_error.ts";
import { passwordFor } from "./password_for.ts";

type Globals = Input<Flags>["globals"];

interface HelperRequest {
  readonly globals: Globals;
  /** What docker writes on standard input. */
  readonly payload: string;
}

/**
 * Speaks the protocol of docker's credential helpers: the question on stdin, the answer or what is wrong on stdout, 0 or
 * 1. https://github.com/docker/docker-credential-helpers#development
 */
export async function runDockerCredential(host: LoginCommandHost, { globals, args }: Input<Flags>): Promise<number> {
  const [verb = ""] = args;
  const answer = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (answer === undefined) {
    const found = verb === "" ? "no action is given" : "there is no such action";
    throw usageError({
      what: `"${verb}"`,
      found,
      hint: remedy`Set up Docker: ${nameCommand("aws", "ecr", "configure")}`,
    });
  }
  try {
    const payload = ASKED.includes(verb) ? (await readInput(host)).trim() : "";
    return await answer(host, { globals, payload });
  } catch (error) {
    const line = printable(withoutSecrets(placedMessage(oneLine(host, toAppError(error)))));
    // Docker shows stdout only where it stops; a pull goes on without a password and shows nothing but this.
    host.terminal.err(`docker-credential-atmos: ${line}\n`);
    return makeRefusal(host, line);
  }
}

const ASKED: readonly string[] = ["get", "store", "erase"];

const VERBS: Readonly<Record<string, (host: LoginCommandHost, asked: HelperRequest) => Promise<number> | number>> = {
  get,
  list,
  store,
  // Nothing is kept, so all is forgotten.
  erase: () => 0,
  version: (host) => getSaid(host, `docker-credential-atmos (atmos) ${VERSION}`),
};

async function readInput(host: Needs<"terminal">): Promise<string> {
  const lines: string[] = [];
  for (let line = await host.terminal.line(); line !== undefined; line = await host.terminal.line()) lines.push(line);
  return lines.join("\n");
}

async function get(host: LoginCommandHost, { globals, payload }: HelperRequest): Promise<number> {
  const registry = registryAt(payload);
  if (registry === undefined) return makeRefusal(host, NOT_FOUND);
  const { password } = await passwordFor(host, { registry, globals });
  // The one place where a password is printed: docker reads it from a pipe.
  return getSaid(host, JSON.stringify({ ServerURL: payload, Username: ECR_USER, Secret: password.reveal() }));
}

/** Registries that docker asks us for, as far as its file says. */
function list(host: LoginCommandHost): number {
  const registries = loadDockerConfig(host, dockerConfigFile(host)).registriesOf(isOurs);
  return getSaid(host, JSON.stringify(Object.fromEntries(registries.map((registry) => [registry, ECR_USER]))));
}

/** `docker login` with a password of ECR, as scripts do: ours is as good. Others would be lost. */
function store(host: LoginCommandHost, { payload }: HelperRequest): number {
  const { ServerURL, Username } = parsePayload(payload);
  const registry = registryAt(String(ServerURL));
  if (registry !== undefined && Username === ECR_USER) return 0;
  const what = registry === undefined ? "passwords of ECR" : `the passwords of ${registryHost(registry)}`;
  return makeRefusal(host, `docker-credential-atmos makes ${what} itself and keeps none of yours`);
}

function parsePayload(payload: string): { readonly ServerURL?: unknown; readonly Username?: unknown } {
  try {
    return JSON.parse(payload) ?? {};
  } catch {
    return {};
  }
}

function getSaid(host: Needs<"terminal">, text: string): number {
  host.terminal.out(`${text}\n`);
  return 0;
}

function makeRefusal(host: Needs<"terminal">, text: string): number {
  host.terminal.out(`${text}\n`);
  return 1;
}
