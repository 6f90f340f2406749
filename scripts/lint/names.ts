import { type Finding, findingIn } from "./finding.ts";

const SAYS_NOTHING = /^(?:(?:.+_)?(?:utils?|helpers?|common|manager|service)|index)$/;
const SNAKE_CASE = /^[a-z0-9]+(?:_[a-z0-9]+)*$/;

/** Names of files and folders: snake_case, and saying what is inside. */
export function checkNames(paths: readonly string[]): readonly Finding[] {
  return paths.flatMap((path) => {
    const words = path.replace(/(?:\.d)?\.ts$/, "").split("/");
    return words.flatMap((word) => {
      const message = objection(word);
      return message === undefined ? [] : [findingIn(path, { rule: "name", message })];
    });
  });
}

function objection(word: string): string | undefined {
  if (!SNAKE_CASE.test(word)) return `"${word}" is not snake_case`;
  return SAYS_NOTHING.test(word) ? `"${word}" does not say what is inside` : undefined;
}
