/** The part of puppeteer-core that is used here: its own types bring in Node's, which then stand for Deno's everywhere. */

interface LaunchOptions {
  readonly executablePath: string;
  readonly headless: boolean;
  readonly pipe: boolean;
  readonly userDataDir: string;
  readonly defaultViewport: null;
  readonly ignoreDefaultArgs: string[];
  readonly args: string[];
  readonly handleSIGINT: boolean;
  readonly handleSIGTERM: boolean;
  readonly handleSIGHUP: boolean;
  /** Kills the browser when it is aborted. */
  readonly signal: AbortSignal;
}

export interface Browser {
  on(event: "disconnected" | "targetdestroyed", listener: () => void): void;
  on(event: "targetcreated", listener: (target: Target) => void): void;
  pages(): Promise<Page[]>;
  newPage(): Promise<Page>;
  close(): Promise<void>;
  process(): ChildProcess | null;
}

interface ChildProcess {
  readonly exitCode: number | null;
  readonly signalCode: string | null;
  kill(signal: "SIGKILL"): boolean;
}

export interface Target {
  /** null for what is no page. */
  page(): Promise<Page | null>;
}

export interface Page {
  createCDPSession(): Promise<CDPSession>;
  goto(url: string, options: { readonly timeout: number; readonly waitUntil: "domcontentloaded" }): Promise<unknown>;
}

export interface PausedRequest {
  readonly url: string;
  readonly method: string;
  readonly postData?: string;
  /** Base64. */
  readonly postDataEntries?: readonly { readonly bytes?: string }[];
}

interface CDPSession {
  on(
    event: "Fetch.requestPaused",
    listener: (paused: { readonly requestId: string; readonly request: PausedRequest }) => void,
  ): void;
  send(method: `Fetch.${string}`, parameters: Readonly<Record<string, unknown>>): Promise<unknown>;
}

declare const puppeteer: { launch(options: LaunchOptions): Promise<Browser> };
export default puppeteer;
