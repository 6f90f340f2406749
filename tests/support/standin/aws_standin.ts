import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { StandinEntry } from "./access_entries.ts";
import { answerTo } from "./actions.ts";
import { errorAnswer, REQUEST_ID, type StandinAnswer } from "./answer.ts";
import type { StandinCluster } from "./clusters.ts";
import type { FaultSpec } from "./faults.ts";
import { keySecrets, type StandinKey } from "./keys.ts";
import type { Logins } from "./login.ts";
import type { SignIns } from "./sign_ins.ts";
import { operationOf } from "./operation.ts";
import { checkSignature } from "./sigv4.ts";
import { type StandinCall, type StandinOptions, World } from "./world.ts";

/** A small AWS on 127.0.0.1: EKS, STS, the SSO portal and its OIDC service, every signature checked. */
export interface Standin extends AsyncDisposable {
  readonly url: string;
  readonly calls: readonly StandinCall[];
  readonly clusters: StandinCluster[];
  readonly accessEntries: StandinEntry[];
  /** The access keys that it accepts, those that it has issued too. */
  readonly keys: ReadonlyMap<string, StandinKey>;
  /** The logins at IAM Identity Center, to end sessions and registrations while it runs. */
  readonly logins: Logins;
  /** What the sign-in service has given out. */
  readonly signIns: SignIns;
  /** Its own time, in milliseconds since the epoch. */
  now(): number;
  /** Sets how far its clock is ahead of the machine's, in milliseconds. */
  setSkew(ms: number): void;
  /** How often the action was called, refused calls too. */
  count(action: string): number;
  /** Every secret that it knows or has given out, of access keys, registrations, codes and tokens, and every signature. */
  secrets(): readonly string[];
  /** Makes the next calls of an action go wrong. */
  fail(action: string, spec: FaultSpec): void;
  /** Throws when a call was unexpected, an expected one is missing, or a scripted fault was not used. */
  assertDone(): void;
  close(): Promise<void>;
}

/** Starts it. Permission net (127.0.0.1). */
export async function startStandin(options: StandinOptions = {}): Promise<Standin> {
  const world = new World(options);
  const listener = (request: IncomingMessage, response: ServerResponse) => void serve(world, { request, response });
  const server = options.tls ? createTlsServer({ ...options.tls }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const close = () => closeServer(server);
  return {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: world.calls,
    clusters: world.clusters,
    accessEntries: world.accessEntries,
    keys: world.keys,
    logins: world.logins,
    signIns: world.signIns,
    now: () => world.now(),
    setSkew: (ms) => void (world.skewMs = ms),
    count: (action) => world.calls.filter((call) => call.action === action).length,
    secrets: () => [...keySecrets(world.keys.values()), ...world.logins.secrets, ...world.signatures],
    fail: (action, spec) => world.faults.add(action, spec),
    assertDone: () => world.assertDone(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function serve(world: World, exchange: Exchange): Promise<void> {
  const operation = await operationOf(exchange.request);
  const check = operation.unsigned
    ? { principal: "anonymous" }
    : await checkSignature(operation, { keys: world.keys, now: world.now() });
  const expected = world.expects(operation.action);
  const fault = world.faults.next(operation);
  const answer = await pick({
    expected,
    check,
    fault: fault?.answer,
    run: () => answerTo(world, operation, check),
  });
  const signature = /Signature=(\w+)/.exec(operation.headers["authorization"] ?? "")?.[1];
  if (signature !== undefined) world.signatures.push(signature);
  world.calls.push({
    service: operation.service,
    action: operation.action,
    principal: check.principal,
    region: operation.region,
    status: answer.status,
    parameters: operation.parameters,
    userAgent: operation.headers["user-agent"] ?? "",
  });
  await send(world, { ...exchange, answer: { ...answer, ...fault?.handling } });
}

interface Choice {
  readonly expected: boolean;
  readonly check: { readonly principal: string; readonly refusal?: StandinAnswer };
  readonly fault: StandinAnswer | undefined;
  readonly run: () => StandinAnswer | Promise<StandinAnswer>;
}

async function pick(choice: Choice): Promise<StandinAnswer> {
  if (!choice.expected) {
    return errorAnswer({ status: 400, code: "StandinUnexpectedCall", message: "not in the script" });
  }
  return choice.fault ?? choice.check.refusal ?? await choice.run();
}

async function send(world: World, exchange: Exchange & { readonly answer: StandinAnswer }): Promise<void> {
  const { request, response, answer } = exchange;
  if (answer.delayMs !== undefined) await wait(answer.delayMs, response);
  if (answer.until !== undefined) await Promise.race([answer.until, hasClosed(response)]);
  if (answer.connection === "reset") return void request.socket.destroy();
  response.sendDate = false;
  if (world.options.noDate === undefined) response.setHeader("Date", new Date(world.now()).toUTCString());
  const body = new TextEncoder().encode(answer.body);
  const promised = answer.connection === "cut" ? body.length + 100 : body.length;
  response.writeHead(answer.status, {
    "content-type": answer.type,
    "content-length": promised,
    "x-amzn-RequestId": REQUEST_ID,
    ...answer.headers,
  });
  response.write(body);
  if (answer.connection === "cut") setTimeout(() => request.socket.destroy(), 10);
  else response.end();
}

/** Ends early when the one who asked has gone: no timer outlives a test. */
async function wait(ms: number, response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  if (response.destroyed) resolve();
  response.once("close", resolve);
  await promise;
  clearTimeout(timer);
}

function hasClosed(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (response.destroyed) resolve();
  response.once("close", resolve);
  return promise;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
