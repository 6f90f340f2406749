// @ts-types="./puppeteer_core.d.ts"
import puppeteer from "puppeteer-core";
import { exitAfter } from "./exit_signals.ts";
import { catchSpawnError, spawnErrorCode } from "./spawn_error.ts";
import type { Browsed, BrowseInput } from "../browse_port.ts";
import type { Browser, Page, PausedRequest } from "./puppeteer_core.d.ts";

/** Its way with people: it is theirs, not a test's. */
const NOT_FOR_PEOPLE = ["--enable-automation", "--disable-extensions"];
const PATIENCE_MS = 5_000;
const START_PATIENCE_MS = 1_000;
const MOST_TRIES = 60;

/**
 * Shows a page in a browser until it posts to one of the addresses; the request is kept from the network. The browser is
 * spoken to through a pipe: no port is open for others on this machine, and it ends when this process does.
 * https://chromedevtools.github.io/devtools-protocol/tot/Fetch/
 */
export async function browse(input: BrowseInput): Promise<Browsed> {
  const profile = input.profile ?? Deno.makeTempDirSync({ prefix: "atmos-browser-" });
  if (input.profile !== undefined) Deno.mkdirSync(profile, { recursive: true, mode: 0o700 });
  let browser: Promise<Browser> | undefined;
  let ended: Promise<void> | undefined;
  const starting = new AbortController();
  const end = () => ended ??= closeBrowser({ browser, starting }, input.profile === undefined ? profile : undefined);
  return await exitAfter(end, async () => {
    try {
      browser = catchSpawnError(() => launch(input, { profile, signal: starting.signal }));
      return await watchBrowser(await browser, input);
    } catch (error) {
      return { kind: "failed", found: explainError(error) };
    } finally {
      await end();
    }
  });
}

interface Running {
  readonly browser: Promise<Browser> | undefined;
  /** Kills it while it is being started. */
  readonly starting: AbortController;
}

/** One that is still being started has a profile, too: what takes longer than the patience of a Ctrl-C is killed. */
async function closeBrowser({ browser, starting }: Running, profile: string | undefined): Promise<void> {
  const timer = setTimeout(() => starting.abort(), START_PATIENCE_MS);
  const started = await browser?.catch(() => undefined);
  clearTimeout(timer);
  if (started !== undefined) await close(started);
  if (profile !== undefined) await remove(profile);
}

async function launch(
  { executable, headless, unreachable }: BrowseInput,
  { profile, signal }: { readonly profile: string; readonly signal: AbortSignal },
): Promise<Browser> {
  const rules = unreachable.map((host) => `MAP ${host} ~NOTFOUND`).join(", ");
  return await puppeteer.launch({
    executablePath: executable,
    headless,
    pipe: true,
    userDataDir: profile,
    defaultViewport: null,
    ignoreDefaultArgs: NOT_FOR_PEOPLE,
    args: ["--no-first-run", "--no-default-browser-check", `--host-resolver-rules=${rules}`],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    signal,
  });
}

async function watchBrowser(browser: Browser, input: BrowseInput): Promise<Browsed> {
  const { promise, resolve } = Promise.withResolvers<Browsed>();
  const timer = setTimeout(() => resolve({ kind: "timeout" }), input.timeoutMs);
  const closed = () => resolve({ kind: "closed" });
  const watch = (page: Page) => takeFrom(page, { input, resolve }).catch(() => {});
  browser.on("disconnected", closed);
  browser.on("targetcreated", (target) => void target.page().then((page) => page && watch(page)).catch(() => {}));
  browser.on(
    "targetdestroyed",
    () => void browser.pages().then((pages) => pages.length === 0 && closed()).catch(closed),
  );
  try {
    const [page = await browser.newPage()] = await browser.pages();
    await watch(page);
    page.goto(input.url, { timeout: 0, waitUntil: "domcontentloaded" }).catch((error) => {
      const found = /net::(?!ERR_ABORTED|ERR_BLOCKED)ERR_\w+/.exec(String(error))?.[0];
      if (found !== undefined) resolve({ kind: "failed", found: `it cannot load the page (${found})` });
    });
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

async function takeFrom(
  page: Page,
  { input, resolve }: { readonly input: BrowseInput; readonly resolve: (browsed: Browsed) => void },
): Promise<void> {
  const session = await page.createCDPSession();
  session.on("Fetch.requestPaused", ({ requestId, request }) => {
    if (request.method !== "POST") return void session.send("Fetch.continueRequest", { requestId }).catch(() => {});
    session.send("Fetch.failRequest", { requestId, errorReason: "Aborted" }).catch(() => {});
    resolve({ kind: "taken", url: request.url, body: decodeBody(request) });
  });
  await session.send("Fetch.enable", { patterns: input.take.map((urlPattern) => ({ urlPattern })) });
}

/** A long body comes in pieces. */
function decodeBody({ postDataEntries = [], postData = "" }: PausedRequest): string {
  const pieces = postDataEntries.flatMap(({ bytes }) => bytes === undefined ? [] : [Uint8Array.fromBase64(bytes)]);
  return pieces.length === 0 ? postData : pieces.map((piece) => new TextDecoder().decode(piece)).join("");
}

function explainError(error: unknown): string {
  const code = spawnErrorCode(error);
  if (code !== undefined) return `it is not a program that this system can start (${code})`;
  const text = error instanceof Error ? error.message : String(error);
  if (/Failed to launch|Target closed|Connection closed|Protocol error/.test(text)) {
    return "it ended as soon as it was started";
  }
  return text.split("\n")[0]!;
}

async function close(browser: Browser): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE_MS);
  await Promise.race([browser.close().catch(() => {}), promise]);
  clearTimeout(timer);
  kill(browser);
}

function kill(browser: Browser): void {
  try {
    const child = browser.process();
    if (child?.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  } catch {
    // It has ended just now.
  }
}

/** The browser's last processes may still write to it. */
async function remove(profile: string): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES && !isRemoved(profile); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isRemoved(path: string): boolean {
  try {
    Deno.removeSync(path, { recursive: true });
    return true;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}
