import { lenientUtf8 } from "../../formats/text/utf8.ts";

/** Returns whether an answer is a page for people, as proxies, captive portals and load balancers give it. */
export function isHtmlPage(body: Uint8Array): boolean {
  return /^\s*<(?:!doctype )?html/i.test(lenientUtf8(body.slice(0, 200)));
}
