import { AppError } from "../../errors.ts";
import type { Browsed } from "../../host/browse_port.ts";
import { Secret } from "../../secret.ts";
import { expandHome } from "../../store/paths.ts";
import { AWS_SAML_PATTERNS, AWS_SIGN_IN_HOSTS } from "./aws_endpoint.ts";
import { findBrowser } from "./find_browser.ts";
import { hasScreen, isHeadless } from "./choose_driver.ts";
import type { SamlDriver, SamlLoginInput } from "./saml_login.ts";
import { LOGIN, type Remedy, remedy } from "../../remedy.ts";

const LONGEST_MS = 10 * 60_000;

/**
 * The identity provider's page in a browser of its own, where a person logs in. What the page then posts to AWS is kept
 * from AWS and used here.
 */
export const logIn: SamlDriver = async (host, { provider, ui }) => {
  const headless = isHeadless(host);
  if (!ui.interactive && !headless) {
    throw fault(provider, { code: "login-needed", found: "there is no terminal to log in from" });
  }
  const executable = findBrowser(host, provider);
  if (executable === undefined) throw fault(provider, { code: "config-invalid", found: noBrowser(provider) });
  if (!hasScreen(host)) {
    throw fault(provider, { code: "login-needed", found: "this machine has no screen for a browser" });
  }
  const profile = provider.browserProfile === undefined ? undefined : expandHome(host, provider.browserProfile);
  const page = {
    ...{ executable, headless, url: provider.url, timeoutMs: LONGEST_MS },
    ...(profile === undefined ? {} : { profile }),
    take: AWS_SAML_PATTERNS,
    unreachable: AWS_SIGN_IN_HOSTS,
  };
  const where = `${new URL(provider.url).host}${headless ? "" : " in the browser window that opens"}`;
  const browsed = await ui.during(`Waiting for a login at ${where}`, () => host.run.browse(page));
  return readResponse(provider, browsed);
};

type Fault = {
  readonly code: "config-invalid" | "login-needed" | "login-denied" | "login-timeout";
  readonly found: string;
};

function readResponse(provider: SamlLoginInput["provider"], browsed: Browsed): Secret {
  if (browsed.kind === "closed") throw fault(provider, { code: "login-denied", found: "the browser was closed" });
  if (browsed.kind === "timeout") {
    throw fault(provider, { code: "login-timeout", found: "the login took longer than 10 minutes" });
  }
  if (browsed.kind === "failed") {
    throw fault(provider, { code: "login-denied", found: `the browser: ${browsed.found}` });
  }
  const response = new URLSearchParams(browsed.body).get("SAMLResponse") ?? "";
  if (response === "") {
    throw fault(provider, { code: "login-denied", found: "the page went to AWS without a SAML response" });
  }
  return new Secret(response);
}

function noBrowser({ browserType, browserExecutablePath }: SamlLoginInput["provider"]): string {
  if (browserExecutablePath !== undefined) return `browser_executable_path ${browserExecutablePath} is no program`;
  if (browserType !== undefined) {
    return `no browser of type "${browserType}" was found; chrome, chromium and msedge can be used`;
  }
  return "no Chrome, Chromium or Edge was found";
}

const HINTS: Readonly<Record<Fault["code"], Remedy>> = {
  "config-invalid": ["Install one, or log in without: driver: form, or driver: assertion and ", {
    ...LOGIN,
    with: "assertion",
  }],
  "login-needed": [{ kind: "terminal-login", at: "screen" }, ", or use driver: form or driver: assertion"],
  "login-denied": remedy`Log in again: ${LOGIN}`,
  "login-timeout": remedy`Log in again: ${LOGIN}`,
};

function fault({ name, url }: SamlLoginInput["provider"], { code, found }: Fault): AppError {
  const message = `Cannot log in with provider "${name}" at "${new URL(url).host}": ${found}`;
  return new AppError(code, message, { hint: HINTS[code] });
}
