import { Answer, KEY, UnusableAnswer } from "./answer.ts";

/** A hundred items a page are usual: no account has as much of anything. */
const MOST_PAGES = 999;

/**
 * Yields the pages of a list. A server that gives a token twice, or that never comes to an end, is not followed.
 * @throws {UnusableAnswer} for such a server, and for a token that is none
 */
export async function* checkedPages(pages: AsyncIterable<unknown>, token = "nextToken"): AsyncGenerator<Answer> {
  const seen = new Set<string>();
  for await (const page of pages) {
    const answer = new Answer(page);
    const next = answer.optionalText(token, KEY);
    if (next !== undefined && seen.has(next)) throw new UnusableAnswer(`repeats its ${token}`);
    if (next !== undefined) seen.add(next);
    if (seen.size > MOST_PAGES) throw new UnusableAnswer(`has more than ${MOST_PAGES} pages`);
    yield answer;
  }
}
