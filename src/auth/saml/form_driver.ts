import { AppError } from "../../errors.ts";
import { hideInAnswer } from "../../hidden_texts.ts";
import { Secret } from "../../secret.ts";
import { callSettings } from "../flow/call_settings.ts";
import { isAwsSamlEndpoint } from "./aws_endpoint.ts";
import { findStep, formData } from "./form_step.ts";
import { type HtmlForm, readHtmlPage } from "./html_page.ts";
import { LoginAnswers } from "./login_answers.ts";
import type { SamlDriver, SamlLoginInput } from "./saml_login.ts";
import { type LoadedPage, makeRefusal, type PageRequest, UserAgent } from "./user_agent.ts";

const MOST_PAGES = 30;

/**
 * Fills in the forms of an identity provider until it answers with a SAML response for AWS, which is kept from AWS's
 * page. A password goes only where the form that asks for it says.
 */
export const logIn: SamlDriver = async (host, { provider, ui }) => {
  const answers = new LoginAnswers(host, { provider, ui });
  if (!answers.canBegin) throw needTerminal(provider);
  const agent = new UserAgent(host, { caCerts: callSettings(host, provider).readCaCerts?.() });
  let page = await agent.load({ url: new URL(provider.url), method: "GET" });
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const next = await planNextStep(page, answers);
    if (next instanceof Secret) return next;
    page = await agent.load(next);
  }
  throw makeRefusal(page.url, `there is no SAML response after ${MOST_PAGES} pages`);
};

/** The SAML response for AWS, else what to load next. */
async function planNextStep({ url, status, html }: LoadedPage, answers: LoginAnswers): Promise<Secret | PageRequest> {
  const page = readHtmlPage(html);
  const step = findStep(page);
  if (step.kind === "unknown") throw makeRefusal(url, unknown({ status, title: page.title }));
  if (step.kind === "new-password") throw makeRefusal(url, "it asks for a new password");
  const target = URL.parse(step.form.action || url.href, URL.parse(page.base, url) ?? url);
  if (target === null) throw makeRefusal(url, "its form leads to no address");
  if (step.kind === "response" && isAwsSamlEndpoint(target)) return new Secret(step.response);
  const filled = step.kind === "fill" ? await answers.fill(step.wanted, url) : new Map<string, string>();
  return buildRequest(target, { form: step.form, filled });
}

function buildRequest(
  url: URL,
  { form, filled }: { readonly form: HtmlForm; readonly filled: ReadonlyMap<string, string> },
): PageRequest {
  const body = formData(form, filled);
  if (form.method === "POST") return { url, method: "POST", body };
  const asked = new URL(url);
  asked.search = body;
  return { url: asked, method: "GET" };
}

function unknown({ status, title }: { readonly status: number; readonly title: string }): string {
  const answered = status >= 400 ? ` (status ${status})` : "";
  const named = title === "" ? "its page" : `its page "${hideInAnswer(title).slice(0, 80)}"`;
  return `${named}${answered} has no form that can be filled in here`;
}

function needTerminal({ name, url }: SamlLoginInput["provider"]): AppError {
  return new AppError(
    "login-needed",
    `Cannot log in with provider "${name}" at "${new URL(url).host}": there is no terminal to ask at`,
    {
      hint: [{ kind: "terminal-login" }, ", or set ATMOS_SAML_USERNAME and ATMOS_SAML_PASSWORD"],
    },
  );
}
